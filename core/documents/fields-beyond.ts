/**
 * In which fields one state of a record holds something that another does not know: written or deleted there, whatever
 * the values say (L20). Both states are committed ones of servers, stored by a device.
 */
import * as Y from 'yjs'
import { openDocument } from './open-document.ts'
import { fieldOfRoot, type Root } from './store-view.ts'
import type { FieldKey } from './types.ts'

export function fieldsBeyond(known: Uint8Array, other: Uint8Array): ReadonlySet<FieldKey> {
  const doc = openDocument([known])
  const fields = new Set<FieldKey>()
  doc.transact((transaction) => {
    Y.applyUpdate(doc, other)
    for (const [root, keys] of transaction.changed)
      for (const key of keys) fields.add(fieldOfRoot(doc, root as unknown as Root, key))
  })
  doc.destroy()
  return fields
}
