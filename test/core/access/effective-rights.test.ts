import { describe, expect, it } from 'vitest'
import { catalogueWith, rightIds, shippedFeatures } from '../../../core/catalogue/features.ts'
import { compile } from '../../../core/access/principal.ts'
import {
  aGroup,
  aWorker,
  day,
  directoryOf,
  heldBy,
  member,
  now,
  principalOf,
  said,
  shippedGroups,
} from './organisation.ts'

const edits = 'SU-ALLOW-ACCOUNT-EDITS'
const right = (feature: string, ...given: Parameters<typeof principalOf>) =>
  said(principalOf(...given).rights.get(feature))

describe('what is held', () => {
  it('[P1] what nothing allows is denied, and says so', () => {
    expect(right(edits, aWorker('eve'))).toBe('denied not-held')
    expect(right(edits, aWorker('rhea', { rights: [edits] }))).toBe('allowed direct-right')
  })

  it('[P3] base features are held by every live worker, and deniable', () => {
    expect(heldBy(principalOf(aWorker('eve')))).toEqual(['crm.accounts.view', 'crm.match', 'help.read'])
    const noHelp = aGroup('quiet', { features: { 'workspace.help': 'deny' } })
    expect(right('help.read', aWorker('eve', { in: ['quiet'] }), [noHelp])).toBe('denied denied-by-group')
  })

  it('[P2] a deny beats a direct right and every other group', () => {
    const groups = [
      aGroup('yes', { features: { [edits]: 'allow' } }),
      aGroup('no', { features: { [edits]: 'deny' } }),
    ]
    expect(right(edits, aWorker('rhea', { in: ['yes'], rights: [edits] }), groups)).toBe(
      'allowed direct-right',
    )
    expect(right(edits, aWorker('rhea', { in: ['yes', 'no'], rights: [edits] }), groups)).toBe(
      'denied denied-by-group',
    )
  })

  it('[P5] a worker who is not active holds nothing', () => {
    const rhea = aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'all' })
    expect(heldBy(principalOf(rhea))).toContain(edits)
    const disabled = principalOf({ ...rhea, active: false })
    expect(heldBy(disabled)).toEqual([])
    expect(disabled.scope).toEqual({ everything: false, keys: new Map() })
    expect(said(disabled.rights.get(edits))).toBe('denied worker-inactive')
  })

  it('[P5] validity begins with its first instant and ends before its last', () => {
    const rhea = aWorker('rhea', { validFrom: now, validUntil: now + day })
    expect(right('help.read', rhea, [], now - 1)).toBe('denied worker-not-valid')
    expect(right('help.read', rhea, [], now)).toBe('allowed base-feature')
    expect(right('help.read', rhea, [], now + day - 1)).toBe('allowed base-feature')
    expect(right('help.read', rhea, [], now + day)).toBe('denied worker-not-valid')
  })

  it('[P5] a membership counts from its first instant until before its last', () => {
    const rhea = aWorker('rhea', { memberships: [member('sales-rep', now, now + day)] })
    expect(right(edits, rhea, shippedGroups, now - 1)).toBe('denied membership-not-begun')
    expect(right(edits, rhea, shippedGroups, now)).toBe('allowed allowed-by-group')
    expect(right(edits, rhea, shippedGroups, now + day)).toBe('denied membership-over')
  })

  it('[W-11] [P1] a group that does not exist gives nothing', () => {
    expect(right(edits, aWorker('rhea', { in: ['nowhere'] }))).toBe('denied not-held')
  })
})

