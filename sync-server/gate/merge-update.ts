/**
 * The one place that merges: nothing else in the product applies anything to an authoritative record.
 *
 * It takes a `Judged` change, which only `judgeChange` can make. Afterwards the record holds the change and the batch
 * knows of it, or its document has been thrown away and nothing has moved.
 */
import type { Doc } from 'yjs'
import type { Reason } from '../../core/access/types.ts'
import { authorUpdate } from '../../core/documents/author-change.ts'
import { NO_CLIENT, type IntendedWrite } from '../../core/documents/check-structure.ts'
import { type ClockSpan, fillerUpdate } from '../../core/documents/encode-update.ts'
import { isTextKey, splitFieldKey } from '../../core/documents/field-key.ts'
import { parseUpdate } from '../../core/documents/parse-update.ts'
import { applyProven, standsAt } from '../../core/documents/prove-apply.ts'
import { valueAt } from '../../core/documents/read-record.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { Change, Fault, FieldKey, ParsedUpdate } from '../../core/documents/types.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { validateRow } from '../../core/records/validate.ts'
import type { Conflict } from '../storage/storage.ts'
import type { GateContext } from './gate-context.ts'
import { isJudged, type Judged } from './judge-change.ts'
import { authorAnew, carryOut } from './record-consequences.ts'
import { type FieldWrite, valueInRow } from '../../core/documents/row-after-writes.ts'
import { textChange } from './text-change.ts'
import type { Attribution, Working, WorkingRecord } from './working-state.ts'

/** An update that fits its document (`checkStructure`), as it will be applied. */
export interface SoundUpdate {
  readonly bytes: Uint8Array
  readonly parsed: ParsedUpdate
  readonly intended: ReadonlyMap<FieldKey, IntendedWrite>
}

export type MergeResult =
  | { readonly type: 'merged'; readonly seq: number; readonly changes: readonly Change[] }
  | { readonly type: 'violation'; readonly fault: Fault }
  | { readonly type: 'refused'; readonly reasons: readonly Reason[] }

export function mergeUpdate(
  { working, serverClient, newId }: GateContext,
  judged: Judged,
  update: SoundUpdate,
  conflicts: readonly Omit<Conflict, 'id' | 'seq'>[],
  by: Attribution,
): MergeResult {
  assertJudged(judged)
  const { record, spec, touches } = judged.proposal
  const doc = working.document(record)
  const texts = touches.filter(isTextKey)
  const textsBefore = texts.map((key) => valueAt(doc, key) as string | null)

  const applied = applyProven(doc, update.bytes, update.parsed, touches)
  if (!applied.ok) {
    working.throwAway(record)
    return { type: 'violation', fault: applied.fault }
  }

  const row = withTexts(judged.row, doc, texts)
  if (texts.length > 0) {
    const names = new Set(texts.map((key) => splitFieldKey(key).field))
    const reasons = validateRow(spec, row, judged.directory.catalogue, names)
    if (reasons.length > 0) {
      working.throwAway(record)
      return { type: 'refused', reasons }
    }
  }

  const changes = scalarChanges(record, judged)
  for (const [index, key] of texts.entries())
    changes.push(textChange(key, textsBefore[index] ?? null, valueAt(doc, key) as string | null))
  const { keys, restamped, attributesBefore } = judged
  const seq = working.move({
    record,
    row,
    keys,
    restamped,
    attributesBefore,
    update: update.bytes,
    changes,
    by,
  })
  letLaterStand(working, serverClient, judged, update, doc, by)
  for (const conflict of conflicts) working.addConflict({ ...conflict, id: newId(), seq })
  working.directory = judged.directory
  carryOut(working, judged.consequences, changeSetOf(by, seq))
  return { type: 'merged', seq, changes }
}

/** The same for writes that the server authors on somebody's behalf. */
export function mergeWrites(
  { working, serverClient }: GateContext,
  judged: Judged,
  by: Attribution,
): MergeResult {
  assertJudged(judged)
  const { record, writes } = judged.proposal
  const authored = judged.proposal.creates
    ? authorAnew(writes, serverClient)
    : authorOn(working.document(record), serverClient, writes)
  const { row, keys, restamped, attributesBefore } = judged
  const changes = authored.changes.map((change) =>
    isTextKey(change.field)
      ? textChange(change.field, change.old as string | null, change.new as string | null)
      : change,
  )
  const seq = working.move({
    record,
    row,
    keys,
    restamped,
    attributesBefore,
    update: authored.update,
    changes,
    by,
  })
  // An import, or its undoing, touches more records than there is room for documents.
  if (by.via === 'import' || by.via === 'undo') working.rest(record)
  working.directory = judged.directory
  carryOut(working, judged.consequences, changeSetOf(by, seq))
  return { type: 'merged', seq, changes }
}

/**
 * The filler of a refused update: its clocks without its content, so that its author's next edits still fit. It takes
 * a number and is published, or its readers would wait for ever (D12).
 */
export function mergeFiller(
  working: Working,
  record: WorkingRecord,
  span: ClockSpan,
  by: Attribution,
): number {
  const bytes = fillerUpdate(span.client, span.clock, span.length)
  const parsed = parseUpdate(bytes)
  const row = record.row
  if (!parsed.ok || row === null) throw new Error('mergeFiller: a filler that is none')
  const applied = applyProven(working.document(record), bytes, parsed.update, [])
  // INVARIANT: the refused update passed `checkStructure`, so that its clocks are the next ones of its client.
  if (!applied.ok) throw new Error('mergeFiller: a filler that does not fit')
  return working.move({ record, row, keys: record.keys, update: bytes, changes: [], filler: true, by })
}

/** One that its author did not name is called after its edit, else after its number (D26). */
function changeSetOf(by: Attribution, seq: number): string {
  return by.changeSet ?? by.edit?.id ?? String(seq)
}

function assertJudged(judged: Judged): void {
  if (!isJudged(judged)) throw new Error('merge: a change that nobody judged')
}

/** D10: where an older value with a higher clientID would win, the value meant now is written once more. */
function letLaterStand(
  working: Working,
  serverClient: number,
  { proposal: { record } }: Judged,
  { intended }: SoundUpdate,
  doc: Doc,
  by: Attribution,
): void {
  const lost: FieldWrite[] = []
  for (const [field, { id, value }] of intended)
    if (!standsAt(doc, field, id.client, id.clock)) lost.push({ field, value })
  if (lost.length === 0) return
  const { update, changes } = authorOn(doc, serverClient, lost)
  if (changes.length === 0) return
  const row = record.row as Row
  // Not an echo: the author's own replica lacks it too. Its change stands under the number before.
  working.move({ record, row, keys: record.keys, update, changes: [], by: { ...by, sessionId: null } })
}

function authorOn(doc: Doc, serverClient: number, writes: Parameters<typeof authorUpdate>[2]) {
  const authored = authorUpdate(doc, serverClient, writes)
  doc.clientID = NO_CLIENT
  return authored
}

function scalarChanges(record: WorkingRecord, { proposal, row }: Judged): Change[] {
  const changes: Change[] = []
  for (const field of proposal.touches) {
    if (isTextKey(field)) continue
    const old = record.row === null ? null : valueInRow(record.row, field)
    const next = valueInRow(row, field)
    if (!sameValue(old, next)) changes.push({ field, old, new: next })
  }
  return changes
}

function withTexts(row: Row, doc: Doc, texts: readonly FieldKey[]): Row {
  if (texts.length === 0) return row
  return { ...row, ...Object.fromEntries(texts.map((key) => [splitFieldKey(key).field, valueAt(doc, key)])) }
}
