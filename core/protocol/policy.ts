/** Server to device: your rights changed. Screens follow without a reload. */
import * as v from 'valibot'
import { sequenceSchema } from './common.ts'

export const policySchema = v.strictObject({
  policyVersion: sequenceSchema,
  scopeHash: v.string(),
  principals: v.array(v.unknown()),
})
export type Policy = v.InferOutput<typeof policySchema>