describe('groups', () => {
  it('[P7] [W-16] a workspace entry sets every feature of it; a single one can be set differently', () => {
    const group = aGroup('staff', { features: { 'workspace.crm': 'allow', 'crm.export': 'deny' } })
    const max = principalOf(aWorker('max', { in: ['staff'] }), [group])
    expect(said(max.rights.get('crm.orders.place'))).toBe('allowed allowed-by-group')
    expect(said(max.rights.get('crm.export'))).toBe('denied denied-by-group')
    const open = aGroup('open', { features: { 'workspace.crm': 'deny', 'crm.match': 'allow' } })
    const eve = principalOf(aWorker('eve', { in: ['open'] }), [open])
    expect(heldBy(eve)).toEqual(['crm.match', 'help.read'])
  })

  it('[P7] [W-08] a worker may have the CRM workspace without quotes', () => {
    const group = aGroup('staff', { features: { 'workspace.crm': 'allow', 'crm.quotes.view': 'deny' } })
    const held = heldBy(principalOf(aWorker('max', { in: ['staff'] }), [group]))
    expect(held).toContain('crm.accounts.view')
    expect(held).not.toContain('crm.quotes.view')
  })

  it.each([1, 2, 3])('[P8] [G-17] a deny %i above cannot be lifted below', (depth) => {
    const groups = [aGroup('level0', { name: 'Organization', features: { [edits]: 'deny' } })]
    for (let level = 1; level <= depth; level++) {
      groups.push(aGroup(`level${level}`, { parentId: `level${level - 1}`, features: { [edits]: 'allow' } }))
    }
    const decision = principalOf(aWorker('rhea', { in: [`level${depth}`] }), groups).rights.get(edits)
    expect(said(decision)).toBe('denied denied-by-ancestor')
    expect(decision?.reasons[0]?.groups?.map(({ name }) => name).at(0)).toBe(`level${depth}`)
    expect(decision?.reasons[0]?.groups?.at(-1)).toEqual({ id: 'level0', name: 'Organization' })
    expect(decision?.reasons[0]?.groups).toHaveLength(depth + 1)
    expect(decision?.reasons[0]?.changedBy).toBe('settings.groups')
    const lifted = [aGroup('level0', { features: { [edits]: 'allow' } }), ...groups.slice(1)]
    expect(right(edits, aWorker('rhea', { in: [`level${depth}`] }), lifted)).toBe('allowed allowed-by-group')
  })

  it('[P8] a workspace denied above stays denied for a feature allowed below', () => {
    const groups = [
      aGroup('top', { features: { 'workspace.crm': 'deny' } }),
      aGroup('team', { parentId: 'top', features: { 'crm.orders.place': 'allow' } }),
    ]
    expect(right('crm.orders.place', aWorker('max', { in: ['team'] }), groups)).toBe(
      'denied denied-by-ancestor',
    )
  })

  it('[P9] an allow above is a default: taken where nothing is said, narrowed where a deny is', () => {
    const groups = [
      aGroup('top', { features: { [edits]: 'allow' } }),
      aGroup('silent', { parentId: 'top' }),
      aGroup('narrow', { parentId: 'top', features: { [edits]: 'deny' } }),
    ]
    expect(right(edits, aWorker('rhea', { in: ['silent'] }), groups)).toBe('allowed allowed-by-group')
    expect(right(edits, aWorker('rhea', { in: ['narrow'] }), groups)).toBe('denied denied-by-group')
  })

  it('[P11] [W-18] a disabled group, and all below it, contribute no allow and no deny', () => {
    const yes = [
      aGroup('top', { enabled: false }),
      aGroup('team', { parentId: 'top', features: { [edits]: 'allow', 'help.read': 'deny' } }),
    ]
    const rhea = aWorker('rhea', { in: ['team'] })
    expect(right(edits, rhea, yes)).toBe('denied group-above-disabled')
    expect(right('help.read', rhea, yes)).toBe('allowed base-feature')
    const again = [aGroup('top'), ...yes.slice(1)]
    expect(right(edits, rhea, again)).toBe('allowed allowed-by-group')
    expect(right('help.read', rhea, again)).toBe('denied denied-by-group')
  })

  it('[P1] a group whose parent is missing, or comes round again, denies but does not allow', () => {
    const features = { [edits]: 'allow', 'help.read': 'deny' } as const
    const lost = [aGroup('team', { parentId: 'gone', features })]
    const ring = [aGroup('a', { parentId: 'b', features }), aGroup('b', { parentId: 'a' })]
    for (const [groups, id] of [[lost, 'team'] as const, [ring, 'a'] as const, [ring, 'b'] as const]) {
      expect(right(edits, aWorker('rhea', { in: [id] }), groups)).toBe('denied not-held')
      expect(right('help.read', aWorker('rhea', { in: [id] }), groups)).toMatch(/^denied/u)
    }
  })

  it('[W-a] what allows is named: base, direct, and each group, in a fixed order', () => {
    const rhea = aWorker('rhea', { in: ['sales-rep', 'auditor'], rights: ['crm.accounts.view'] })
    const reasons = principalOf(rhea).rights.get('crm.accounts.view')?.reasons
    expect(reasons?.map(({ code, groups }) => groups?.[0]?.name ?? code)).toEqual([
      'base-feature',
      'direct-right',
      'Read-only Auditor',
      'Sales Rep',
    ])
  })
})

