/**
 * Documents from trusted bytes: the server's own states, or what a device stored of them. Bytes from outside go
 * through `parseUpdate` and `checkStructure` first.
 *
 * An open document is a view: it carries the clientID of nobody, so that what is authored on it by mistake is
 * refused as foreign instead of colliding with a lease (GATE 25).
 */
import * as Y from 'yjs'
import { NO_CLIENT } from './check-structure.ts'
import { type ClockSpan, fillerUpdate } from './encode-update.ts'
import { FIELDS_ROOT } from './field-key.ts'

export function openDocument(states: readonly Uint8Array[] = []): Y.Doc {
  // Yjs would draw sixteen random bytes for a name that nobody reads.
  const doc = new Y.Doc({ gc: true, guid: 'record' })
  doc.clientID = NO_CLIENT
  doc.getMap(FIELDS_ROOT)
  applyAll(doc, states)
  return doc
}

/** The whole document as one update. */
export function encodeState(doc: Y.Doc): Uint8Array {
  return Y.encodeStateAsUpdate(doc)
}

/**
 * A device's document for authoring: the server's bytes, fillers for its refused entries, its unanswered entries in
 * order, and only then the lease; the other way round Yjs would take itself for two and switch to another id (L7, v).
 * Throws when something is missing: then the device's store is not what it says, and the record is fetched anew.
 */
export function rebuild(
  base: Uint8Array | null,
  fillers: readonly ClockSpan[],
  outboxUpdates: readonly Uint8Array[],
  lease: number,
): Y.Doc {
  const fillerUpdates = fillers.map(({ client, clock, length }) => fillerUpdate(client, clock, length))
  const doc = openDocument([...(base === null ? [] : [base]), ...fillerUpdates, ...outboxUpdates])
  if (isPending(doc)) throw new Error('rebuild: an update needs another one that is not there')
  doc.clientID = lease
  return doc
}

/** Whether Yjs holds something back until something else comes. Never the case in a document that passed the gate. */
export function isPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}

/** One transaction for all: Yjs tidies up once instead of once a state. */
function applyAll(doc: Y.Doc, states: readonly Uint8Array[]): void {
  if (states.length === 0) return
  doc.transact(() => {
    for (const state of states) Y.applyUpdate(doc, state)
  })
}
