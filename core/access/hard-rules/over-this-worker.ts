/**
 * P26 (GATE 33): how a worker signs in is changed only by who holds, in rights and scope, all that this worker holds:
 * otherwise a new e-mail address and a password mail would be a way into somebody else's rights.
 */
import type { Decision, Directory, Instant, Principal, Reason } from '../types.ts'
import { allowed, denied } from '../decisions.ts'
import { compileTimeline } from '../principal.ts'
import { withWorker } from '../directory.ts'
import { changedIds, type DirectoryChange, hasFullRights, type HardRule } from './change.ts'
import { type AccountById, featureBeyond, matchesBeyond, scopeBeyond } from './holdings.ts'

const signInFields: ReadonlySet<string> = new Set(['username', 'email', 'active'])

export const overThisWorker: HardRule = (change) => {
  const { before, author, now, accountById } = change
  if (author === 'operator' || hasFullRights(change)) return null
  for (const id of changedIds(change, 'worker')) {
    const field = signInField(change, id)
    if (field === null) continue
    const decision = decideOverWorker(author, before, id, now, accountById)
    const [reason] = decision.reasons
    if (decision.outcome === 'denied' && reason !== undefined) return { ...reason, field }
  }
  return null
}

/**
 * The same for what is in no record: setting a password, ending sessions. Unknown workers are nobody's to keep.
 * `accountById` shows that a mapped account lies in the author's scope; without it, it counts as beyond.
 */
export function decideOverWorker(
  author: Principal,
  directory: Directory,
  workerId: string,
  now: Instant,
  accountById?: AccountById,
): Decision {
  const worker = directory.workers.get(workerId)
  const self = author.workerId === workerId
  if (worker === undefined || self || author.fullAdministrator) return allowed([ownOrBelow])
  // As if active: whoever takes over a disabled login has it when it is enabled again.
  const active = withWorker(directory, { ...worker, active: true }, directory.policyVersion)
  for (const held of compileTimeline(active, workerId, now)) {
    const feature = featureBeyond(held, [author])
    const beyond =
      feature === null
        ? (scopeBeyond(held, author, accountById) ?? matchesBeyond(held, author))
        : { feature, detail: feature }
    if (beyond !== null) return denied({ code: 'not-over-this-worker', rule: 'P26', ...beyond })
  }
  return allowed([ownOrBelow])
}

const ownOrBelow: Reason = { code: 'in-scope', rule: 'P26' }

/** The sign-in field that was written; null for none, and for a worker that is new. */
function signInField({ before, after, changed }: DirectoryChange, id: string): string | null {
  const old = before.workers.get(id)
  if (old === undefined) return null
  const written = changed.flatMap((record) => (record.id === id ? (record.fields ?? []) : []))
  const named = written.find((field) => signInFields.has(field))
  if (named !== undefined) return named
  const next = after.workers.get(id)
  if (next?.username !== old.username) return 'username'
  return next.active === old.active ? null : 'active'
}