describe('implications', () => {
  it('[P10] [R-17] the product workspace right implies product features, viewing prices too, and no others', () => {
    const held = heldBy(principalOf(aWorker('cat', { rights: ['SU-ACCESS-PIM-WORKSPACE'] })))
    expect(held).toContain('product.edit')
    expect(held).toContain('product.pricing.view')
    expect(held).not.toContain('content.view')
  })

  it('[P10] [R-e] quotes tracking implies viewing quotes and overriding prices, each unless denied', () => {
    const quotes = aWorker('rhea', { rights: ['QUOTES-WITH-CONV-LOGS'], in: ['no-prices'] })
    const noPrices = aGroup('no-prices', { features: { 'crm.price.override': 'deny' } })
    const decision = principalOf(quotes, []).rights.get('crm.price.override')
    expect(decision?.reasons.map(({ code }) => code)).toEqual(['implied-by', 'direct-right'])
    expect(right('crm.quotes.view', quotes, [noPrices])).toBe('allowed implied-by')
    expect(right('crm.price.override', quotes, [noPrices])).toBe('denied denied-by-group')
  })

  it('[P10] what is denied implies nothing', () => {
    const group = aGroup('no-quotes', { features: { 'QUOTES-WITH-CONV-LOGS': 'deny' } })
    const rhea = aWorker('rhea', { rights: ['QUOTES-WITH-CONV-LOGS'], in: ['no-quotes'] })
    expect(right('crm.quotes.view', rhea, [group])).toBe('denied not-held')
  })

  it('[P10] editing implies viewing, transitively', () => {
    const boss = aWorker('max', { rights: ['SU-ACCESS-SETTINGS-WORKSPACE'], in: ['x'] })
    const group = aGroup('x', { features: { 'settings.workers': 'deny' } })
    expect(right('settings.workers.view', aWorker('max', { rights: ['settings.workers'] }), [])).toBe(
      'allowed implied-by',
    )
    expect(right('settings.workers', boss, [group])).toBe('denied denied-by-group')
    expect(right('settings.workers.view', boss, [group])).toBe('allowed implied-by')
  })

  it('[R-13] [R-14] adding accounts does not imply editing them, nor the other way round', () => {
    expect(right(edits, aWorker('rhea', { rights: ['SU-ALLOW-ACCOUNT-ADDS'] }))).toBe('denied not-held')
    expect(right('SU-ALLOW-ACCOUNT-ADDS', aWorker('rhea', { rights: [edits] }))).toBe('denied not-held')
  })

  it('[R-08] a custom right joins its workspace: entry, implication and administrators', () => {
    const custom = { id: 'X-DISCOUNTS', workspace: 'product', label: 'Discounts' } as const
    const catalogue = catalogueWith([custom])
    const people = [
      aWorker('eve'),
      aWorker('cat', { rights: ['SU-ACCESS-PIM-WORKSPACE'] }),
      aWorker('dan', { rights: ['X-DISCOUNTS'] }),
      aWorker('ada', { in: ['administrators'] }),
    ]
    const directory = directoryOf(people, shippedGroups, catalogue)
    const outcomes = people.map(({ id }) => said(compile(directory, id, now).rights.get('X-DISCOUNTS')))
    expect(outcomes).toEqual([
      'denied not-held',
      'allowed implied-by',
      'allowed direct-right',
      'allowed administrator',
    ])
  })
})

