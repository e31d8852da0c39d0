import { describe, expect, it } from 'vitest'
import {
  compile,
  compileTimeline,
  principalAt,
  principalFromJson,
  principalToJson,
  scopeHash,
  timelineFromJson,
} from '../../../core/access/principal.ts'
import { aWorker, day, directoryOf, heldBy, member, now, principalOf } from './organisation.ts'

const rhea = aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'rep', repCodes: ['doe'] })

describe('compiling', () => {
  it('[P5] an unknown worker is not live and holds nothing', () => {
    const nobody = compile(directoryOf([rhea]), 'nobody', now)
    expect([nobody.live, heldBy(nobody), nobody.fullAdministrator]).toEqual([false, [], false])
  })

  it('[S8] readable groups are those of every stored membership and all above them', () => {
    const was = aWorker('was', { memberships: [member('auditor', null, now - day), member('clients')] })
    expect(principalOf(was).readableGroups).toEqual(['auditor', 'clients', 'organization'])
  })
})

describe('the timeline', () => {
  const visitor = aWorker('vis', {
    validFrom: now + day,
    validUntil: now + 4 * day,
    memberships: [member('auditor', now + 2 * day, now + 3 * day)],
  })
  const timeline = compileTimeline(directoryOf([visitor]), 'vis', now)

  it('[P5] [B7] has one stretch between each two boundaries, and the last has no end', () => {
    expect(timeline.map(({ from, until }) => [from, until])).toEqual([
      [null, now + day],
      [now + day, now + 2 * day],
      [now + 2 * day, now + 3 * day],
      [now + 3 * day, now + 4 * day],
      [now + 4 * day, null],
    ])
    expect(timeline.map(({ live }) => live)).toEqual([false, true, true, true, false])
    expect(timeline.map((each) => heldBy(each).includes('settings.audit.view'))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ])
  })

  it('[P5] [B7] a device reads dates against the time it is given', () => {
    expect(principalAt(timeline, now + day - 1).live).toBe(false)
    expect(principalAt(timeline, now + day).live).toBe(true)
    expect(principalAt(timeline, now + 400 * day).live).toBe(false)
  })

  it('[B7] a clock turned back brings nothing back', () => {
    const later = compileTimeline(directoryOf([visitor]), 'vis', now + 5 * day)
    expect(principalAt(later, now + day).live).toBe(false)
    expect(principalAt([], now).live).toBe(false)
  })
})

describe('as JSON', () => {
  it('comes back whole, and a rep’s is a few kB', () => {
    const principal = principalOf(rhea)
    const text = JSON.stringify(principalToJson(principal))
    const back = principalFromJson(JSON.parse(text))
    expect(text.length).toBeLessThan(6_000)
    expect(back && { ...back, rights: [...back.rights] }).toEqual({
      ...principal,
      rights: [...principal.rights],
    })
  })

  it.each([
    ['null', null],
    ['an unknown reason', { reasons: [{ code: 'because', rule: 'P1' }] }],
    ['an unknown field', { extra: 1 }],
    ['a place without a reason', { rights: [['crm.export', 'allowed', [999]]] }],
    ['a right without a reason', { rights: [['crm.export', 'allowed', []]] }],
    [
      'a feature twice',
      {
        reasons: [{ code: 'direct-right', rule: 'P1' }],
        rights: [
          ['a', 'allowed', [0]],
          ['a', 'denied', [0]],
        ],
      },
    ],
    ['a scope key without a value', { scope: [['rep:', { type: 'mapped' }]] }],
    ['a user type that does not exist', { userType: 'king' }],
  ])('[P1] %s is no principal', (_, change) => {
    const whole = principalToJson(principalOf(rhea))
    expect(principalFromJson(whole)).not.toBeNull()
    expect(principalFromJson(change === null ? null : { ...whole, ...change })).toBeNull()
  })

  it('a timeline with a part that is none is none', () => {
    const json = principalToJson(principalOf(rhea))
    expect(timelineFromJson([json, json])).toHaveLength(2)
    expect(timelineFromJson([json, {}])).toBeNull()
    expect(timelineFromJson([])).toBeNull()
  })
})

describe('the scope hash', () => {
  const hash = scopeHash(principalOf(rhea))

  it('[L3] is the same for what reads the same', () => {
    expect(scopeHash(principalOf({ ...rhea, repCodes: ['DOE ', 'doe'], rights: ['crm.export'] }))).toBe(hash)
  })

  it.each([
    ['scope', { repCodes: ['doe', 'bob'] }],
    ['filter', { accountsQueryType: 'all' }],
    ['restriction', { geographies: ['US'] }],
    ['read features', { rights: ['settings.workers.view'] }],
    ['readable groups', { memberships: [member('sales-rep'), member('auditor', null, now - 1)] }],
    ['being live', { active: false }],
  ] as const)('[L3] changes with %s', (_, fields) => {
    expect(scopeHash(principalOf({ ...rhea, ...fields }))).not.toBe(hash)
  })
})
