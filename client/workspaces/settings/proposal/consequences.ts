/** Whom a change would touch, as the server tells it: of a draft, of a file, of an undo (P28). */
import * as v from 'valibot'

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const consequencesSchema = v.object({
  workers: v.array(
    v.object({
      workerId: v.string(),
      name: v.string(),
      gains: v.array(v.string()),
      loses: v.array(v.string()),
      matches: v.nullable(v.picklist(['opened', 'closed'])),
      accounts: v.object({ gained: count, lost: count }),
    }),
  ),
  devices: v.array(v.object({ deviceId: v.string(), name: v.string(), refused: count })),
})
export type Consequences = v.InferOutput<typeof consequencesSchema>