describe('administrators', () => {
  it('[P6] [G-06] a live member of the Administrative group holds every feature and reaches everything', () => {
    const ada = principalOf(aWorker('ada', { in: ['administrators'] }))
    expect(heldBy(ada)).toHaveLength(shippedFeatures.length)
    expect(ada.scope).toEqual({ everything: true })
    expect(ada.fullAdministrator).toBe(true)
    const later = principalOf(aWorker('ada', { memberships: [member('administrators', now + 1)] }))
    expect(later.fullAdministrator).toBe(false)
    expect(later.scope.everything).toBe(false)
  })

  it('[P6] [G-d] denies of other groups do not reach administrators', () => {
    const groups = [...shippedGroups, aGroup('no', { features: { [edits]: 'deny' } })]
    expect(right(edits, aWorker('ada', { in: ['administrators', 'no'] }), groups)).toBe(
      'allowed administrator',
    )
  })

  it('[P6] [G-13] a reduction takes one feature from one member, and nothing from anyone else', () => {
    const ada = aWorker('ada', { in: ['administrators'], reductions: ['settings.payment'] })
    const principal = principalOf(ada)
    expect(said(principal.rights.get('settings.payment'))).toBe('denied reduced')
    expect(heldBy(principal)).toHaveLength(shippedFeatures.length - 1)
    expect(principal.fullAdministrator).toBe(false)
    expect(right('settings.payment', aWorker('bob', { in: ['administrators'] }))).toBe(
      'allowed administrator',
    )
  })

  it('[P6] another group of type admin, or a disabled one, makes nobody an administrator', () => {
    const second = [aGroup('second', { type: 'admin' })]
    expect(right(edits, aWorker('eve', { in: ['second'] }), second)).toBe('denied not-held')
    const off = [aGroup('administrators', { type: 'admin', enabled: false })]
    expect(right(edits, aWorker('ada', { in: ['administrators'] }), off)).toBe('denied not-held')
  })
})

describe('caps', () => {
  it('[P12] [G-08] an affiliate holds no CRM feature but leads', () => {
    const features = { 'workspace.crm': 'allow', 'product.view': 'allow' } as const
    const held = (type: 'affiliate' | 'user') =>
      heldBy(principalOf(aWorker('eve', { in: ['g'] }), [aGroup('g', { type, features })]))
    expect(held('affiliate')).toEqual(['crm.leads.view', 'crm.leads.edit', 'product.view', 'help.read'])
    expect(held('user')).toContain('crm.accounts.view')
  })

  it('[P12] [G-09] a client holds no Settings feature', () => {
    const eve = aWorker('eve', { in: ['clients'], rights: ['SU-ACCESS-SETTINGS-WORKSPACE'] })
    expect(right('settings.workers', eve)).toBe('denied type-cap')
    expect(right('crm.accounts.view', eve)).toBe('allowed base-feature')
    expect(right('settings.workers', { ...eve, memberships: [] })).toBe('allowed implied-by')
  })

  it.each([
    ['an expired membership', [member('clients', null, now - 1)], shippedGroups],
    ['a future membership', [member('clients', now + 1)], shippedGroups],
    ['a disabled group', [member('clients')], [aGroup('clients', { type: 'client', enabled: false })]],
  ])('[P12] %s still caps', (_, memberships, groups) => {
    const eve = aWorker('eve', { memberships, rights: ['settings.workers'] })
    expect(right('settings.workers', eve, groups)).toBe('denied type-cap')
  })

  it.each(['partner', 'partner_rep'] as const)(
    '[P12] [U-19] user type %s holds no Settings feature',
    (userType) => {
      const rights = ['settings.workers', edits]
      expect(right('settings.workers', aWorker('pat', { userType, rights }))).toBe('denied type-cap')
      expect(right(edits, aWorker('pat', { userType, rights }))).toBe('allowed direct-right')
      expect(right('settings.workers', aWorker('pat', { userType: 'global_user', rights }))).toBe(
        'allowed direct-right',
      )
    },
  )

  it('[P12] a cap holds for administrators too, and they are no full ones then', () => {
    const ada = principalOf(aWorker('ada', { in: ['administrators', 'clients'] }))
    expect(said(ada.rights.get('settings.workers'))).toBe('denied type-cap')
    expect(ada.fullAdministrator).toBe(false)
  })
})

describe('as shipped', () => {
  it('[W-b] organization allows nothing by itself', () => {
    expect(heldBy(principalOf(aWorker('eve', { in: ['organization'] })))).toEqual(
      heldBy(principalOf(aWorker('eve'))),
    )
  })

  it('[R-25] every live worker has CRM and Help without any of the nine rights', () => {
    const held = heldBy(principalOf(aWorker('eve')))
    expect(held.filter((id) => (rightIds as readonly string[]).includes(id))).toEqual([])
    expect(held).toContain('help.read')
  })
})
