/** What tab and search thread say to each other. */
import type { SearchFilter } from '../../core/access/search-filter.ts'
import type { Kind, RecordKey } from '../../core/records/kind-spec.ts'

export type ToSearch =
  | { readonly type: 'open'; readonly workerId: string }
  | {
      readonly type: 'find'
      readonly question: number
      readonly kind: Kind
      readonly text: string
      /** The worker's search filter: what it leaves out is not found (S11). */
      readonly filter: SearchFilter
    }

export type FromSearch =
  /** Every record is in the index. */
  | { readonly type: 'ready'; readonly records: number }
  | { readonly type: 'found'; readonly question: number; readonly keys: readonly RecordKey[] }
