/**
 * The conflict inbox: a value that was merged from this device and that somebody else's later edit replaced (B9).
 *
 * The server's journal keeps both; the device sees it when the feed brings another value for a field that it wrote
 * itself a short while ago.
 */
import { recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Replica } from './database.ts'
import type { KeptEntry, OutboxEntry } from './stored.ts'

/** How long after writing a field somebody else's value counts as a conflict, and not as the next edit: a week. */
const CONFLICT_WINDOW_MS = 7 * 24 * 60 * 60 * 1_000

/**
 * Inside a transaction over `recordTables`. `before` is the record with all that was merged from here, `entries` what is
 * still on its way: the feed brings those too, and they are nobody else's. Texts and sets merge and never conflict.
 */
export async function noteOverwritten(
  db: Replica,
  before: Row,
  after: Row,
  entries: readonly OutboxEntry[],
  now: () => number,
): Promise<void> {
  const key = recordKey(after.kind, after.id)
  const kept = await db.kept
    .where('[record+folded]')
    .anyOf([
      [key, 0],
      [key, 1],
    ])
    .toArray()
  const mineByField = new Map<string, { readonly entry: KeptEntry; readonly value: unknown }>()
  for (const entry of kept.sort((a, b) => a.seq - b.seq)) {
    for (const { field, new: value } of entry.changes) mineByField.set(field, { entry, value })
  }
  const onTheWay = entries.flatMap(({ changes }) => changes)
  for (const [field, { entry, value: mine }] of mineByField) {
    const theirs = after[field] ?? null
    const isRecent = after.seq > entry.seq && now() - entry.writtenAt <= CONFLICT_WINDOW_MS
    const isReplaced = Object.hasOwn(after, field) && same(before[field] ?? null, mine) && !same(mine, theirs)
    const isMineToo = onTheWay.some((change) => change.field === field && same(change.new, theirs))
    if (!isRecent || !isReplaced || isMineToo) continue
    const title = kindSpecs[after.kind].title(after)
    const id = `${entry.edit}:${field}`
    await db.conflicts.put({ id, record: key, title, field, mine, theirs, at: now(), settled: null })
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
