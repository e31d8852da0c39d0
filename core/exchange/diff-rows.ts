/**
 * What a file would change: for each row the writes that turn the record it is about into what it says, in an order in
 * which every record that a row names is there before it.
 *
 * A column that is absent changes nothing, one that is there and empty clears (R-g). A cell that says what an export
 * of the record would say changes nothing, so that an export imported again is no change (B10).
 */
import { type Catalogue, isFeatureEntryId } from '../catalogue/features.ts'
import type { Write } from '../documents/author-change.ts'
import { type RowValues, writesFor } from '../documents/writes-for.ts'
import { foldValue } from '../records/fold.ts'
import { recordIdPattern, type Row } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import type { Column } from './column.ts'
import { columnMaps } from './columns/all.ts'
import type { ExchangeKind } from './kinds.ts'
import { orderByReference } from './order-by-reference.ts'
import type { ImportFault, ParsedFile, ParsedRow } from './parse-csv.ts'
import type { CellValue } from './read-cell.ts'
import { ROWS_A_STEP, type Steps } from './steps.ts'
import { partOf, writeCell } from './write-cell.ts'

export interface DiffContext {
  readonly catalogue: Catalogue
  /** The records that rows are about (`matchRows`); the others are made. */
  readonly existing: ReadonlyMap<ParsedRow, Row>
  /** The record that a key, or an id, names; null for none. Rows of the file itself need not be known to it. */
  readonly idOf: (kind: ExchangeKind, name: string) => string | null
  readonly newId: () => string
  /** Whether rights may be taken away (R-g). */
  readonly allowRemovals: boolean
}

export interface RecordEdit {
  readonly row: number
  readonly id: string
  readonly creates: boolean
  /** None where only a password is set. */
  readonly writes: readonly Write[]
  /** The record as it is; null for one that is made. */
  readonly old: Row | null
  /** The fields that the row decides, as they would be. */
  readonly next: RowValues
  /** To be set, in plain text; null for none. */
  readonly password: string | null
}

export interface Difference {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Additions and changes, references first. */
  readonly edits: readonly RecordEdit[]
  readonly errors: readonly ImportFault[]
}

export function* diffSteps(file: ParsedFile, context: DiffContext): Steps<Difference> {
  const ids = new Map(file.rows.map((row) => [row, idFor(file.kind, row, context)]))
  const idByKey = new Map(file.rows.map((row) => [row.foldedKey, ids.get(row) ?? null]))
  const idOf = (kind: ExchangeKind, name: string): string | null =>
    (kind === file.kind ? idByKey.get(foldValue(name)) : undefined) ?? context.idOf(kind, name)

  const ordered = orderByReference(file, idByKey)
  const errors: ImportFault[] = [...ordered.errors]
  const edits: RecordEdit[] = []
  let unchanged = 0
  for (const [index, row] of ordered.rows.entries()) {
    if (index % ROWS_A_STEP === 0) yield
    const old = context.existing.get(row) ?? null
    const result = fieldsOf(file.kind, row, old, { ...context, idOf })
    errors.push(...result.errors)
    const writes = writesFor(kindSpecs[file.kind], old, result.fields)
    const creates = old === null
    const { password } = row
    if (creates || writes.length > 0 || password !== null) {
      const id = ids.get(row) ?? ''
      edits.push({ row: row.row, id, creates, writes, old, next: result.fields, password })
    } else unchanged += 1
  }
  const added = edits.filter(({ creates }) => creates).length
  errors.sort((one, other) => one.row - other.row)
  return { added, changed: edits.length - added, unchanged, edits, errors }
}

/** A group's code is its id, where it can be one; every other new record gets a random one (L6). */
function idFor(kind: ExchangeKind, row: ParsedRow, { existing, newId }: DiffContext): string {
  const known = existing.get(row)
  if (known !== undefined) return known.id
  return kind === 'group' && recordIdPattern.test(row.key) ? row.key : newId()
}

interface Fields {
  readonly fields: Record<string, unknown>
  readonly errors: readonly ImportFault[]
}

function fieldsOf(kind: ExchangeKind, row: ParsedRow, old: Row | null, context: DiffContext): Fields {
  const { key } = columnMaps[kind]
  const fields: Record<string, unknown> = {}
  const errors: ImportFault[] = []
  for (const { column, text, value } of row.cells) {
    if (column.name === key) {
      if (old === null) fields[column.field] = row.key
    } else if (!saysTheSame(column, text, old, context.catalogue)) {
      const message = setField(fields, column, value, old, context)
      if (message !== null) errors.push({ row: row.row, column: column.name, message })
    }
  }
  return { fields, errors }
}

/** References are compared by the records they name: one may be written in several ways. */
function saysTheSame(column: Column, text: string, old: Row | null, catalogue: Catalogue): boolean {
  const { type } = column.type
  if (old === null || type === 'reference' || type === 'references' || type === 'memberships') return false
  return text === writeCell(column, old, (_, id) => id, catalogue)
}

/** Answers with what is wrong, or null. */
function setField(
  fields: Record<string, unknown>,
  column: Column,
  read: CellValue,
  old: Row | null,
  { catalogue, idOf, allowRemovals }: DiffContext,
): string | null {
  const { type, field, name } = column
  if (read.type === 'value') {
    if (type.type === 'states') {
      fields[field] = { ...forgottenStates(old?.[field], catalogue), ...(read.value as object) }
      return null
    }
    if (type.type !== 'features') {
      fields[field] = read.value
      return null
    }
    const before = strings(old?.[field])
    const mine = partOf(before, type.part, catalogue)
    const next = read.value as readonly string[]
    const gone = mine.filter((id) => !next.includes(id))
    if (field === 'rights' && gone.length > 0 && !allowRemovals) {
      return `${name} would take away ${gone.join(', ')}; removals must be allowed for that.`
    }
    const others = strings(fields[field] ?? before).filter((id) => !mine.includes(id))
    fields[field] = [...others, ...next]
    return null
  }
  if (read.type !== 'names') return null
  const found: string[] = []
  for (const one of read.names) {
    const of = 'kind' in type ? type.kind : 'group'
    const id = idOf(of, one)
    if (id === null) return `${name} names ${one}, which is no ${kindSpecs[of].label.toLowerCase()} here.`
    found.push(id)
  }
  if (type.type === 'reference') fields[field] = found[0] ?? null
  else if (type.type === 'references') fields[field] = found
  else
    fields[field] = found.map((id, index) => ({ id, ...(read.ends?.[index] ?? { from: null, until: null }) }))
  return null
}

/** What a group says of rights that nobody knows any more is in no file, and stays. */
function forgottenStates(value: unknown, catalogue: Catalogue): object {
  const states = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(states.filter(([feature]) => !isFeatureEntryId(catalogue, feature)))
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}
