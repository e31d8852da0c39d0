/** Server to device, the answer to hello: your device, your lease, your rights, and what comes next. */
import * as v from 'valibot'
import { changersSchema } from '../access/changers.ts'
import { instantSchema, recordIdSchema, sequenceSchema } from './common.ts'

export const welcomeSchema = v.strictObject({
  /** The secret is present only when the device is new. */
  device: v.strictObject({ id: recordIdSchema, secret: v.nullable(v.string()) }),
  /** The Yjs clientID lent to this device. A new one means: rebuild every record that has unsent edits. */
  lease: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  history: v.string(),
  scopeHash: v.string(),
  /** `continue`: the feed goes on from your number. `rebuild`: forget the records (never the outbox), start from 0. */
  resume: v.picklist(['continue', 'rebuild']),
  /** How many records the feed is about to bring, for progress; and how many departures. */
  arrivals: sequenceSchema,
  departures: sequenceSchema,
  /** The timeline of principals, as `principalToJson` writes it. */
  principals: v.array(v.unknown()),
  /** Who may change what a denial names: "Ada Byrne can change this". */
  changers: changersSchema,
  serverTime: instantSchema,
})
export type Welcome = v.InferOutput<typeof welcomeSchema>
