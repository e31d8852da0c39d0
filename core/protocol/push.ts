/** Device to server: one outbox entry. The update is the message's one blob. */
import * as v from 'valibot'
import { changeSchema, changeSetSchema, editIdSchema, instantSchema, recordRefSchema } from './common.ts'

export const pushSchema = v.strictObject({
  edit: editIdSchema,
  record: recordRefSchema,
  /** True for the update that makes the record. */
  creates: v.boolean(),
  /** What the author claims to have changed: shown in quarantine, never believed (GATE 15). */
  changes: v.pipe(v.array(changeSchema), v.maxLength(2_000)),
  /** When it was written, by the device's clock. */
  writtenAt: instantSchema,
  /** The policy version that the device knew then. */
  policyVersion: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** The last refusal on this record that the device has seen: its verdict's edit id (GATE 14). */
  lastRefusal: v.nullable(editIdSchema),
  /** The edit that this one replaces, when written anew (GATE 15). */
  replaces: v.nullable(editIdSchema),
  /** What it was saved together with (D26); absent where it was saved alone. */
  changeSet: v.optional(changeSetSchema),
})
export type Push = v.InferOutput<typeof pushSchema>
