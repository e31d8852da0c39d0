/**
 * What a change gives to whom, by the second evaluator alone: everybody before and after it, at `now` and at every
 * instant to come at which anything begins or ends. It knows no route and asks nobody who was touched.
 *
 * Reach is measured on accounts made for it: one for each key there is, in each corner of the world, as if it
 * belonged to each campaign and partner.
 */
import type { Directory, Worker } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { anAccount as aRow } from './organisation.ts'
import { NaiveEvaluator } from './naive-evaluator.ts'

export interface Gain {
  readonly workerId: string
  readonly at: number
  readonly what: string
  readonly type: (typeof sorts)[number]
}

const places = [
  { country: null, state: null, zip: null },
  { country: 'US', state: null, zip: null },
  { country: 'US', state: 'OR', zip: '10001' },
  { country: 'US', state: 'WA', zip: '98101' },
  { country: 'US', state: 'WA', zip: '98501' },
  { country: 'CA', state: null, zip: null },
]
const keys = [
  { repCodes: ['DOE'] },
  { repCodes: ['007'] },
  { repCodes: ['7'] },
  { repCodes: ['BOB'] },
  { aId: 'A1' },
  {},
]
const probes: readonly Row[] = places.flatMap((place) =>
  keys.map((key) => aRow('probe', { ...place, ...key })),
)
const tags = ['A', 'B', 'C']

/**
 * What its author gains in any way, and what anybody gains that its author lacks now. `accounts` can be mapped. A right
 * that is registered anew and named by nobody and no group is in what they held whole before (P33).
 */
export function forbiddenGains(
  before: Directory,
  after: Directory,
  authorId: string,
  now: number,
  accounts: readonly Row[],
): readonly Gain[] {
  const author = holdingsOf(before, authorId, now, accounts)
  const gains: Gain[] = []
  for (const workerId of after.workers.keys()) {
    for (const at of [now, ...laterBoundaries([before, after], now)]) {
      const old = holdingsOf(before, workerId, at, accounts)
      const next = holdingsOf(after, workerId, at, accounts)
      for (const type of sorts) {
        for (const what of next[type]) {
          const may =
            (workerId !== authorId && author[type].has(what)) ||
            (type === 'feature' && isPutIntoAWhole(before, after, what))
          if (!old[type].has(what) && !may) gains.push({ workerId, at, what, type })
        }
      }
    }
  }
  return gains
}

function isPutIntoAWhole(before: Directory, after: Directory, feature: string): boolean {
  if (before.catalogue.features.some(({ id }) => id === feature)) return false
  const isGiven = [...after.workers.values()].some(({ rights }) => rights.includes(feature))
  return !isGiven && [...after.groups.values()].every(({ features }) => !features.has(feature))
}

const sorts = ['feature', 'reach', 'match'] as const

/** `match`: everybody's accounts, where Check for Match opens whatever it finds (S12). */
type Holdings = Readonly<Record<(typeof sorts)[number], ReadonlySet<string>>>

const nothing: Holdings = { feature: new Set(), reach: new Set(), match: new Set() }

function holdingsOf(directory: Directory, workerId: string, at: number, accounts: readonly Row[]): Holdings {
  const naive = new NaiveEvaluator(directory)
  const worker = directory.workers.get(workerId)
  if (worker === undefined || !naive.isLive(worker, at)) return nothing
  const held = directory.catalogue.features.map(({ id }) => id).filter((id) => naive.holds(workerId, id, at))
  const passing = [...probes, ...accounts].filter((row) => naive.passes(worker, row))
  const reached = passing.filter((row) => naive.isInScope(worker, row, at))
  const matched = held.includes('crm.match') && held.includes('crm.accounts.view')
  const all = opensMatches(worker) || naive.isInScope(worker, unmapped, at)
  return {
    feature: new Set(held),
    reach: new Set(reached.flatMap((row) => tagged(worker, row))),
    match: new Set(matched && all ? passing.flatMap((row) => tagged(worker, row)) : []),
  }
}

/** In the scope of those who reach every account, and of nobody else. */
const unmapped = aRow('unmapped')

/** Not enforced, or of a type that it is not enforced for (U-22). */
function opensMatches({ enforceMatchSecurity, userType }: Worker): boolean {
  return !enforceMatchSecurity || userType === 'administrator' || userType === 'global_user'
}

/** The account as if it were of each campaign and partner that the worker's restrictions let pass. */
function tagged({ campaigns, partners }: Worker, row: Row): readonly string[] {
  const text = JSON.stringify([row.id, row.repCodes, row.aId, row.country, row.state, row.zip])
  const passing = (restriction: readonly string[]) =>
    tags.filter((tag) => restriction.length === 0 || restriction.includes(tag))
  return passing(campaigns).flatMap((campaign) =>
    passing(partners).map((partner) => `${text} of ${campaign} and ${partner}`),
  )
}

function laterBoundaries(directories: readonly Directory[], now: number): ReadonlySet<number> {
  const all = directories.flatMap(({ workers }) =>
    [...workers.values()].flatMap(({ validFrom, validUntil, memberships }) => [
      validFrom,
      validUntil,
      ...memberships.flatMap(({ from, until }) => [from, until]),
    ]),
  )
  return new Set(all.filter((instant) => instant !== null && instant > now).map(Number))
}
