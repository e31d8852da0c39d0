/**
 * A valibot schema as plain JSON that says what it accepts: its types, entries, limits, patterns and choices, in an
 * order that does not depend on how it was written. Messages of errors are no part of it.
 */
import type * as v from 'valibot'

/** The parts of schemas and of pipe actions that decide what is accepted. Functions cannot be compared and are not. */
const parts = [
  'entries',
  'rest',
  'item',
  'items',
  'wrapped',
  'options',
  'literal',
  'key',
  'value',
  'requirement',
  'pipe',
]

export type Shape = null | boolean | number | string | Shape[] | { [part: string]: Shape }

export function shapeOf(schema: v.GenericSchema): Shape {
  return shape(schema)
}

function shape(value: unknown): Shape {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value
  if (value instanceof RegExp) return String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'function'
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return value.map(shape)
  return isPartOfSchema(value) ? ofSchema(value) : ofEntries(value)
}

function ofSchema(schema: Record<string, unknown>): Shape {
  const present = parts.filter((part) => schema[part] !== undefined)
  // The first of a pipe is the schema itself again, without its pipe.
  if (Array.isArray(schema['pipe'])) return { pipe: schema['pipe'].map(shape) }
  return Object.fromEntries([
    ['type', String(schema['type'])],
    ...present.map((part) => [part, shape(schema[part])]),
  ])
}

function ofEntries(entries: object): Shape {
  return Object.fromEntries(
    Object.entries(entries)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, shape(value)]),
  )
}

function isPartOfSchema(value: object): value is Record<string, unknown> {
  return 'kind' in value && 'type' in value && typeof value.type === 'string'
}
