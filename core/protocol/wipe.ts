/**
 * The end of a drain (L16). `wipe`, server to device: everything you told of is answered; delete this worker's data as
 * soon as nothing waits. `wiped`, device to server: it is deleted.
 */
import * as v from 'valibot'
import { recordIdSchema } from './common.ts'

export const wipeSchema = v.strictObject({
  /** Whom it is meant for: nothing is deleted by a message that went astray. */
  device: recordIdSchema,
})
export type Wipe = v.InferOutput<typeof wipeSchema>

export const wipedSchema = v.strictObject({})
