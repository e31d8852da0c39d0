/**
 * Writes a change as Yjs would have it: one transaction, under the device's lease, on a document that is thrown away
 * afterwards. The only place where updates are authored.
 *
 * Clearing a key writes null and never deletes it: a deletion beside somebody's new value would be answered merged
 * and change nothing (D17).
 */
import type * as Y from 'yjs'
import type { FieldValue, Scalar } from '../records/kind-spec.ts'
import { FIELDS_ROOT, isTextKey } from './field-key.ts'
import { valueAt } from './read-record.ts'
import { sameValue } from './same-value.ts'
import { spliceBetween } from './splice-between.ts'
import type { Change, FieldKey } from './types.ts'

export interface Write {
  readonly field: FieldKey
  readonly value: FieldValue
}

/** An update of no structs and no deletions. */
const emptyUpdate = new Uint8Array([0, 0])

/**
 * The bytes of the transaction, and what it changed; writes of what is there already are left out. When several
 * writes name one field the last counts. The document holds the change afterwards.
 * Throws when Yjs has given up the lease: then the document also lives elsewhere, and its bytes must not be sent (M24).
 */
export function authorUpdate(
  doc: Y.Doc,
  clientId: number,
  writes: readonly Write[],
): { update: Uint8Array; changes: Change[] } {
  const changes: Change[] = []
  for (const [field, value] of new Map(writes.map((write) => [write.field, cleanValue(write.value)]))) {
    const old = valueAt(doc, field)
    const next = isTextKey(field) && value === '' ? null : value
    if (!sameValue(old, next)) changes.push({ field, old, new: next })
  }
  if (changes.length === 0) return { update: emptyUpdate, changes }

  doc.clientID = clientId
  let update: Uint8Array | null = null
  const keep = (bytes: Uint8Array) => {
    update = bytes
  }
  doc.on('update', keep)
  doc.transact(() => {
    for (const change of changes) writeChange(doc, change)
  })
  doc.off('update', keep)
  if (doc.clientID !== clientId || update === null) throw new Error('authorUpdate: the lease was lost')
  return { update, changes }
}

function writeChange(doc: Y.Doc, change: Change): void {
  if (!isTextKey(change.field)) {
    doc.getMap(FIELDS_ROOT).set(change.field, change.new)
    return
  }
  const text = doc.getText(change.field)
  const { at, remove, insert } = spliceBetween(String(change.old ?? ''), String(change.new ?? ''))
  if (insert !== '') text.insert(at, insert)
  if (remove > 0) text.delete(at + insert.length, remove)
}

/** As the wire will carry it: whole characters, no NUL, no minus zero, plain objects. */
function cleanValue(value: FieldValue): FieldValue {
  if (typeof value !== 'object' || value === null) return cleanScalar(value)
  const object: Record<string, Scalar> = {}
  for (const [name, entry] of Object.entries(value)) object[name] = cleanScalar(entry)
  return object
}

function cleanScalar(value: Scalar): Scalar {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  return value === 0 ? 0 : value
}
