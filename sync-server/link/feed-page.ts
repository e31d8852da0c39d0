/** Feed pages as bytes: rows ready made in the JSON, documents beside them as blobs (protocol/feed.ts). */
import type { Feed as FeedBody } from '../../core/protocol/feed.ts'
import { FEED_PAGE_BYTES, FEED_PAGE_RECORDS } from '../../core/protocol/limits.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { emptyState } from '../../core/documents/difference.ts'
import type { CommittedChange } from '../gate/types.ts'
import type { StoredRecord } from '../storage/storage.ts'

/** One record on its way to a device. */
export interface Parcel {
  readonly row: Row
  readonly keys: readonly string[]
  readonly bytes: 'state' | 'update'
  readonly blob: Uint8Array
}

export type UpTo = NonNullable<FeedBody['upTo']>

const noDocument = new Uint8Array(0)

export function stateParcel({ row, keys, state }: StoredRecord): Parcel {
  return { row, keys, bytes: 'state', blob: state ?? noDocument }
}

/** A kind without documents sends its row as a state; a mere change of keys sends an update that says nothing. */
export function updateParcel({ row, keys, update, record }: CommittedChange): Parcel {
  if (record.kind === 'colleague') return { row, keys, bytes: 'state', blob: noDocument }
  return { row, keys, bytes: 'update', blob: update ?? emptyState }
}

/** Cuts parcels into pages of bounded length. At least one page, so that an empty feed can still say how far it is. */
export function pagesOf(parcels: readonly Parcel[]): readonly (readonly Parcel[])[] {
  const pages: Parcel[][] = [[]]
  let bytes = 0
  for (const parcel of parcels) {
    const size = sizeOf(parcel)
    let page = pages.at(-1)
    if (
      page === undefined ||
      page.length === FEED_PAGE_RECORDS ||
      (page.length > 0 && bytes + size > FEED_PAGE_BYTES)
    ) {
      page = []
      pages.push(page)
      bytes = 0
    }
    page.push(parcel)
    bytes += size
  }
  return pages
}

/** About: rows of the kinds there are take around this much JSON beside their document. */
const ROW_BYTES = 600

function sizeOf({ blob, keys }: Parcel): number {
  return blob.length + ROW_BYTES + keys.length * 20
}

export function feedFrame(parcels: readonly Parcel[], upTo: UpTo | null, page: number): Uint8Array {
  const records = parcels.map(({ row, keys, bytes }) => ({ row, keys: [...keys], bytes }))
  return encodeMessage(
    'feed',
    { records, upTo, page },
    parcels.map(({ blob }) => blob),
  )
}
