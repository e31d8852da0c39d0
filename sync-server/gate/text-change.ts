/** How the journal tells of a change in a long text: whole while it is short, else the place where it changed. */
import { spliceBetween } from '../../core/documents/splice-between.ts'
import type { Change, FieldKey } from '../../core/documents/types.ts'

/** A text up to this many UTF-16 code units is told whole. Every keystroke in a room is an entry of the journal. */
const WHOLE_MAX = 2_000

/** Told of the text on either side of the change. */
const CONTEXT = 60

export function textChange(field: FieldKey, old: string | null, next: string | null): Change {
  const before = old ?? ''
  const after = next ?? ''
  if (before.length <= WHOLE_MAX && after.length <= WHOLE_MAX) return { field, old, new: next }
  const { at, remove, insert } = spliceBetween(before, after)
  return { field, old: excerpt(before, at, remove), new: excerpt(after, at, insert.length) }
}

function excerpt(text: string, at: number, length: number): string {
  const from = Math.max(0, at - CONTEXT)
  const to = Math.min(text.length, at + length + CONTEXT)
  return `${from > 0 ? '…' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`
}
