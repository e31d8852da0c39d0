/** What screens say: who decides, what changed, what waits, where a link may lead. */
import { describe, expect, test } from 'vitest'
import { changesByField } from '../../../client/app/sync/change-words.ts'
import { leaseOf } from '../../../client/app/offline-lease.ts'
import { pillOf } from '../../../client/app/sync-status.ts'
import { emptyDevice } from '../../../client/replica/stored.ts'
import { mailHref, mapHref, placeOf, telHref } from '../../../client/workspaces/crm/account-words.ts'
import { pendingSentence } from '../../../client/workspaces/record/ago.ts'
import {
  explanationOf,
  lockOf,
  reasonSentence,
  sentenceOf,
  whySeen,
} from '../../../client/workspaces/record/why.ts'
import type { Decision } from '../../../core/access/types.ts'
import { type Catalogue, catalogueWith, shippedCatalogue } from '../../../core/catalogue/features.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

const account: Row = {
  id: 'a1',
  kind: 'account',
  seq: 1,
  name: 'Bike World',
  state: 'WA',
  territory: 'Northwest',
}

describe('why', () => {
  const deniedAbove: Decision = {
    outcome: 'denied',
    reasons: [
      {
        code: 'denied-by-ancestor',
        rule: 'P8',
        feature: 'SU-ALLOW-ACCOUNT-EDITS',
        groups: [
          { id: 'north', name: 'North America' },
          { id: 'field', name: 'Field sales' },
        ],
        changedBy: 'settings.groups',
      },
    ],
  }

  test('[P25] the way leads from the reader over their group to the one that decides', () => {
    const { sentence, chain } = explanationOf(deniedAbove, {
      action: 'edit',
      kind: 'account',
      reader: 'Rhea',
    })
    expect(sentence).toContain('Field sales')
    expect(chain?.map(({ text, decides }) => [text, decides ?? false])).toEqual([
      ['You', false],
      ['North America', false],
      ['Field sales', true],
    ])
  })

  test('[P24] a field that imports own says that the ERP set it', () => {
    const decision: Decision = {
      outcome: 'denied',
      reasons: [{ code: 'import-owned', rule: 'P24', field: 'repCodes', changedBy: 'settings.import' }],
    }
    const lock = lockOf(decision, {
      action: 'edit',
      kind: 'account',
      field: 'repCodes',
    })
    expect(lock.by).toBe('Set by the ERP.')
    expect(lock.sentence).toContain('Rep codes')
  })

  test('[S3] seeing a record begins with the scope, not with the right to see any', () => {
    const view: Decision = {
      outcome: 'allowed',
      reasons: [
        { code: 'base-feature', rule: 'P3', feature: 'crm.accounts.view' },
        { code: 'in-scope', rule: 'S2', detail: 'rep code 275' },
      ],
    }
    expect(whySeen(view, { action: 'view', kind: 'account' }).sentence).toContain('rep code 275')
  })

  test('[R-08] a custom right is named as the organisation named it', () => {
    const ours = { id: 'SU-OURS', label: 'Approve samples', workspace: 'crm', right: true } as const
    const decision: Decision = {
      outcome: 'denied',
      reasons: [{ code: 'not-held', rule: 'P1', feature: 'SU-OURS', changedBy: 'settings.workers' }],
    }
    const said = (catalogue: Catalogue) =>
      sentenceOf(decision, { action: 'edit', kind: 'account', catalogue })
    expect(said(catalogueWith([ours]))).toContain('“Approve samples”')
    // Until the settings are here, by its id.
    expect(said(shippedCatalogue)).toContain('“SU-OURS”')
  })

  test('a value that does not fit is named by itself, without "you may not"', () => {
    const decision: Decision = {
      outcome: 'denied',
      reasons: [{ code: 'value-required', rule: 'D8', field: 'name', detail: 'Name is required.' }],
    }
    expect(reasonSentence(decision, { action: 'edit', kind: 'account' })).toBe('Name is required.')
  })
})

