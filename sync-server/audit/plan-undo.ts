/**
 * What taking a change set back would write (D27): the inverse of each of its changes that still stands, for the records
 * that the asker may see. A field that says something else meanwhile is kept. A record that it made is disabled, because
 * nothing is ever deleted (W-05).
 */
import type { Principal } from '../../core/access/types.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { FieldKey } from '../../core/documents/types.ts'
import { type FieldValue, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { WritesSubmission } from '../gate/types.ts'
import type { ChangeSet, RecordRef, Storage } from '../storage/storage.ts'
import { type VisibleEntry, visibleEntries } from './visible-changes.ts'

export interface Kept {
  readonly record: RecordRef
  readonly title: string
  readonly field: FieldKey
  /** `changed`: it says something else now. `in-part`: of a long text not all is known. `no-switch`: it cannot be disabled. */
  readonly why: 'changed' | 'in-part' | 'no-switch'
}

export interface UndoPlan {
  /** In the order in which they undo: the last change first. */
  readonly inverses: readonly Inverse[]
  readonly kept: readonly Kept[]
  /** Fields that would be written back, and records that would be disabled. */
  readonly fields: number
  readonly disabled: number
}

export type Inverse = Pick<WritesSubmission, 'record' | 'writes'> & {
  readonly title: string
  readonly expects: readonly { readonly field: FieldKey; readonly value: FieldValue }[]
}

/** Over all its entries: what a field said before the first, and what the last wrote. */
interface NetChange {
  readonly old: FieldValue
  wrote: FieldValue
}

interface NetRecord {
  readonly record: RecordRef
  readonly creates: boolean
  row: Row
  title: string
  readonly fields: Map<FieldKey, NetChange>
}

export async function planUndo(storage: Storage, asker: Principal, set: ChangeSet): Promise<UndoPlan> {
  const records = await netOf(storage, asker, set)
  const inverses: Inverse[] = []
  const kept: Kept[] = []
  let [fields, disabled] = [0, 0]
  for (const net of records.reverse()) {
    const { inverse, keeps } = net.creates ? disabling(net) : writingBack(net)
    kept.push(...keeps)
    if (inverse.writes.length === 0) continue
    inverses.push(inverse)
    if (net.creates) disabled += 1
    else fields += inverse.writes.length
  }
  return { inverses, kept, fields, disabled }
}

/** Ordered by the last change of each record. */
async function netOf(storage: Storage, asker: Principal, set: ChangeSet): Promise<NetRecord[]> {
  const records = new Map<string, NetRecord>()
  for await (const page of visibleEntries(storage, asker, set)) {
    for (const visible of page) {
      // What the server did in the wake of it is not taken back by hand: a House Contact stays (P22).
      if (visible.entry.author !== set.author || visible.row.house === true) continue
      const key = recordKey(visible.entry.record.kind, visible.entry.record.id)
      const net = records.get(key) ?? emptyNet(visible)
      records.delete(key)
      records.set(key, withEntry(net, visible))
    }
  }
  return [...records.values()]
}

function emptyNet({ entry: { record }, creates, row, title }: VisibleEntry): NetRecord {
  return { record, creates, row, title, fields: new Map() }
}

function withEntry(net: NetRecord, { entry, row, title }: VisibleEntry): NetRecord {
  // Read with the later page: as it is now.
  net.row = row
  net.title = title
  for (const { field, old, new: wrote } of entry.changes) {
    const known = net.fields.get(field)
    if (known === undefined) net.fields.set(field, { old, wrote })
    else known.wrote = wrote
  }
  return net
}

interface Undoing {
  readonly inverse: Inverse
  readonly keeps: readonly Kept[]
}

/** What a record is switched off by. */
const switches = ['active', 'enabled'] as const

function disabling({ record, row, title }: NetRecord): Undoing {
  const field = switches.find((name) => Object.hasOwn(kindSpecs[record.kind].fields, name))
  if (field === undefined) {
    const kept: Kept = { record, title, field: 'id', why: 'no-switch' }
    return { inverse: { record, title, writes: [], expects: [] }, keeps: [kept] }
  }
  // One from before there was a switch says nothing there, which is on.
  const value = valueInRow(row, field)
  const isOn = value !== false
  return {
    inverse: {
      record,
      title,
      writes: isOn ? [{ field, value: false }] : [],
      expects: isOn ? [{ field, value }] : [],
    },
    keeps: [],
  }
}

function writingBack({ record, row, title, fields }: NetRecord): Undoing {
  const keeps: Kept[] = []
  const writes: { field: FieldKey; value: FieldValue }[] = []
  const expects: { field: FieldKey; value: FieldValue }[] = []
  for (const [field, { old, wrote }] of fields) {
    const now = valueInRow(row, field)
    if (sameValue(now, old)) continue
    const isInPart = isTextKey(field) && [old, wrote].some(isExcerpt)
    if (isInPart || !sameValue(now, wrote)) {
      keeps.push({ record, title, field, why: isInPart ? 'in-part' : 'changed' })
      continue
    }
    writes.push({ field, value: old })
    expects.push({ field, value: wrote })
  }
  return { inverse: { record, title, writes, expects }, keeps }
}

/** Of a long text the journal keeps the place where it changed. */
function isExcerpt(value: FieldValue): boolean {
  return typeof value === 'string' && (value.startsWith('…') || value.endsWith('…'))
}
