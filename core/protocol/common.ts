/** Pieces that several messages share. */
import * as v from 'valibot'
import { reasonEntries } from '../access/reason-json.ts'
import { kinds, recordIdPattern } from '../records/kind-spec.ts'
import { KEY_LENGTH_MAX } from './limits.ts'

export const recordIdSchema = v.pipe(v.string(), v.regex(recordIdPattern))
export const kindSchema = v.picklist(kinds)
export const sequenceSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const instantSchema = v.pipe(v.number(), v.safeInteger())

/** An edit's id: random, made by the device, scoped to it (GATE 11). */
export const editIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/))

/** What was saved as one: a random UUID, made by whoever saved (D26). */
export const changeSetSchema = v.pipe(v.string(), v.uuid())

export const recordRefSchema = v.strictObject({ kind: kindSchema, id: recordIdSchema })
export type RecordRef = v.InferOutput<typeof recordRefSchema>

const scalarSchema = v.union([v.string(), v.number(), v.boolean(), v.null()])
export const fieldValueSchema = v.union([scalarSchema, v.record(v.string(), scalarSchema)])

export const changeSchema = v.strictObject({
  field: v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX)),
  old: fieldValueSchema,
  new: fieldValueSchema,
})

/** A reason as it travels; its codes are known to the reader or shown by their rule. */
export const reasonSchema = v.object({ code: v.string(), ...reasonEntries })

/** A row, ready made: the reader shows it without decoding a document. */
export const rowSchema = v.looseObject({ id: recordIdSchema, kind: kindSchema, seq: sequenceSchema })
