/**
 * What the settings screens work on: every worker and group on this device, the directory they make, and saving.
 *
 * Screens get it from a context, so that list and detail read the database once.
 */
import { type Accessor, createContext, useContext } from 'solid-js'
import type { Directory, Principal } from '../../../core/access/types.ts'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import type { Kind, RecordKey, Row } from '../../../core/records/kind-spec.ts'
import type { SyncMark } from '../crm/SyncTag.tsx'
import type { DraftStore } from '../record/RecordFormSheet.tsx'

export type DirectoryKind = 'worker' | 'group'

/** What the settings screens read whole, beside workers and groups: few records each, by name. */
export type SmallKind = 'label-set' | 'board' | 'campaign'

export interface SettingsData {
  /** By name. */
  readonly workers: Accessor<readonly Row[]>
  readonly groups: Accessor<readonly Row[]>
  readonly small: (kind: SmallKind) => readonly Row[]
  /** The organisation's; null where this device has none yet. */
  readonly settings: Accessor<Row | null>
  /** All of the above. */
  readonly rowByKey: Accessor<ReadonlyMap<RecordKey, Row>>
  readonly directory: Accessor<Directory>
  /** Whether the reader sees every worker and group; without, what is worked out may be incomplete. */
  readonly complete: Accessor<boolean>
  /** The reader's. */
  readonly principal: Accessor<Principal>
  /** Advances by itself, coarsely. */
  readonly now: Accessor<number>
  readonly markOf: (key: RecordKey) => SyncMark
  /** All of them, as one change set and counted in `onSaved`, or none: then it resolves with a sentence that says why. */
  readonly save: (
    edits: readonly SavedEdit[],
    onSaved?: (done: number) => void,
  ) => Promise<string | undefined>
  readonly drafts: DraftStore
}

export interface SavedEdit {
  readonly kind: Kind
  readonly id: string
  readonly fields: RowValues
}

export const SettingsContext = createContext<SettingsData>()

export function useSettings(): SettingsData {
  const data = useContext(SettingsContext)
  if (data === undefined) throw new Error('A settings screen stands outside its data.')
  return data
}
