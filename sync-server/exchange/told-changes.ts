/** What an import would change, by row and column, in the words and within the sight of whoever asks (GATE 34). */
import type { Catalogue } from '../../core/catalogue/features.ts'
import { type ChangedCell, changedCells, rowAfter, touchedBy } from '../../core/exchange/changed-cells.ts'
import type { Difference, RecordEdit } from '../../core/exchange/diff-rows.ts'
import { keyOf } from '../../core/exchange/export-csv.ts'
import { type FileKind, recordKindOf } from '../../core/exchange/kinds.ts'
import { ROWS_A_STEP } from '../../core/exchange/steps.ts'
import type { NameOf } from '../../core/exchange/write-cell.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Storage } from '../storage/storage.ts'
import { nextTurn } from './in-turns.ts'
import { namesFor, type Reader } from './names.ts'

export interface ChangedRow {
  readonly row: number
  /** Null for one that is made. */
  readonly record: { readonly id: string; readonly title: string } | null
  readonly kind: 'add' | 'change'
  readonly cells: readonly ChangedCell[]
}

export interface ToldChanges {
  /** In the file's order; the first of them only, where there are very many. */
  readonly changes: readonly ChangedRow[]
  /** Of all rows. */
  readonly cells: number
  /** Of all rows: rights, memberships and allowed features that are taken away. */
  readonly removals: number
  /** All errors, of which `errors` then has the first. */
  readonly wrong: number
}

/** Rows that are told cell by cell: more than anybody reads before applying. The counts are of all. */
export const CHANGES_TOLD_MAX = 500

/** Errors that are told beside changes: a screen shows a hundred, and 50,000 would keep a phone busy for a second. */
export const ERRORS_TOLD_MAX = 500

/** Longest text of a cell that is told, in UTF-16 code units. */
const CELL_TOLD_MAX = 300

export async function toldChanges(
  { storage, catalogue }: { readonly storage: Storage; readonly catalogue: Catalogue },
  reader: Reader,
  file: FileKind,
  { edits }: Difference,
): Promise<Omit<ToldChanges, 'wrong'>> {
  let cells = 0
  let removals = 0
  for (const [index, edit] of edits.entries()) {
    if (index % ROWS_A_STEP === 0) await nextTurn()
    const touched = touchedBy(file, edit, catalogue)
    cells += touched.cells
    removals += touched.removals
  }
  const told = [...edits].sort((one, other) => one.row - other.row).slice(0, CHANGES_TOLD_MAX)
  const nameOf = await namesIn(storage, reader, file, told, edits)
  const changes = told.map((edit) => changedRow(file, edit, nameOf, catalogue))
  return { changes, cells, removals }
}

/** Records that the file itself makes are called what it calls them. */
async function namesIn(
  storage: Storage,
  reader: Reader,
  file: FileKind,
  told: readonly RecordEdit[],
  edits: readonly RecordEdit[],
): Promise<NameOf> {
  const kind = recordKindOf(file)
  const rows = told.flatMap((edit) => [...(edit.old === null ? [] : [edit.old]), rowAfter(file, edit)])
  const known = await namesFor(storage, reader, kind, rows)
  const made = new Map(
    edits.flatMap((edit) => (edit.creates ? [[edit.id, keyOf(kind, rowAfter(file, edit))] as const] : [])),
  )
  return (of, id) => (of === kind ? made.get(id) : undefined) ?? known(of, id)
}

function changedRow(file: FileKind, edit: RecordEdit, nameOf: NameOf, catalogue: Catalogue): ChangedRow {
  const { row, id, old, creates } = edit
  const cells = changedCells(file, edit, nameOf, catalogue)
  const isNewMembership =
    file === 'membership' && cells.some(({ column, old: was }) => column === 'group' && was === '')
  return {
    row,
    record: old === null ? null : { id, title: kindSpecs[recordKindOf(file)].title(old) },
    kind: creates || isNewMembership ? 'add' : 'change',
    cells: cells.map((cell) => ({ ...cell, old: shortened(cell.old), new: shortened(cell.new) })),
  }
}

function shortened(text: string): string {
  return text.length > CELL_TOLD_MAX ? `${text.slice(0, CELL_TOLD_MAX).toWellFormed()}…` : text
}
