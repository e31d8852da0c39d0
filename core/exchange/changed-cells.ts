/** What an import would do, cell by cell, as a file would say it before and after (R-g). */
import type { Catalogue } from '../catalogue/features.ts'
import type { Write } from '../documents/author-change.ts'
import { fieldKey, splitFieldKey } from '../documents/field-key.ts'
import type { Row } from '../records/kind-spec.ts'
import type { Column } from './column.ts'
import { columnsOf } from './columns-of.ts'
import { fileMaps } from './columns/all.ts'
import type { RecordEdit } from './diff-rows.ts'
import { type FileKind, recordKindOf } from './kinds.ts'
import { memberships, type NameOf, writeCell } from './write-cell.ts'

export interface ChangedCell {
  readonly column: string
  readonly old: string
  readonly new: string
  /** Whether it takes away a right, a membership, or what a group allows. */
  readonly removes: boolean
}

export interface Touched {
  readonly cells: number
  /** Rights, memberships and allowed features that are taken away, one by one. */
  readonly removals: number
}

/** Stands for a password, which is shown to nobody. */
const hiddenPassword = '••••••••'

/** How many, without a word of what they say: for a file of any size. */
export function touchedBy(file: FileKind, edit: RecordEdit, catalogue: Catalogue): Touched {
  const columns = edit.creates ? columnsMade(file, edit, catalogue) : columnsWritten(file, edit, catalogue)
  return {
    cells: columns.length + (edit.password === null ? 0 : 1),
    removals: edit.writes.filter((write) => takesAway(write, edit.old)).length,
  }
}

export function changedCells(
  file: FileKind,
  edit: RecordEdit,
  nameOf: NameOf,
  catalogue: Catalogue,
): readonly ChangedCell[] {
  const { login } = fileMaps[file]
  const cells = (edit.creates ? columnsMade : columnsWritten)(file, edit, catalogue).map(
    (column): ChangedCell => ({
      column: column.name,
      old: textOf(file, column, edit, edit.old, nameOf, catalogue),
      new: textOf(file, column, edit, rowAfter(file, edit), nameOf, catalogue),
      removes: edit.writes.some(
        (write) => takesAway(write, edit.old) && columnsOf(file, write.field, catalogue)[0] === column,
      ),
    }),
  )
  if (edit.password === null || login === undefined) return cells
  return [...cells, { column: login.password, old: '', new: hiddenPassword, removes: false }]
}

/** The record as it would be, as far as the file says. */
export function rowAfter(file: FileKind, { id, old, next }: RecordEdit): Row {
  return { ...(old ?? { id, kind: recordKindOf(file), seq: 0 }), ...next }
}

/** Of a record that is made: what the file says of it. */
function columnsMade(file: FileKind, edit: RecordEdit, catalogue: Catalogue): readonly Column[] {
  const row = rowAfter(file, edit)
  return fileMaps[file].columns.filter(
    (column) =>
      Object.hasOwn(edit.next, column.field) && writeCell(column, row, (_, id) => id, catalogue) !== '',
  )
}

function columnsWritten(file: FileKind, edit: RecordEdit, catalogue: Catalogue): readonly Column[] {
  if (file === 'membership') return membershipColumns(edit)
  const written = new Set(edit.writes.flatMap(({ field }) => columnsOf(file, field, catalogue)[0] ?? []))
  return fileMaps[file].columns.filter((column) => written.has(column))
}

/** A membership that comes or goes is its group; one that stays is the end that moves. */
function membershipColumns({ writes: [write], old, next }: RecordEdit): readonly Column[] {
  const of = (value: unknown) =>
    memberships(value).find(({ id }) => fieldKey('groups', id) === write?.field) ?? null
  const [before, now] = [of(old?.groups), of(next.groups)]
  return fileMaps.membership.columns.filter(({ name }) => {
    if (name === 'group') return before === null || now === null
    if (name === 'valid_from') return now !== null && (before?.from ?? null) !== now.from
    return name === 'valid_until' && now !== null && (before?.until ?? null) !== now.until
  })
}

function textOf(
  file: FileKind,
  column: Column,
  { writes: [write] }: RecordEdit,
  row: Row | null,
  nameOf: NameOf,
  catalogue: Catalogue,
): string {
  if (row === null) return ''
  if (file !== 'membership') return writeCell(column, row, nameOf, catalogue)
  const held = memberships(row.groups).find(({ id }) => fieldKey('groups', id) === write?.field)
  if (held === undefined) return ''
  if (column.name === 'group') return nameOf('group', held.id)
  return (column.name === 'valid_from' ? held.from : held.until) ?? ''
}

function takesAway({ field: key, value }: Write, old: Row | null): boolean {
  const { field, entry } = splitFieldKey(key)
  if (entry === null || old === null) return false
  switch (field) {
    case 'rights':
      return value === null
    case 'groups':
      return value === null
    case 'reductions':
      return value === true
    case 'features': {
      const before = (old.features as Readonly<Record<string, unknown>> | undefined)?.[entry]
      return (before === 'allow' && value !== 'allow') || value === 'deny'
    }
    default:
      return false
  }
}
