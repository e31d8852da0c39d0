/**
 * Server to device: somebody who did not know your value wrote the same field later, and theirs stands (B9). After the
 * welcome those of late, afterwards each as it happens. Told again it changes nothing.
 */
import * as v from 'valibot'
import { fieldValueSchema, instantSchema, recordIdSchema, recordRefSchema } from './common.ts'
import { CONFLICTS_TOLD_MAX, KEY_LENGTH_MAX } from './limits.ts'

const conflictSchema = v.strictObject({
  id: recordIdSchema,
  record: recordRefSchema,
  field: v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX)),
  mine: fieldValueSchema,
  theirs: fieldValueSchema,
  mineAt: instantSchema,
  /** Worker id. */
  by: recordIdSchema,
  at: instantSchema,
})
export type ConflictTold = v.InferOutput<typeof conflictSchema>

export const conflictsSchema = v.strictObject({
  conflicts: v.pipe(v.array(conflictSchema), v.maxLength(CONFLICTS_TOLD_MAX)),
})
export type Conflicts = v.InferOutput<typeof conflictsSchema>
