/**
 * Server to device, the answer to the hello of a worker who is no longer live, or of a device that is to be wiped: hand
 * in what waits, nothing is sent to you any more (L16, L21). The device's own id and secret, so that an edit handed in twice is known; no rights, no records.
 */
import * as v from 'valibot'
import { recordIdSchema } from './common.ts'

export const drainSchema = v.strictObject({
  /** The secret is present only when the device is new. */
  device: v.strictObject({ id: recordIdSchema, secret: v.nullable(v.string()) }),
  /** What is over: everything of the worker's, or this device. Then they may sign in on it again. */
  why: v.picklist(['worker', 'device']),
})
export type Drain = v.InferOutput<typeof drainSchema>
