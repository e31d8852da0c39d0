/**
 * The conflict inbox: a value that was merged from this device and that somebody else's later edit replaced (B9).
 *
 * The server's journal keeps both; the device sees it when the feed brings another value for a field that it wrote
 * itself a short while ago.
 */
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { type Kind, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Replica } from './database.ts'

/** How long after writing a field somebody else's value counts as a conflict, and not as the next edit: a week. */
const CONFLICT_WINDOW_MS = 7 * 24 * 60 * 60 * 1_000

/** Inside a transaction over `recordTables`. Texts merge and never conflict. */
export async function noteOverwritten(
  db: Replica,
  before: Row,
  after: Row,
  now: () => number,
): Promise<void> {
  const key = recordKey(after.kind as Kind, after.id)
  const kept = await db.kept
    .where('[record+folded]')
    .anyOf([
      [key, 0],
      [key, 1],
    ])
    .toArray()
  for (const entry of kept) {
    // What came up to the merge itself is what the merge replaced.
    if (entry.filler !== null || after.seq <= entry.seq || now() - entry.writtenAt > CONFLICT_WINDOW_MS)
      continue
    for (const change of entry.changes) {
      const { field, entry: part } = splitFieldKey(change.field)
      if (part !== null || change.field !== field) continue
      const [mine, theirs] = [change.new, after[field] ?? null]
      if (same(mine, theirs) || !same(before[field] ?? null, mine)) continue
      const title = kindSpecs[after.kind].title(after)
      await db.conflicts.put({
        id: `${entry.edit}:${field}`,
        record: key,
        title,
        field,
        mine,
        theirs,
        at: now(),
        settled: null,
      })
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
