/**
 * What a file of memberships would change: one write a row, of one membership of one worker.
 *
 * Additions come before removals, wherever they stand: whoever hands a group from one to another never leaves it
 * without anybody, and the last administrator is not gone for a moment.
 */
import { fieldKey } from '../documents/field-key.ts'
import { sameValue } from '../documents/same-value.ts'
import type { Row } from '../records/kind-spec.ts'
import type { DiffContext, Difference, RecordEdit } from './diff-rows.ts'
import type { ImportFault, ParsedFile, ParsedRow } from './parse-csv.ts'
import { type Membership, memberships } from './write-cell.ts'
import { ROWS_A_STEP, type Steps } from './steps.ts'

export function* diffMemberships(
  file: ParsedFile,
  context: Pick<DiffContext, 'existing' | 'idOf' | 'allowRemovals'>,
): Steps<Difference> {
  const errors: ImportFault[] = []
  const edits: RecordEdit[] = []
  const firstByPlace = new Map<string, ParsedRow>()
  let unchanged = 0
  for (const [index, row] of file.rows.entries()) {
    if (index % ROWS_A_STEP === 0) yield
    const fault = (column: string, message: string) => errors.push({ row: row.row, column, message })
    const worker = context.existing.get(row)
    const named = nameOfGroup(row)
    const groupId = named === null ? null : context.idOf('group', named)
    if (worker === undefined) fault('username', `${row.key} is no worker here.`)
    if (named === null) fault('group', 'group is empty.')
    else if (groupId === null) fault('group', `group names ${named}, which is no worker group here.`)
    if (worker === undefined || groupId === null) continue

    const place = `${worker.id}/${groupId}`
    const first = firstByPlace.get(place)
    if (first !== undefined) {
      fault('group', `${row.key} in ${named} is in row ${first.row} already.`)
      continue
    }
    firstByPlace.set(place, row)
    const edit = editOf(row, worker, groupId)
    if (edit === null) unchanged += 1
    else if (isRemoval(edit) && !context.allowRemovals)
      fault('mode', `${row.key} would lose the group ${named}; removals must be allowed for that.`)
    else edits.push(edit)
  }
  const removals = edits.filter(isRemoval)
  const others = edits.filter((edit) => !isRemoval(edit))
  const added = others.filter(({ old, writes: [write] }) => !holds(old, write?.field)).length
  return {
    added,
    changed: edits.length - added,
    unchanged,
    edits: [...others, ...removals],
    errors: errors.sort((one, other) => one.row - other.row),
  }
}

/** Null where the row says what is so already. Ends that have no column stay as they are (R-g). */
function editOf(row: ParsedRow, old: Row, groupId: string): RecordEdit | null {
  const groups = memberships(old.groups)
  const held = groups.find(({ id }) => id === groupId) ?? null
  const others = groups.filter(({ id }) => id !== groupId)
  const field = fieldKey('groups', groupId)
  const edit = { row: row.row, id: old.id, creates: false, old, password: null }
  if (valueOf(row, 'mode') === 'remove') {
    return held === null ? null : { ...edit, writes: [{ field, value: null }], next: { groups: others } }
  }
  const end = (column: string, kept: string | null | undefined) => {
    const value = valueOf(row, column)
    return value === undefined ? (kept ?? null) : (value as string | null)
  }
  const value = { from: end('valid_from', held?.from), until: end('valid_until', held?.until) }
  if (held !== null && sameValue({ from: held.from, until: held.until }, value)) return null
  const membership: Membership = { id: groupId, ...value }
  return { ...edit, writes: [{ field, value }], next: { groups: [...others, membership] } }
}

function isRemoval({ writes: [write] }: RecordEdit): boolean {
  return write?.value === null
}

function holds(row: Row | null, field: string | undefined): boolean {
  return memberships(row?.groups).some(({ id }) => fieldKey('groups', id) === field)
}

function nameOfGroup(row: ParsedRow): string | null {
  const value = row.cells.find(({ column }) => column.name === 'group')?.value
  return value?.type === 'names' ? (value.names[0] ?? null) : null
}

/** Undefined where the file has no such column. */
function valueOf(row: ParsedRow, column: string): unknown {
  const value = row.cells.find((cell) => cell.column.name === column)?.value
  return value?.type === 'value' ? value.value : undefined
}
