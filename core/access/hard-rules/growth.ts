/**
 * P15: refused is a change after which its author's own features or scope grow, or after which anyone gains a feature
 * or scope that its author lacks; now or at any later date, by whatever route.
 *
 * Routes are not listed: everyone affected is compiled before and after, at `now` and at every boundary to come, and
 * what they hold is compared: features, scope, and what Check for Match opens (S12). Full administrators hold
 * everything that could be given, so nothing is compared.
 *
 * A right that is registered anew, and that no entry names, gives nobody anything that was there before: it is held by
 * who holds all of its workspace, whatever is in it (P33).
 */
import { compile } from '../principal.ts'
import type { FeatureId } from '../../catalogue/features.ts'
import type { Instant, Principal, Reason } from '../types.ts'
import { boundariesOf } from '../validity.ts'
import { affectedWorkers } from './affected-workers.ts'
import { type DirectoryChange, hasFullRights, type HardRule } from './change.ts'
import { featureBeyond, matchesBeyond, scopeGained } from './holdings.ts'

export const growth: HardRule = (change) => {
  const { before, after, author } = change
  if (author === 'operator' || hasFullRights(change)) return null
  const fresh = freshFeatures(change)
  for (const workerId of affectedWorkers(change)) {
    for (const instant of instantsOf(change, workerId)) {
      const reason = growthOf(
        compile(before, workerId, instant),
        compile(after, workerId, instant),
        // What the author holds now is what they can give; a right that they will hold later is not theirs yet.
        author,
        change,
        fresh,
      )
      if (reason !== null) return reason
    }
  }
  return null
}

/** `now`, and every later instant at which the clock alone may change what the worker holds, before or after. */
function instantsOf({ before, after, now }: DirectoryChange, workerId: string): ReadonlySet<Instant> {
  const versions = [before.workers.get(workerId), after.workers.get(workerId)]
  const all = versions.flatMap((worker) => (worker === undefined ? [] : boundariesOf(worker)))
  return new Set([now, ...all.filter((instant) => instant > now)])
}

/** Registered by this change, and named by no entry of a worker or a group. */
function freshFeatures({ before, after }: DirectoryChange): ReadonlySet<FeatureId> {
  const known = before.catalogue.featureById
  const fresh = new Set([...after.catalogue.featureById.keys()].filter((id) => !known.has(id)))
  if (fresh.size === 0) return fresh
  for (const { rights } of after.workers.values()) for (const id of rights) fresh.delete(id)
  for (const { features } of after.groups.values()) for (const id of features.keys()) fresh.delete(id)
  return fresh
}

function growthOf(
  before: Principal,
  after: Principal,
  author: Principal,
  { accountById, after: { catalogue } }: DirectoryChange,
  fresh: ReadonlySet<FeatureId>,
): Reason | null {
  const own = author.workerId === after.workerId
  const feature = featureBeyond(after, own ? [before] : [before, author], fresh)
  if (feature !== null) {
    return { ...refusal(own), feature, detail: catalogue.featureById.get(feature)?.label ?? feature }
  }
  const scope = scopeGained(before, after, own ? null : author, accountById)
  if (scope !== null) return { ...refusal(own), ...scope }
  const matches = own ? matchesBeyond(after, before) : matchesBeyond(after, before, author)
  return matches === null ? null : { ...refusal(own), ...matches }
}

function refusal(own: boolean): Reason {
  return own ? { code: 'grows-own-access', rule: 'P15' } : { code: 'grants-what-author-lacks', rule: 'P15' }
}
