/** A reason as JSON: one shape for the wire, the device's store and the server's quarantine. */
import * as v from 'valibot'

const text = v.pipe(v.string(), v.maxLength(500))

/** Everything but the code: who knows all codes says so (`principalJson`), who may meet newer ones does not. */
export const reasonEntries = {
  rule: v.pipe(v.string(), v.maxLength(16)),
  feature: v.optional(text),
  groups: v.optional(v.array(v.strictObject({ id: text, name: v.string() }))),
  field: v.optional(text),
  detail: v.optional(v.string()),
  /** A key that this reader does not know yet shows the detail alone. */
  detailKey: v.optional(text),
  by: v.optional(v.string()),
  has: v.optional(v.array(v.string())),
  changedBy: v.optional(v.nullable(text)),
}
