/**
 * Where a page ended: the place of its last record. Opaque outside.
 *
 * It comes back from outside, so anything may be in it; what cannot be read begins at the beginning. It is only ever
 * compared with places of records in reach, so it opens nothing.
 */
export interface Position {
  readonly rank: number
  readonly sort: string
  readonly rec: number
}

const start: Position = { rank: -1, sort: '', rec: -1 }

export function writeCursor({ rank, sort, rec }: Position): string {
  return Buffer.from(JSON.stringify([rank, sort, rec])).toString('base64url')
}

export function readCursor(cursor: string | null): Position {
  if (cursor === null) return start
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(place) || place.length !== 3) return start
    const [rank, sort, rec] = place as unknown[]
    const readable = Number.isSafeInteger(rank) && typeof sort === 'string' && Number.isSafeInteger(rec)
    return readable ? { rank: Number(rank), sort, rec: Number(rec) } : start
  } catch {
    return start
  }
}
