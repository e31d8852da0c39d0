/**
 * Where a page ended: the last record that it showed, with its place in the order. Opaque outside.
 *
 * It names that record by its id and not by our own number, which would tell how many records there are that its reader
 * never sees (GATE 34). It comes back from outside, so anything may be in it: what cannot be read begins at the
 * beginning, and an id counts only where the record is in reach.
 */
export interface Position {
  readonly rank: number
  readonly sort: string
  /** Empty before the first record. */
  readonly id: string
}

const start: Position = { rank: -1, sort: '', id: '' }

export function writeCursor({ rank, sort, id }: Position): string {
  return Buffer.from(JSON.stringify([rank, sort, id])).toString('base64url')
}

export function readCursor(cursor: string | null): Position {
  if (cursor === null) return start
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(place) || place.length !== 3) return start
    const [rank, sort, id] = place as unknown[]
    const readable = Number.isSafeInteger(rank) && typeof sort === 'string' && typeof id === 'string'
    return readable ? { rank: Number(rank), sort, id } : start
  } catch {
    return start
  }
}
