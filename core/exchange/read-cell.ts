/** One cell of a file as a value of its field; or what is wrong with it, as a sentence. */
import type { Catalogue } from '../catalogue/features.ts'
import type { FieldSpec } from '../records/kind-spec.ts'
import { validateValue } from '../records/validate.ts'
import { type Column, type FeaturePart, foldChoice } from './column.ts'
import { readList } from './lists.ts'

export type CellValue =
  | { readonly type: 'value'; readonly value: unknown }
  /** Names of other records, to be looked up; none for an empty cell. `ends` are their validities, if they have any. */
  | { readonly type: 'names'; readonly names: readonly string[]; readonly ends?: readonly Ends[] }
  /** A required field with a default: nothing said. */
  | { readonly type: 'nothing' }
  | { readonly type: 'fault'; readonly message: string }

export interface Ends {
  readonly from: string | null
  readonly until: string | null
}

export function readCell(column: Column, field: FieldSpec, cell: string, catalogue: Catalogue): CellValue {
  if (cell.trim() === '' && field.required && field.default !== undefined) return { type: 'nothing' }
  const { type } = column
  switch (type.type) {
    case 'text':
      return checked(field, cell === '' ? null : cell, catalogue)
    case 'id':
      return checked(field, cell.trim().normalize('NFC') || null, catalogue)
    case 'switch':
      return switchOf(field, cell)
    case 'number':
      return numberOf(field, cell, catalogue)
    case 'instant':
      return instantOf(field, cell, catalogue)
    case 'choice':
      return choiceOf(field, cell, catalogue)
    case 'list':
      return checked(field, readList(cell, type.commas), catalogue)
    case 'features':
      return featuresOf(column.name, readList(cell), type.part, catalogue)
    case 'states':
      return statesOf(field, cell, catalogue)
    case 'memberships':
      return membershipsOf(field, cell)
    case 'reference':
      return { type: 'names', names: cell.trim() === '' ? [] : [cell.trim()] }
    case 'references':
      return { type: 'names', names: readList(cell) }
    case 'mode':
      return modeOf(column.name, cell)
  }
}

function fault(message: string): CellValue {
  return { type: 'fault', message }
}

function checked(field: FieldSpec, value: unknown, catalogue: Catalogue): CellValue {
  const check = validateValue(field, value, catalogue)
  return check.ok ? { type: 'value', value } : fault(check.message)
}

const yes: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on'])
const no: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off'])

/** Null for a word that is neither. */
export function switchWord(cell: string): boolean | null {
  const word = cell.trim().toLowerCase()
  return yes.has(word) ? true : no.has(word) ? false : null
}

function switchOf(field: FieldSpec, cell: string): CellValue {
  const value = switchWord(cell)
  if (value !== null) return { type: 'value', value }
  return cell.trim() === '' ? { type: 'value', value: null } : fault(`${field.label} must be 1 or 0.`)
}

function numberOf(field: FieldSpec, cell: string, catalogue: Catalogue): CellValue {
  const text = cell.trim()
  if (text === '') return checked(field, null, catalogue)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return fault(`${field.label} must be a number.`)
  return checked(field, Number(text), catalogue)
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/** Null when it is none. A time without a zone is UTC. */
function isoInstant(text: string): string | null {
  const match = instantPattern.exec(text)
  if (match === null) return null
  const [, day, time = '00:00', zone = 'Z'] = match
  const ms = Date.parse(`${day}T${time}${zone}`)
  // The 30th of February would be read as a day of March.
  const exists = new Date(Date.parse(`${day}T00:00Z`)).toISOString().startsWith(day ?? '-')
  return Number.isNaN(ms) || !exists ? null : new Date(ms).toISOString()
}

function instantOf(field: FieldSpec, cell: string, catalogue: Catalogue): CellValue {
  const text = cell.trim()
  return checked(field, text === '' ? null : (isoInstant(text) ?? text), catalogue)
}

function choiceOf(field: FieldSpec, cell: string, catalogue: Catalogue): CellValue {
  const text = cell.trim()
  if (text === '' || field.type.type !== 'enum') return checked(field, text || null, catalogue)
  const { values, labels } = field.type
  const folded = foldChoice(text)
  const known = values.find(
    (value) => foldChoice(value) === folded || foldChoice(labels?.[value] ?? '') === folded,
  )
  return checked(field, known ?? text, catalogue)
}

/** Ids are exact: case and all. */
function featuresOf(
  column: string,
  ids: readonly string[],
  part: FeaturePart,
  catalogue: Catalogue,
): CellValue {
  for (const id of ids) {
    const feature = catalogue.featureById.get(id)
    if (feature === undefined) return fault(`${column} names ${shown(id)}, which is no right or feature.`)
    if (!part.holds(feature)) return fault(`${column} names ${shown(id)}, which ${part.otherwise}.`)
  }
  return { type: 'value', value: ids }
}

function statesOf(field: FieldSpec, cell: string, catalogue: Catalogue): CellValue {
  const entries: [string, string][] = []
  for (const entry of readList(cell)) {
    const at = entry.lastIndexOf('=')
    if (at < 1) return fault(`${field.label} must say ${shown(entry)}=allow or ${shown(entry)}=deny.`)
    entries.push([entry.slice(0, at).trim(), entry.slice(at + 1).trim()])
  }
  return checked(field, Object.fromEntries(entries), catalogue)
}

function membershipsOf(field: FieldSpec, cell: string): CellValue {
  const names: string[] = []
  const ends: Ends[] = []
  for (const entry of readList(cell)) {
    const match = /^(.*)@([^@]*?)\.\.([^@]*)$/.exec(entry)
    const [, name = entry, from = '', until = ''] = match ?? []
    const held = { from: isoInstant(from.trim()), until: isoInstant(until.trim()) }
    if ((from.trim() !== '' && held.from === null) || (until.trim() !== '' && held.until === null)) {
      return fault(`${field.label} says ${shown(entry)}, which is not <group>@<from>..<until>.`)
    }
    names.push(name.trim())
    ends.push(held)
  }
  return { type: 'names', names, ends }
}

/** `add` and `change` are what a row does anyway, by what is there. */
function modeOf(column: string, cell: string): CellValue {
  const word = cell.trim().toLowerCase()
  if (['', 'set', 'add', 'change'].includes(word)) return { type: 'value', value: 'set' }
  if (word === 'remove') return { type: 'value', value: 'remove' }
  return fault(`${column} must be set or remove, or empty for set.`)
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
