/**
 * Server to device: somebody has reviewed these refused edits of yours (D21). After the welcome those that hello named,
 * later each as it happens. Told again it changes nothing.
 */
import * as v from 'valibot'
import { instantSchema, recordIdSchema } from './common.ts'
import { DECLINE_WORD_MAX, QUARANTINED_TOLD_MAX } from './limits.ts'

const reviewedSchema = v.strictObject({
  /** Its id in the server's quarantine. */
  quarantine: recordIdSchema,
  how: v.picklist(['accepted', 'declined']),
  /** Worker id. */
  by: recordIdSchema,
  at: instantSchema,
  /** Why it was declined. */
  word: v.nullable(v.pipe(v.string(), v.maxLength(DECLINE_WORD_MAX))),
})
export type Reviewed = v.InferOutput<typeof reviewedSchema>

export const settledSchema = v.strictObject({
  reviewed: v.pipe(v.array(reviewedSchema), v.maxLength(QUARANTINED_TOLD_MAX)),
})
export type Settled = v.InferOutput<typeof settledSchema>
