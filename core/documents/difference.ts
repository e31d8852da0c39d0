/**
 * What a reader lacks of a stored record: state vectors and differences of committed states.
 *
 * Works on bytes, without opening a document. Only the server's own committed states come in here as states; state
 * vectors come from outside and are read strictly before Yjs sees them (D3).
 */
import * as Y from 'yjs'
import { Broken, WireReader } from './wire-reader.ts'

/** A document that holds nothing, as an update. */
export const emptyState: Uint8Array = new Uint8Array([0, 0])

/** Holds nothing: no structs, no deletions. */
export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}

/** The clocks that a committed state holds, as Yjs sends them. */
export function stateVectorOf(state: Uint8Array): Uint8Array {
  return Y.encodeStateVectorFromUpdate(state)
}

/** What a reader with this state vector lacks; null when the vector is none. Every deletion is part of it. */
export function differenceSince(state: Uint8Array, stateVector: Uint8Array): Uint8Array | null {
  const clocks = readStateVector(stateVector)
  if (clocks === null) return null
  return clocks.size === 0 ? state : Y.diffUpdate(state, stateVector)
}

/** Clock by client; null for what is not exactly a state vector. */
export function readStateVector(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  const reader = new WireReader(bytes)
  const clocks = new Map<number, number>()
  try {
    const count = reader.varUint()
    for (let i = 0; i < count; i++) {
      const client = reader.varUint()
      if (clocks.has(client)) return null
      clocks.set(client, reader.varUint())
    }
  } catch (error) {
    if (error instanceof Broken) return null
    throw error
  }
  return reader.at === bytes.length ? clocks : null
}
