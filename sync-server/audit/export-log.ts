/** The log as CSV: a line for each changed field and each access, the latest first, as far as the reader may export it. */
import { decideKind } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { writeCsv } from '../../core/exchange/csv.ts'
import { changeLabel } from '../../core/records/change-label.ts'
import type { FieldValue } from '../../core/records/kind-spec.ts'
import type { ChangeSet, RecordRef } from '../storage/storage.ts'
import { accessItem, type SeenAccess } from './access-events.ts'
import { headOf, type LogContext, toChange } from './log-item.ts'
import { logPage, type Position } from './log-page.ts'
import type { LogFilters } from './log-query.ts'
import { referenceNames, referredKind } from './reference-names.ts'
import { changesIn, visibleEntries } from './visible-changes.ts'

const header = [
  'time',
  'actor',
  'acting as',
  'surface',
  'device',
  'record',
  'field',
  'before',
  'after',
  'reason',
  'change set',
]

/** Entries between two writes to the answer. */
const STEP = 50

/** Yields whole lines, the header first. That the reader may see the log is the caller's to ask. */
export async function* exportLog(
  context: LogContext,
  asker: Principal,
  filters: LogFilters,
): AsyncGenerator<string> {
  yield writeCsv([header])
  let from: Position | null = null
  do {
    const page = await logPage(context, asker, filters, { from, limit: STEP, shown: 1 })
    for (const entry of page.entries)
      if (entry.type === 'changes') yield* linesOf(context, asker, entry.set)
      else yield* lineOf(context, asker, entry)
    from = page.next
  } while (from !== null)
}

/** It happened to a record, and wrote nothing: what it was stands where a change has its field. */
function* lineOf(context: LogContext, asker: Principal, seen: SeenAccess): Generator<string> {
  if (!isAllowed(decideKind(asker, 'export', seen.entry.record.kind))) return
  const { at, actor, label, record, device } = accessItem(context, seen)
  const name = actor?.name ?? ''
  yield writeCsv([[at, name, '', 'access', device ?? '', titled(record), label, '', '', '', '']])
}

async function* linesOf(context: LogContext, asker: Principal, set: ChangeSet): AsyncGenerator<string> {
  const { at, actor, surface, device, undoes } = await headOf(context, asker, set)
  const reason = undoes === null ? '' : `takes back ${undoes.id}`
  const isWanted = (kind: Parameters<typeof decideKind>[2]) => isAllowed(decideKind(asker, 'export', kind))
  for await (const entries of visibleEntries(context.storage, asker, set, { isWanted })) {
    const nameOf = await referenceNames(context, asker, entries)
    const rows = changesIn(entries).map(({ visible, change }) => {
      const { record, field, old, new: next } = toChange(context.policy, asker, visible, change)
      const of = referredKind(record.kind, field)
      const text = (value: FieldValue) =>
        (of !== null && typeof value === 'string' ? nameOf(of, value) : undefined) ?? textOf(value)
      return [
        at,
        actor?.name ?? '',
        '',
        surface,
        device ?? '',
        titled(record),
        changeLabel(record.kind, field, context.policy.directory.catalogue, nameOf),
        text(old),
        text(next),
        reason,
        set.id,
      ]
    })
    if (rows.length > 0) yield writeCsv(rows)
  }
}

function titled({ title, kind, id }: RecordRef & { readonly title: string }): string {
  return `${title} (${kind}/${id})`
}

function textOf(value: FieldValue): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
