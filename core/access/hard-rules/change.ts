/** A change of the directory, as the hard rules read it. Each rule answers with a reason against it, or null. */
import type { Kind, Row } from '../../records/kind-spec.ts'
import type { Directory, Instant, Principal, Reason } from '../types.ts'

export interface ChangedRecord {
  readonly kind: Extract<Kind, 'worker' | 'group' | 'settings'>
  readonly id: string
  /** Keys of the fields that were written, where the caller knows them: an e-mail is in no directory. */
  readonly fields?: readonly string[]
}

export interface DirectoryChange {
  readonly before: Directory
  readonly after: Directory
  /** Compiled from `before` at `now`; `operator` is the command line, which has full rights. */
  readonly author: Principal | 'operator'
  readonly now: Instant
  readonly changed: readonly ChangedRecord[]
  /** An account by id, where the caller has them: shows that a mapped account lies in its author's scope. */
  readonly accountById?: (id: string) => Row | null
}

export type HardRule = (change: DirectoryChange) => Reason | null

/** Who stands above the ceiling and holds everything that could be given (G-d). */
export function hasFullRights({ author }: DirectoryChange): boolean {
  return author === 'operator' || author.fullAdministrator
}

export function changedIds({ changed }: DirectoryChange, kind: ChangedRecord['kind']): readonly string[] {
  return changed.filter((record) => record.kind === kind).map(({ id }) => id)
}
