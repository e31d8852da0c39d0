/** A record's fields as RecordField wants them: values, decisions, what waits, and saving, all following the device. */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import { isTextKey, splitFieldKey } from '../../../core/documents/field-key.ts'
import { type Kind, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { decisionFor } from '../../access/decision.ts'
import { useLiveQuery, usePortal } from '../../app/context.tsx'
import type { OutboxEntry } from '../../replica/stored.ts'
import { changesByField } from '../../app/sync/change-words.ts'
import type { PendingField } from './ago.ts'
import type { Lookups } from './lookups.ts'
import { outcomeSentence } from './outcome-sentence.ts'
import type { RecordForm } from './RecordField.tsx'

/** `account` is the one that the record hangs on, for kinds that hang on one. */
export function useRecordForm(
  kind: Kind,
  row: Accessor<Row>,
  lookups: Lookups,
  account?: Accessor<Row | null>,
): RecordForm {
  const portal = usePortal()
  const now = createNow()
  const key = createMemo(() => recordKey(kind, row().id))
  const entries = useLiveQuery((db) => {
    const wanted = key()
    return () => db.outbox.where('record').equals(wanted).sortBy('n')
  })
  const pending = createMemo(() => pendingByField(entries() ?? [], (id) => lookups.nameOf('worker', id)))
  const question = () => ({
    action: 'edit' as const,
    kind,
    row: row(),
    ...(account !== undefined && { account: account() }),
  })
  const decision = createMemo(() => decisionFor(portal.principal(), question()))
  return {
    kind,
    get title() {
      return kindSpecs[kind].title(row())
    },
    reader: portal.worker.name,
    get now() {
      return now()
    },
    valueOf: (field) => row()[field],
    get decision() {
      return decision()
    },
    decisionOf: (field) => decisionFor(portal.principal(), { ...question(), field }),
    pendingOf: (field) => pending().get(field),
    save: async (field, value) =>
      outcomeSentence(await portal.actions.edit(kind, row().id, { [field]: value }), kind),
    ...lookups,
  }
}

/** What each field said before the first edit that waits. */
function pendingByField(
  entries: readonly OutboxEntry[],
  nameOf: (id: string) => string | undefined,
): ReadonlyMap<string, PendingField> {
  const pending = new Map<string, PendingField>()
  for (const { record, changes, writtenAt, creates } of entries) {
    const shown = changesByField(record, changes, (named) => nameOf(named.split('/')[1] ?? ''))
    const texts = new Set(
      changes.filter(({ field }) => isTextKey(field)).map(({ field }) => splitFieldKey(field).field),
    )
    for (const { field, was } of shown) {
      const first = pending.get(field)
      // A long text is not repeated below itself.
      pending.set(field, {
        was: first === undefined ? (creates || texts.has(field) ? null : was) : first.was,
        writtenAt,
      })
    }
  }
  return pending
}

const TICK_MS = 30_000

/** The clock for "2 min ago". */
export function createNow(): Accessor<number> {
  const [now, setNow] = createSignal(Date.now())
  const timer = setInterval(() => setNow(Date.now()), TICK_MS)
  onCleanup(() => clearInterval(timer))
  return now
}
