/**
 * Authors entries of the outbox: changes become updates under the device's lease, on a throw-away document.
 *
 * A text too long for one update becomes several entries, one after the other.
 */
import type * as Y from 'yjs'
import { authorUpdate, type Write } from '../../core/documents/author-change.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import { valueAt } from '../../core/documents/read-record.ts'
import { spliceBetween } from '../../core/documents/splice-between.ts'
import type { Change } from '../../core/documents/types.ts'
import { UPDATE_BYTES_MAX } from '../../core/protocol/limits.ts'

export interface Authored {
  readonly update: Uint8Array
  readonly changes: readonly Change[]
}

/** UTF-16 code units of text typed in one update: at most three bytes each, and room for the rest. */
const TEXT_STEP = 16_000

/**
 * The updates that make the writes so, in order; none where everything is so already. The document holds them
 * afterwards. Null when one of them is larger than the wire allows.
 */
export function authorAll(doc: Y.Doc, lease: number, writes: readonly Write[]): readonly Authored[] | null {
  const all: Authored[] = []
  for (const step of stepsOf(doc, writes)) {
    const authored = authorUpdate(doc, lease, step)
    if (authored.changes.length === 0) continue
    if (authored.update.length > UPDATE_BYTES_MAX) return null
    all.push(authored)
  }
  return all
}

/** One step as a rule; a long insertion in pieces, the other fields with the first. */
function stepsOf(doc: Y.Doc, writes: readonly Write[]): readonly (readonly Write[])[] {
  const first: Write[] = []
  const later: Write[][] = []
  for (const write of writes) {
    const pieces = isTextKey(write.field) ? piecesOf(doc, write) : [write]
    const [head, ...rest] = pieces
    if (head !== undefined) first.push(head)
    later.push(...rest.map((piece) => [piece]))
  }
  return first.length === 0 ? later : [first, ...later]
}

function piecesOf(doc: Y.Doc, { field, value }: Write): readonly Write[] {
  const old = String(valueAt(doc, field) ?? '')
  const next = String(value ?? '')
    .replaceAll('\0', '')
    .toWellFormed()
  const { at, remove, insert } = spliceBetween(old, next)
  if (insert.length <= TEXT_STEP) return [{ field, value: next === '' ? null : next }]
  const pieces: Write[] = []
  const [before, after] = [old.slice(0, at), old.slice(at + remove)]
  for (let end = TEXT_STEP; end < insert.length + TEXT_STEP; end += TEXT_STEP) {
    const piece = insert.slice(0, wholeCharacters(insert, Math.min(end, insert.length)))
    pieces.push({ field, value: before + piece + after })
  }
  return pieces
}

/** The end itself, or one less where it would cut a surrogate pair. */
function wholeCharacters(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1)
  return end < text.length && unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end
}

/**
 * What a change meant, as writes on what stands now: scalars as they were typed, a text's replacement at the place
 * that reads most like the one it was typed at.
 */
export function writesOf(doc: Y.Doc, changes: readonly Change[]): readonly Write[] {
  return changes.map(({ field, old, new: value }) => {
    if (!isTextKey(field)) return { field, value }
    return {
      field,
      value: carriedOver(String(valueAt(doc, field) ?? ''), String(old ?? ''), String(value ?? '')),
    }
  })
}

/** Words before a replacement that identify its place. */
const CONTEXT = 24

/** `current` with the replacement made that turned `old` into `next`. Nothing is removed that reads otherwise. */
export function carriedOver(current: string, old: string, next: string): string {
  if (current === old || current === next) return next
  const { at, remove, insert } = spliceBetween(old, next)
  const removed = old.slice(at, at + remove)
  for (let context = Math.min(CONTEXT, at); context >= 0; context--) {
    const place = nearest(current, old.slice(at - context, at) + removed, at - context)
    if (place === null || (context === 0 && removed === '')) continue
    const start = place + context
    return current.slice(0, start) + insert + current.slice(start + remove)
  }
  // The place is gone: what was typed is kept at the end rather than lost.
  if (insert === '') return current
  if (at === 0 && remove === 0 && old !== '') return insert + current
  return at >= old.length || current === '' ? current + insert : `${current}\n${insert}`
}

/** Where `part` stands in `text`, nearest to `at`. */
function nearest(text: string, part: string, at: number): number | null {
  const after = text.indexOf(part, at)
  const before = text.lastIndexOf(part, at)
  if (after === -1 || before === -1) return Math.max(after, before) === -1 ? null : Math.max(after, before)
  return after - at < at - before ? after : before
}
