/** Server to device: the durable answer to one push. The same edit id always gets the same verdict (D2). */
import * as v from 'valibot'
import { editIdSchema, instantSchema, reasonSchema, recordRefSchema, sequenceSchema } from './common.ts'

export const verdictSchema = v.variant('outcome', [
  v.strictObject({
    outcome: v.literal('merged'),
    edit: editIdSchema,
    record: recordRefSchema,
    /** The commit's number; 0 for an update that touched no field and is stored nowhere. */
    seq: sequenceSchema,
  }),
  v.strictObject({
    outcome: v.literal('refused'),
    edit: editIdSchema,
    record: recordRefSchema,
    seq: sequenceSchema,
    reasons: v.array(reasonSchema),
    sentence: v.string(),
    at: instantSchema,
    /** Clocks of the lease that the filler took on this record; null when there is no filler. */
    filler: v.nullable(v.strictObject({ client: v.number(), clock: v.number(), length: v.number() })),
    /** The entry's id in the server's quarantine. */
    quarantine: v.nullable(v.string()),
  }),
  v.strictObject({
    /** Not judged: try again later (over quota or rate). The entry stays in the outbox. */
    outcome: v.literal('later'),
    edit: editIdSchema,
    afterMs: v.number(),
  }),
  v.strictObject({
    /** The lease is burnt: take the new one, rebuild, write the unsent edits anew (GATE 13). */
    outcome: v.literal('rewrite'),
    edit: editIdSchema,
    lease: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
])
export type VerdictMessage = v.InferOutput<typeof verdictSchema>
