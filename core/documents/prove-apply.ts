/**
 * The gate's step 8: apply, then prove that what was foreseen happened and nothing else (D9).
 *
 * Called by the gate only. It changes the document; when the proof fails the document is thrown away.
 */
import * as Y from 'yjs'
import { clocksOf } from './encode-update.ts'
import { isPending } from './open-document.ts'
import { currentItem, fieldOfRoot, type Root } from './store-view.ts'
import type { Fault, FieldKey, ParsedUpdate } from './types.ts'

export type ApplyResult = { readonly ok: true } | { readonly ok: false; readonly fault: Fault }

const deviates: ApplyResult = { ok: false, fault: 'apply-deviates' }

/** `bytes` are those that `parsed` was read from; `touches` is what `checkStructure` foresaw. */
export function applyProven(
  doc: Y.Doc,
  bytes: Uint8Array,
  parsed: ParsedUpdate,
  touches: readonly FieldKey[],
): ApplyResult {
  const own = doc.clientID
  let transaction: Y.Transaction
  try {
    // Nested, so that what Yjs reports of it is at hand without listening.
    transaction = Y.transact(
      doc,
      (current) => {
        Y.applyUpdate(doc, bytes)
        return current
      },
      null,
      false,
    )
  } catch {
    return deviates
  }
  if (isPending(doc) || doc.clientID !== own) return deviates
  return advancedBy(transaction, parsed) && changedOnly(doc, transaction, touches) ? { ok: true } : deviates
}

/**
 * Whether a struct of the update is what its key holds now. Where it is not, an older value with a higher clientID
 * has won, and the gate writes the later one itself (D10).
 */
export function standsAt(doc: Y.Doc, key: FieldKey, client: number, clock: number): boolean {
  const item = currentItem(doc, key)
  return item !== null && item.id.client === client && item.id.clock + item.length - 1 === clock
}

/** The client whose value a key holds now, deleted or not; null where it never had one. */
export function writerOf(doc: Y.Doc, key: FieldKey): number | null {
  return currentItem(doc, key)?.id.client ?? null
}

function advancedBy({ beforeState, afterState }: Y.Transaction, parsed: ParsedUpdate): boolean {
  const clocks = clocksOf(parsed)
  for (const [client, clock] of afterState) {
    const advance = client === clocks?.client ? clocks.length : 0
    if (clock - (beforeState.get(client) ?? 0) !== advance) return false
  }
  return clocks === null || afterState.has(clocks.client)
}

function changedOnly(doc: Y.Doc, { changed }: Y.Transaction, touches: readonly FieldKey[]): boolean {
  const foreseen = new Set(touches)
  for (const [root, keys] of changed) {
    for (const key of keys) if (!foreseen.has(fieldOfRoot(doc, root as unknown as Root, key))) return false
  }
  return true
}
