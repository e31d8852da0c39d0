/**
 * The committed policy: the directory as the last commit left it, and the principals compiled from it.
 *
 * Only the gate replaces it. Everybody else asks for a principal each time and keeps none past a decision, so that no
 * right is ever cached past its policy version.
 */
import { type ChangersByFeature, changersOf } from '../../core/access/changers.ts'
import { compile } from '../../core/access/principal.ts'
import type { Directory, Instant, Principal } from '../../core/access/types.ts'

export interface Policy {
  readonly directory: Directory
  /** Who may change things, for explanations: names at this policy version. */
  readonly changers: ChangersByFeature
  /** The worker as of now, or of the instant at which the gate decides; not live for an unknown id. */
  principalOf(workerId: string, at?: Instant): Principal
  replace(directory: Directory): void
}

export function createPolicy(initial: Directory, now: () => Instant): Policy {
  let directory = initial
  let principals = new Map<string, Principal>()
  let changers: ChangersByFeature | null = null

  return {
    get directory() {
      return directory
    },
    get changers() {
      changers ??= changersOf(directory, now())
      return changers
    },
    principalOf(workerId, at = now()) {
      const known = principals.get(workerId)
      if (known && (known.from === null || known.from <= at) && (known.until === null || at < known.until))
        return known
      const principal = compile(directory, workerId, at)
      if (directory.workers.has(workerId)) principals.set(workerId, principal)
      return principal
    },
    replace(next) {
      directory = next
      principals = new Map()
      changers = null
    },
  }
}