describe('what waits', () => {
  const now = Date.UTC(2026, 10, 23, 12)

  test('says since when, and what stood there', () => {
    expect(pendingSentence({ was: '555 0100', writtenAt: now - 5_000 }, now)).toBe(
      'Saved on this device just now. Was 555 0100.',
    )
    expect(pendingSentence({ was: '', writtenAt: now - 5_000 }, now)).toMatch(/Was empty\.$/)
    expect(pendingSentence({ was: null, writtenAt: now - 120_000 }, now)).toMatch(/2 min ago\.$/)
  })

  test('entries of one set are one change', () => {
    expect(
      changesByField('account/a1', [
        { field: 'repCodes/275', old: true, new: null },
        { field: 'repCodes/281', old: null, new: true },
        { field: 'phone', old: '1', new: '2' },
      ]),
    ).toEqual([
      { field: 'repCodes', was: '275', now: '281' },
      { field: 'phone', was: '1', now: '2' },
    ])
  })

  test('of a long text only the surroundings of the change are shown', () => {
    const old = `${'a'.repeat(300)} ten ${'b'.repeat(300)}`
    const [change] = changesByField('account/a1', [
      { field: 'text:notes', old, new: old.replace('ten', 'eleven') },
    ])
    expect(change?.now).toContain('eleven')
    expect(change?.now.length).toBeLessThan(200)
  })

  test('offline the pill keeps counting; a first sync is receiving, not merged', () => {
    const counts = { waiting: 2, refused: 0, conflicts: 0, progress: null, syncedAt: null }
    expect(pillOf({ ...counts, type: 'saved-here', link: { type: 'offline' } })).toEqual({
      state: 'offline',
      count: 2,
    })
    expect(pillOf({ ...counts, type: 'saved-here', link: { type: 'connecting' } })).toEqual({
      state: 'waiting',
      count: 2,
    })
    const link = { type: 'first-sync', done: 1, total: 2 } as const
    expect(pillOf({ ...counts, type: 'first-sync', link }).state).toBe('receiving')
  })
})

describe('links that leave the app', () => {
  test('a phone is dialled by its digits alone', () => {
    expect(telHref('+1 425 555-0139')).toBe('tel:+14255550139')
  })

  test.each(['ask Kim', 'javascript:alert(1)', '', null, '1'])(
    'what is no number is no link: %s',
    (phone) => {
      expect(telHref(phone)).toBeNull()
    },
  )

  test('a letter goes to one address, without a subject smuggled in', () => {
    expect(mailHref('kim@bikeworld.example')).toBe('mailto:kim@bikeworld.example')
    expect(mailHref('kim@bikeworld.example?subject=x')).toBeNull()
    expect(mailHref('kim at bikeworld')).toBeNull()
  })

  test('a map gets coordinates, else the address, else there is none', () => {
    const address: Row = {
      id: 'd1',
      kind: 'address',
      seq: 1,
      city: 'Everett',
      latitude: 47.9,
      longitude: -122.2,
    }
    expect(mapHref(address)).toMatch(/^https:\/\/www\.openstreetmap\.org\/\?mlat=47\.9&mlon=-122\.2/)
    expect(mapHref({ ...address, latitude: null })).toContain('query=Everett')
    expect(mapHref({ id: 'd2', kind: 'address', seq: 1 })).toBeNull()
  })

  test('a place is town and state, else what is known', () => {
    expect(placeOf(account, 'Everett')).toBe('Everett, WA')
    expect(placeOf({ ...account, state: null }, undefined)).toBe('Northwest')
  })
})

describe('the offline lease', () => {
  const dayMs = 24 * 60 * 60 * 1_000
  const device = { ...emptyDevice, metAt: 1_000 }

  test('[W-e] ends 14 days after the last meeting, and not a millisecond before', () => {
    expect(leaseOf(device, null, 1_000 + 14 * dayMs - 1).ended).toBe(false)
    expect(leaseOf(device, null, 1_000 + 14 * dayMs).ended).toBe(true)
    expect(leaseOf(emptyDevice, null, 1_000)).toEqual({ endsAt: null, ended: false })
  })

  test('[W-e] ends after as many days as the organisation’s settings say', () => {
    const settings: Row = { id: 'organization', kind: 'settings', seq: 1, offlineLeaseDays: 3 }
    expect(leaseOf(device, settings, 1_000 + 3 * dayMs - 1).ended).toBe(false)
    expect(leaseOf(device, settings, 1_000 + 3 * dayMs).ended).toBe(true)
    expect(leaseOf(device, { ...settings, offlineLeaseDays: null }, 1_000 + 3 * dayMs).ended).toBe(false)
  })
})
