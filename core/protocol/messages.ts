/**
 * Our messages as bytes: a type number, a JSON body checked against its schema, and blobs.
 *
 *     varUint type · varString body · varUint count · count x varUint8Array
 *
 * JSON for what people read in logs, blobs for Yjs bytes: base64 would cost a third of every first sync.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as v from 'valibot'
import { conflictsSchema } from './conflicts.ts'
import { drainSchema } from './drain.ts'
import { feedSchema } from './feed.ts'
import { foundSchema, takenSchema } from './found.ts'
import { helloSchema } from './hello.ts'
import { FEED_PAGE_RECORDS } from './limits.ts'
import { type MessageName, messageTypes } from './message-types.ts'
import { policySchema } from './policy.ts'
import { pushSchema } from './push.ts'
import { receivedSchema } from './received.ts'
import { revokeSchema } from './revoke.ts'
import { settledSchema } from './settled.ts'
import { verdictSchema } from './verdict.ts'
import { welcomeSchema } from './welcome.ts'
import { wipedSchema, wipeSchema } from './wipe.ts'

export const messageSchemas = {
  hello: helloSchema,
  welcome: welcomeSchema,
  feed: feedSchema,
  received: receivedSchema,
  push: pushSchema,
  verdict: verdictSchema,
  revoke: revokeSchema,
  policy: policySchema,
  settled: settledSchema,
  drain: drainSchema,
  wipe: wipeSchema,
  wiped: wipedSchema,
  conflicts: conflictsSchema,
  found: foundSchema,
  taken: takenSchema,
} as const satisfies Record<MessageName, v.GenericSchema>

export type MessageBody<N extends MessageName> = v.InferOutput<(typeof messageSchemas)[N]>

/** A message that came in. A union on `name`. */
export type Message = {
  [N in MessageName]: {
    readonly name: N
    readonly body: MessageBody<N>
    readonly blobs: readonly Uint8Array[]
  }
}[MessageName]

const nameByType: ReadonlyMap<number, MessageName> = new Map(
  (Object.keys(messageTypes) as MessageName[]).map((name) => [messageTypes[name], name]),
)

export function isOurMessageType(type: number): boolean {
  return nameByType.has(type)
}

/** Whole message, type number included. */
export function encodeMessage<N extends MessageName>(
  name: N,
  body: MessageBody<N>,
  blobs: readonly Uint8Array[] = [],
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageTypes[name])
  writeMessage(encoder, body, blobs)
  return encoding.toUint8Array(encoder)
}

/** The rest of a message whose type number is already written, as a y-websocket message handler wants it. */
export function writeMessage(
  encoder: encoding.Encoder,
  body: unknown,
  blobs: readonly Uint8Array[] = [],
): void {
  encoding.writeVarString(encoder, JSON.stringify(body))
  encoding.writeVarUint(encoder, blobs.length)
  for (const blob of blobs) encoding.writeVarUint8Array(encoder, blob)
}

/**
 * Reads the rest of a message whose type number has been read. Null for anything that is not exactly such a message:
 * unknown type, body that does not fit its schema, too many blobs, trailing bytes.
 */
export function readMessage(type: number, decoder: decoding.Decoder): Message | null {
  const name = nameByType.get(type)
  if (name === undefined) return null
  try {
    const parsed = v.safeParse(messageSchemas[name], JSON.parse(decoding.readVarString(decoder)))
    if (!parsed.success) return null
    const count = decoding.readVarUint(decoder)
    if (count > FEED_PAGE_RECORDS) return null
    const blobs = Array.from({ length: count }, () => decoding.readVarUint8Array(decoder).slice())
    if (decoding.hasContent(decoder)) return null
    return { name, body: parsed.output, blobs } as Message
  } catch {
    return null
  }
}
