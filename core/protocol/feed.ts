/**
 * Server to device: a page of records that arrived or changed. Rows come ready made; the states of the records travel
 * beside them as blobs, in the same order (a record without a document has an empty one).
 */
import * as v from 'valibot'
import { rowSchema, sequenceSchema } from './common.ts'

export const feedSchema = v.strictObject({
  records: v.array(
    v.strictObject({
      row: rowSchema,
      /** The keys that the device indexes this record under: scope keys and `account:<id>`. */
      keys: v.array(v.string()),
      /** `state`: the blob is the whole document. `update`: it is one update to what the device has. */
      bytes: v.picklist(['state', 'update']),
    }),
  ),
  /** When stored, the device has everything up to here; null inside a page run that is not complete yet. */
  upTo: v.nullable(v.strictObject({ number: sequenceSchema, chain: v.string() })),
  /** Number of this page on this connection, answered by `received`. */
  page: sequenceSchema,
})
export type Feed = v.InferOutput<typeof feedSchema>
