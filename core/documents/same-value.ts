/** Whether two values of a field are the same: by content, whatever the order of an object's names. */
import type { FieldValue } from '../records/kind-spec.ts'

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && Object.is(a[name], b[name]))
}
