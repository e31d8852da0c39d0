/**
 * After a restore (L20). `found`, device to server: this device held something that the server has lost and that nobody
 * here wrote. One record; beside it, as its one blob, what the device's document had and the server's has not, for
 * whoever looks closer. `taken`, server to device: it may be forgotten. Whether it was kept is not said (S9).
 */
import * as v from 'valibot'
import { editIdSchema, fieldValueSchema, recordRefSchema } from './common.ts'
import { FOUND_CHANGES_MAX, KEY_LENGTH_MAX } from './limits.ts'

export const foundSchema = v.strictObject({
  /** Made by the device, for the answer. */
  find: editIdSchema,
  /** The history that the device had come from. */
  history: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  record: recordRefSchema,
  /** What the fields said there, where the server says something else. */
  values: v.pipe(
    v.array(
      v.strictObject({ field: v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX)), value: fieldValueSchema }),
    ),
    v.minLength(1),
    v.maxLength(FOUND_CHANGES_MAX),
  ),
})
export type Found = v.InferOutput<typeof foundSchema>

export const takenSchema = v.strictObject({
  find: editIdSchema,
  /** Null: done with. A number: too much at once, come again after so many milliseconds. */
  afterMs: v.nullable(v.number()),
})
export type Taken = v.InferOutput<typeof takenSchema>
