/**
 * What the settings screens work on: every worker and group on this device, the directory they make, and saving.
 *
 * Screens get it from a context, so that list and detail read the database once.
 */
import { type Accessor, createContext, useContext } from 'solid-js'
import type { Directory, Principal } from '../../../core/access/types.ts'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import type { RecordKey, Row } from '../../../core/records/kind-spec.ts'
import type { SyncMark } from '../crm/SyncTag.tsx'
import type { DraftStore } from '../record/RecordFormSheet.tsx'

export type DirectoryKind = 'worker' | 'group'

export interface SettingsData {
  /** By name. */
  readonly workers: Accessor<readonly Row[]>
  readonly groups: Accessor<readonly Row[]>
  readonly rowByKey: Accessor<ReadonlyMap<RecordKey, Row>>
  readonly directory: Accessor<Directory>
  /** Whether the reader sees every worker and group; without, what is worked out may be incomplete. */
  readonly complete: Accessor<boolean>
  /** The reader's. */
  readonly principal: Accessor<Principal>
  /** Advances by itself, coarsely. */
  readonly now: Accessor<number>
  readonly markOf: (key: RecordKey) => SyncMark
  /** One record after the other, as one change set; resolves with a sentence at the first that was not saved. */
  readonly save: (edits: readonly SavedEdit[]) => Promise<string | undefined>
  readonly drafts: DraftStore
}

export interface SavedEdit {
  readonly kind: DirectoryKind
  readonly id: string
  readonly fields: RowValues
}

export const SettingsContext = createContext<SettingsData>()

export function useSettings(): SettingsData {
  const data = useContext(SettingsContext)
  if (data === undefined) throw new Error('A settings screen stands outside its data.')
  return data
}
