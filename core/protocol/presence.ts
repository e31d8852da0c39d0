/**
 * Presence: who else is here, and where. What a client may say about itself, and what the server makes of it (L13).
 *
 * `worker` and the name in `user` are the server's; a client's own claims about them are dropped. `cursor` is what
 * editor bindings for Yjs put there: two relative positions.
 */
import * as v from 'valibot'
import { KEY_LENGTH_MAX } from './limits.ts'

const idSchema = v.strictObject({
  client: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  clock: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
const positionSchema = v.object({
  type: v.nullish(idSchema),
  tname: v.nullish(v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX))),
  item: v.nullish(idSchema),
  assoc: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(1))),
})

/** The parts that are kept of what a client says; each part that does not fit is left out, never punished (GATE 21). */
export const presenceParts = {
  /** Field key that has the focus. */
  field: v.pipe(v.string(), v.maxLength(KEY_LENGTH_MAX)),
  cursor: v.object({ anchor: v.nullable(positionSchema), head: v.nullable(positionSchema) }),
} as const

export const presenceColour = v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{3,8}$/))

export interface Presence {
  readonly worker: { readonly id: string; readonly name: string }
  /** Where stock editor bindings look for a name. */
  readonly user: { readonly id: string; readonly name: string; readonly color?: string }
  readonly field?: string
  readonly cursor?: v.InferOutput<typeof presenceParts.cursor>
}
