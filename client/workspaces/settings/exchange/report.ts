/** The server's answer to an import, as the screen reads it. */
import * as v from 'valibot'
import { consequencesSchema, count } from '../proposal/consequences.ts'

const cell = v.object({ column: v.string(), old: v.string(), new: v.string(), removes: v.boolean() })

const changedRow = v.object({
  row: count,
  record: v.nullable(v.object({ id: v.string(), title: v.string() })),
  kind: v.picklist(['add', 'change']),
  cells: v.array(cell),
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
  consequences: v.optional(consequencesSchema),
  /** What undoes it, where it was applied. */
  changeSet: v.optional(v.string()),
})

export type Report = v.InferOutput<typeof reportSchema>
export type ChangedRow = Report['changes'][number]
export type ChangedCell = ChangedRow['cells'][number]
