/** The server's answer to an import, as the screen reads it. */
import * as v from 'valibot'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const cell = v.object({ column: v.string(), old: v.string(), new: v.string(), removes: v.boolean() })

const changedRow = v.object({
  row: count,
  record: v.nullable(v.object({ id: v.string(), title: v.string() })),
  kind: v.picklist(['add', 'change']),
  cells: v.array(cell),
})

const consequences = v.object({
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

export const reportSchema = v.object({
  rows: count,
  added: count,
  changed: count,
  unchanged: count,
  errors: v.array(v.object({ row: count, column: v.nullable(v.string()), message: v.string() })),
  changes: v.optional(v.array(changedRow), []),
  cells: v.optional(count, 0),
  removals: v.optional(count, 0),
  /** All of the errors, of which the first are told. */
  wrong: v.optional(count, 0),
  consequences: v.optional(consequences),
  /** What undoes it, where it was applied. */
  changeSet: v.optional(v.string()),
})

export type Report = v.InferOutput<typeof reportSchema>
export type ChangedRow = Report['changes'][number]
export type ChangedCell = ChangedRow['cells'][number]
export type ToldConsequences = NonNullable<Report['consequences']>
