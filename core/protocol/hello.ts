/**
 * Device to server, first on every connection: who I am and how far I have come (L1).
 *
 * The server goes on from `number`, or answers in `welcome` that this device must rebuild.
 */
import * as v from 'valibot'
import { editIdSchema, recordIdSchema, recordRefSchema, sequenceSchema } from './common.ts'
import {
  DEVICE_LABEL_LENGTH_MAX,
  KEY_LENGTH_MAX,
  QUARANTINED_TOLD_MAX,
  UNSENT_FIELDS_MAX,
  UNSENT_TOLD_MAX,
} from './limits.ts'

const unsentEditSchema = v.strictObject({
  edit: editIdSchema,
  record: recordRefSchema,
  creates: v.boolean(),
  /** Field keys. */
  fields: v.pipe(v.array(v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX))), v.maxLength(UNSENT_FIELDS_MAX)),
})

export const helloSchema = v.strictObject({
  protocol: v.pipe(v.number(), v.safeInteger()),
  worker: recordIdSchema,
  /** Null on a device that has never met this server. */
  device: v.nullable(
    v.strictObject({ id: recordIdSchema, secret: v.pipe(v.string(), v.minLength(20), v.maxLength(100)) }),
  ),
  /** What sort of device it says it is, "Chromium on Android", for the worker's list of devices. */
  label: v.optional(v.pipe(v.string(), v.maxLength(DEVICE_LABEL_LENGTH_MAX))),
  /** The last sequence number of the feed that is stored here, with the server's chain hash at it. */
  number: sequenceSchema,
  chain: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** The history that number belongs to; a restored server has another one. */
  history: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** Hash of the scope that the stored records were sent under. */
  scopeHash: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  policyVersion: sequenceSchema,
  /** What waits in the outbox: an admin is told which change of rights would refuse it (P28). The first of them. */
  unsent: v.strictObject({
    total: sequenceSchema,
    edits: v.pipe(v.array(unsentEditSchema), v.maxLength(UNSENT_TOLD_MAX)),
  }),
  /** Refused edits that are open on the device, by their ids in the server's quarantine: `settled` answers. */
  quarantined: v.pipe(v.array(recordIdSchema), v.maxLength(QUARANTINED_TOLD_MAX)),
})
export type Hello = v.InferOutput<typeof helloSchema>
