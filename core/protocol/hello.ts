/**
 * Device to server, first on every connection: who I am and how far I have come (L1).
 *
 * The server goes on from `number`, or answers in `welcome` that this device must rebuild.
 */
import * as v from 'valibot'
import { recordIdSchema, sequenceSchema } from './common.ts'

export const helloSchema = v.strictObject({
  protocol: v.pipe(v.number(), v.safeInteger()),
  worker: recordIdSchema,
  /** Null on a device that has never met this server. */
  device: v.nullable(
    v.strictObject({ id: recordIdSchema, secret: v.pipe(v.string(), v.minLength(20), v.maxLength(100)) }),
  ),
  /** The last sequence number of the feed that is stored here, with the server's chain hash at it. */
  number: sequenceSchema,
  chain: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** The history that number belongs to; a restored server has another one. */
  history: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** Hash of the scope that the stored records were sent under. */
  scopeHash: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  policyVersion: sequenceSchema,
})
export type Hello = v.InferOutput<typeof helloSchema>
