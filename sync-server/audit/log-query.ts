/** The filters of the log, as they stand in an address; and the change sets that pass them, the latest first. */
import type { Principal } from '../../core/access/types.ts'
import { foldWords } from '../../core/records/fold.ts'
import { type Kind, kinds, recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import { listVisible, visibleTarget } from '../http/visible-records.ts'
import type { ChangeSet, ChangeSetQuery, RecordRef } from '../storage/storage.ts'
import { type LogContext, type Surface, surfaces } from './log-item.ts'
import { type Seen, seenOf } from './visible-changes.ts'

export interface LogFilters {
  readonly worker: string | null
  readonly kind: Kind | null
  readonly record: RecordRef | null
  readonly surface: Surface | null
  /** Milliseconds; from inclusive, until exclusive. */
  readonly from: number | null
  readonly until: number | null
  /** Words that begin words of a record's or an author's name. */
  readonly text: string
}

const textLengthMax = 200

export function readFilters(
  query: Readonly<Record<string, string>>,
): LogFilters | { readonly problem: string } {
  const { worker = '', kind = '', record = '', surface = '', from = '', until = '', q = '' } = query
  if (worker !== '' && !recordIdPattern.test(worker)) return { problem: 'worker is a worker’s id.' }
  if (kind !== '' && !isKind(kind)) return { problem: `There is no kind ${kind}.` }
  const [ofKind = '', id = '', ...rest] = record.split('/')
  const isRecord = isKind(ofKind) && recordIdPattern.test(id) && rest.length === 0
  if (record !== '' && !isRecord) return { problem: 'record is a kind and an id, as in group/organization.' }
  if (surface !== '' && !Object.hasOwn(surfaces, surface))
    return { problem: `surface is one of ${Object.keys(surfaces).join(', ')}.` }
  for (const [name, instant] of Object.entries({ from, until }))
    if (instant !== '' && Number.isNaN(Date.parse(instant)))
      return { problem: `${name} is a date or an instant.` }
  if (q.length > textLengthMax) return { problem: `q has at most ${textLengthMax} characters.` }
  return {
    worker: worker || null,
    kind: isKind(kind) ? kind : null,
    record: isKind(ofKind) ? { kind: ofKind, id } : null,
    surface: surface === '' ? null : (surface as Surface),
    from: from === '' ? null : Date.parse(from),
    until: until === '' ? null : Date.parse(until),
    text: q,
  }
}

/** Records of a kind that words are looked up in. */
const FOUND_MAX = 200

/** Change sets that are looked at for one page; those beyond come with the next. */
const SCANNED_MAX = 1_000
const STEP = 100

export interface LogPage {
  readonly sets: readonly { readonly set: ChangeSet; readonly seen: Seen }[]
  /** Where the next page begins; null at the end. */
  readonly before: number | null
}

/** At most `limit` change sets with a number below `before`; `shown` entries of each. */
export async function logPage(
  context: LogContext,
  asker: Principal,
  filters: LogFilters,
  { before, limit, shown }: { readonly before: number; readonly limit: number; readonly shown: number },
): Promise<LogPage> {
  const query = await queryOf(context, asker, filters)
  const sets: { set: ChangeSet; seen: Seen }[] = []
  let from = before
  for (let scanned = 0; query !== null && scanned < SCANNED_MAX; scanned += STEP) {
    const step = await context.storage.changeSets({ ...query, before: from, limit: STEP })
    for (const set of step) {
      from = set.number
      const seen = await seenOf(context.storage, asker, set, shown)
      if (seen === null || (filters.kind !== null && !seen.kinds.has(filters.kind))) continue
      // There is more where one more may be seen: what is hidden makes no page (GATE 34).
      if (sets.length === limit) return { sets, before: sets.at(-1)?.set.number ?? from }
      sets.push({ set, seen })
    }
    if (step.length < STEP) return { sets, before: null }
  }
  return { sets, before: query === null ? null : from }
}

/** Null where the words are in nothing that the asker sees, or the record is none of what they see. */
async function queryOf(
  { storage, policy }: LogContext,
  asker: Principal,
  { worker, kind, record, surface, from, until, text }: LogFilters,
): Promise<Omit<ChangeSetQuery, 'before' | 'limit'> | null> {
  if (record !== null && (await visibleTarget(storage, asker, record)) === null) return null
  const base = {
    ...(kind !== null && { kind }),
    ...(surface !== null && { via: [surfaces[surface]] }),
    ...(from !== null && { from }),
    ...(until !== null && { until }),
  }
  const one = { ...(worker !== null && { authors: [worker] }), ...(record !== null && { records: [record] }) }
  const words = foldWords(text)
  if (words.length === 0) return { ...base, ...one }
  const found = await recordsNamed(words, kind, record)
  const authors = authorsNamed(words).filter((id) => worker === null || id === worker)
  if (found.length + authors.length === 0) return null
  // Who was asked for by filter and by name: whatever they changed.
  if (worker !== null && authors.length > 0) return { ...base, ...one }
  if (worker !== null) return { ...base, authors: [worker], records: found }
  return { ...base, records: found, ...(record === null && { authors, either: true }) }

  async function recordsNamed(
    words: readonly string[],
    of: Kind | null,
    only: RecordRef | null,
  ): Promise<readonly RecordRef[]> {
    const refs: RecordRef[] = []
    for (const each of of === null ? kinds : [of]) {
      const question = { kind: each, words, limit: FOUND_MAX, cursor: null }
      const { rows } = await listVisible(storage, asker, question)
      for (const { id } of rows)
        if (only === null || (only.kind === each && only.id === id)) refs.push({ kind: each, id })
    }
    return refs
  }

  function authorsNamed(words: readonly string[]): readonly string[] {
    return [...policy.directory.workers.values()]
      .filter(({ name }) => {
        const own = foldWords(name)
        return words.every((word) => own.some((part) => part.startsWith(word)))
      })
      .map(({ id }) => id)
  }
}
