/**
 * The frames of y-websocket's protocol, as bytes: what comes in is read to the last byte or not at all, what goes out is
 * written here. Types 0 to 3 are y-protocols' own; others are ours (core/protocol/message-types.ts).
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

const PERMISSION_DENIED = 0

export type Frame =
  | { readonly type: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step-2' | 'update'; readonly update: Uint8Array }
  | { readonly type: 'presence'; readonly entries: Uint8Array }
  | { readonly type: 'query-presence' }
  /** A message of ours: its type number has been read, the rest is still in the decoder. */
  | { readonly type: 'ours'; readonly number: number; readonly rest: decoding.Decoder }

/** Null for what is no frame of this protocol: truncated, unknown or with bytes to spare. */
export function readFrame(bytes: Uint8Array): Frame | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const number = decoding.readVarUint(decoder)
    if (number > QUERY_AWARENESS) return { type: 'ours', number, rest: decoder }
    const frame = readStockFrame(number, decoder)
    return decoding.hasContent(decoder) ? null : frame
  } catch {
    return null
  }
}

function readStockFrame(number: number, decoder: decoding.Decoder): Frame | null {
  if (number === AWARENESS) return { type: 'presence', entries: decoding.readVarUint8Array(decoder) }
  if (number === QUERY_AWARENESS) return { type: 'query-presence' }
  if (number !== SYNC) return null
  const step = decoding.readVarUint(decoder)
  if (step === STEP_1) return { type: 'step-1', stateVector: decoding.readVarUint8Array(decoder) }
  // Copied: the update outlives the socket's buffer, which other frames share.
  if (step === STEP_2) return { type: 'step-2', update: decoding.readVarUint8Array(decoder).slice() }
  if (step === UPDATE) return { type: 'update', update: decoding.readVarUint8Array(decoder).slice() }
  return null
}

export const step1Frame = (stateVector: Uint8Array): Uint8Array => syncFrame(STEP_1, stateVector)
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(STEP_2, update)
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(UPDATE, update)

function syncFrame(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

export function presenceFrame(entries: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(encoder, entries)
  })
}

export function permissionDeniedFrame(sentence: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AUTH)
    encoding.writeVarUint(encoder, PERMISSION_DENIED)
    encoding.writeVarString(encoder, sentence)
  })
}
