/** Field keys: `phone`, one entry of a set or map `repCodes/275`, a text root `text:notes`. */
import type { FieldSpec, KindSpec } from '../records/kind-spec.ts'

const textPrefix = 'text:'

export interface KnownField {
  readonly name: string
  readonly spec: FieldSpec
}

/**
 * The declared field that a key belongs to; null for a key that no field of the kind could have. The whole of a set,
 * map or text may be named without its entry or prefix, as screens do.
 */
export function fieldOfKey(kind: KindSpec, key: string): KnownField | null {
  const plain = Object.hasOwn(kind.fields, key) ? kind.fields[key] : undefined
  if (plain !== undefined) return { name: key, spec: plain }
  const isText = key.startsWith(textPrefix)
  const path = isText ? key.slice(textPrefix.length) : key
  const slash = path.indexOf('/')
  const name = slash === -1 ? path : path.slice(0, slash)
  const spec = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined
  if (spec === undefined) return null
  const { type } = spec.type
  if (isText) return type === 'text' && slash === -1 ? { name, spec } : null
  return (type === 'set' || type === 'map') && slash !== -1 && slash < path.length - 1 ? { name, spec } : null
}
