/**
 * What the server itself changes in the commit of somebody's edit: the House Contact of a new account (P22), the
 * directory row of a worker, the keys of everything that hangs on an account (S6, GATE 23).
 *
 * Planned before the edit is applied, carried out right after it: an edit commits with all its consequences or not
 * at all.
 */
import { restrictedAttributesOf } from '../../core/access/restrictions.ts'
import { recordKeys } from '../../core/access/scope.ts'
import { authorUpdate } from '../../core/documents/author-change.ts'
import type { Change, FieldKey } from '../../core/documents/types.ts'
import { openDocument } from '../../core/documents/open-document.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { colleague } from '../../core/records/colleague.ts'
import { contact, houseContactId } from '../../core/records/contact.ts'
import type { KindSpec, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { emptyRow, type FieldWrite, rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import type { Attribution, Move, Working } from './working-state.ts'

export type Consequence = Omit<Move, 'by'>

export const byTheServer: Attribution = {
  author: { type: 'server' },
  via: 'server',
  sessionId: null,
  edit: null,
}

/** `before` is null for a new record. `serverClient` is the clientID that the server authors under. */
export function planConsequences(
  working: Working,
  spec: KindSpec,
  before: Row | null,
  after: Row,
  touches: readonly FieldKey[],
  serverClient: number,
): readonly Consequence[] {
  switch (spec.kind) {
    case 'account':
      if (before === null) return [houseContact(working, after, serverClient)]
      return touches.some((key) => feedsScope(spec, key)) ? rekeyDependants(working, before, after) : []
    case 'worker':
      return directoryRow(working, after)
    default:
      return []
  }
}

/** `changeSet`: of the edit that they follow from. */
export function carryOut(working: Working, consequences: readonly Consequence[], changeSet: string): void {
  for (const consequence of consequences) working.move({ ...consequence, by: { ...byTheServer, changeSet } })
}

export function feedsScope(spec: KindSpec, key: FieldKey): boolean {
  const { field } = splitFieldKey(key)
  return Object.hasOwn(spec.fields, field) && spec.fields[field]?.feedsScope === true
}

function houseContact(working: Working, account: Row, serverClient: number): Consequence {
  const id = houseContactId(account.id)
  const writes: readonly FieldWrite[] = [
    { field: 'accountId', value: account.id },
    { field: 'firstName', value: 'House' },
    { field: 'lastName', value: 'Contact' },
    { field: 'house', value: true },
    { field: 'active', value: true },
  ]
  const { update, changes } = authorAnew(writes, serverClient)
  return {
    record: working.record({ kind: 'contact', id }),
    row: rowAfterWrites(contact, emptyRow(contact, id), writes),
    keys: [...recordKeys(contact, account, account)].sort(),
    update,
    changes,
  }
}

/** A document that begins with these writes: its update is its whole state. */
export function authorAnew(
  writes: readonly FieldWrite[],
  serverClient: number,
): { readonly update: Uint8Array; readonly changes: readonly Change[] } {
  const doc = openDocument()
  const authored = authorUpdate(doc, serverClient, writes)
  doc.destroy()
  return authored
}

/** All of them, also where keys stay as they are: a restriction may read what changed. */
function rekeyDependants(working: Working, before: Row, account: Row): readonly Consequence[] {
  const attributesBefore = restrictedAttributesOf(before)
  return working.dependants(account.id).flatMap((record) => {
    if (record.row === null) return []
    const keys = [...recordKeys(kindSpecs[record.ref.kind], record.row, account)].sort()
    return [{ record, row: record.row, keys, restamped: true, attributesBefore, update: null, changes: [] }]
  })
}

function directoryRow(working: Working, worker: Row): readonly Consequence[] {
  const record = working.record({ kind: 'colleague', id: worker.id })
  const name = kindSpecs.worker.title(worker)
  const active = worker.active === true
  if (record.row?.name === name && record.row.active === active) return []
  const row = { ...emptyRow(colleague, worker.id), name, active }
  return [{ record, row, keys: [...recordKeys(colleague, row, null)], update: null, changes: [] }]
}
