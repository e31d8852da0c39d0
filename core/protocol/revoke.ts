/** Server to device: these records leave you. Unsent edits of them go to quarantine first, then bytes, row and search words. */
import * as v from 'valibot'
import { recordRefSchema, sequenceSchema } from './common.ts'

export const revokeSchema = v.strictObject({
  records: v.array(recordRefSchema),
  /** Answered by `received`, like a feed page. */
  page: sequenceSchema,
})
export type Revoke = v.InferOutput<typeof revokeSchema>
