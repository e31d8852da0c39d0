/** The log as CSV: a line for each changed field, the latest change set first, as far as the reader may export it. */
import { decideKind } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { writeCsv } from '../../core/exchange/csv.ts'
import type { FieldValue } from '../../core/records/kind-spec.ts'
import type { ChangeSet } from '../storage/storage.ts'
import { headOf, type LogContext, toChange } from './log-item.ts'
import { type LogFilters, logPage } from './log-query.ts'
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

/** Change sets between two writes to the answer. */
const STEP = 50

/** Yields whole lines, the header first. That the reader may see the log is the caller's to ask. */
export async function* exportLog(
  context: LogContext,
  asker: Principal,
  filters: LogFilters,
): AsyncGenerator<string> {
  yield writeCsv([header])
  let before: number | null = Number.MAX_SAFE_INTEGER
  while (before !== null) {
    const page = await logPage(context, asker, filters, { before, limit: STEP, shown: 1 })
    for (const { set } of page.sets) yield* linesOf(context, asker, set)
    before = page.before
  }
}

async function* linesOf(context: LogContext, asker: Principal, set: ChangeSet): AsyncGenerator<string> {
  const { at, actor, surface, device, undoes } = await headOf(context, asker, set)
  const reason = undoes === null ? '' : `takes back ${undoes.id}`
  const isWanted = (kind: Parameters<typeof decideKind>[2]) => isAllowed(decideKind(asker, 'export', kind))
  for await (const entries of visibleEntries(context.storage, asker, set, { isWanted })) {
    const rows = changesIn(entries).map(({ visible, change }) => {
      const { record, label, old, new: next } = toChange(context.policy, asker, visible, change)
      return [
        at,
        actor?.name ?? '',
        '',
        surface,
        device ?? '',
        `${record.title} (${record.kind}/${record.id})`,
        label,
        textOf(old),
        textOf(next),
        reason,
        set.id,
      ]
    })
    if (rows.length > 0) yield writeCsv(rows)
  }
}

function textOf(value: FieldValue): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
