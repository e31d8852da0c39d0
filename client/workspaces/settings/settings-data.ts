/**
 * What the settings screens work on: every worker and group on this device, the directory they make, and saving.
 *
 * Screens get it from a context, so that they know no storage and can be looked at with rows from anywhere.
 */
import { type Accessor, createContext, useContext } from 'solid-js'
import type { Directory, Principal } from '../../../core/access/types.ts'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import type { RecordKey, Row } from '../../../core/records/kind-spec.ts'
import type { SyncMark } from '../crm/SyncTag.tsx'
import type { PendingField } from '../record/ago.ts'
import type { DraftStore } from '../record/RecordFormSheet.tsx'
import type { AccountReach } from './workers/account-reach.ts'

export type DirectoryKind = 'worker' | 'group'

export interface SettingsData {
  /** Rows have been read at least once. */
  readonly ready: Accessor<boolean>
  /** The first sync, while it runs. */
  readonly firstSync: Accessor<{ readonly done: number; readonly total: number } | undefined>
  /** By name. */
  readonly workers: Accessor<readonly Row[]>
  readonly groups: Accessor<readonly Row[]>
  readonly rowByKey: Accessor<ReadonlyMap<RecordKey, Row>>
  readonly directory: Accessor<Directory>
  /** Whether the reader sees every worker and group; without, what is worked out may be incomplete. */
  readonly complete: Accessor<boolean>
  /** The reader's. */
  readonly principal: Accessor<Principal>
  readonly now: Accessor<number>
  readonly markOf: (key: RecordKey) => SyncMark
  readonly pendingOf: (key: RecordKey, field: string) => PendingField | undefined
  /** One record after the other; resolves with a sentence at the first that was not saved. */
  readonly save: (edits: readonly SavedEdit[]) => Promise<string | undefined>
  /** Resolves with a sentence when it was not saved. */
  readonly create: (kind: DirectoryKind, id: string | null, fields: RowValues) => Promise<Created>
  readonly drafts: DraftStore
  /** The accounts on this device that a worker with this principal would see. */
  readonly reach: (principal: Principal) => Promise<AccountReach>
  readonly accountOptions: (query: string) => Promise<readonly AccountName[]>
  readonly accountNames: (ids: readonly string[]) => Promise<readonly AccountName[]>
}

export interface SavedEdit {
  readonly kind: DirectoryKind
  readonly id: string
  readonly fields: RowValues
}

export type Created = { readonly id: string } | { readonly problem: string }

export interface AccountName {
  readonly id: string
  readonly name: string
  readonly note: string
}

export const SettingsContext = createContext<SettingsData>()

export function useSettings(): SettingsData {
  const data = useContext(SettingsContext)
  if (data === undefined) throw new Error('A settings screen stands outside its data.')
  return data
}
