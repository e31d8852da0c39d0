/** Server to device: your rights changed. Screens follow without a reload. */
import * as v from 'valibot'
import { changersSchema } from '../access/changers.ts'
import { sequenceSchema } from './common.ts'

export const policySchema = v.strictObject({
  policyVersion: sequenceSchema,
  scopeHash: v.string(),
  principals: v.array(v.unknown()),
  changers: changersSchema,
})
export type Policy = v.InferOutput<typeof policySchema>
