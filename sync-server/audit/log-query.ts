/** The filters of the log, as they stand in an address, and what they ask of the storage. */
import type { Principal } from '../../core/access/types.ts'
import { foldWords } from '../../core/records/fold.ts'
import { type Kind, kinds, recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import { listVisible, visibleTarget } from '../http/visible-records.ts'
import type { AccessQuery, ChangeSetQuery, RecordRef } from '../storage/storage.ts'
import { type AccessSort, accessSorts } from './access-events.ts'
import { type LogContext, type Surface, surfaces } from './log-item.ts'

export interface LogFilters {
  /** Changes, or one of the sorts of what changes no record (D29). */
  readonly what: 'changes' | AccessSort | null
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
  const {
    what = '',
    worker = '',
    kind = '',
    record = '',
    surface = '',
    from = '',
    until = '',
    q = '',
  } = query
  const sorts = ['changes', ...Object.keys(accessSorts)]
  if (what !== '' && !sorts.includes(what)) return { problem: `what is one of ${sorts.join(', ')}.` }
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
    what: what === '' ? null : (what as LogFilters['what']),
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

export type Selection = Omit<ChangeSetQuery, 'via' | 'before' | 'limit'> &
  Omit<AccessQuery, 'vias' | 'before' | 'limit'>

/** Null where the words are in nothing that the asker sees, or the record is none of what they see. */
export async function selectionFor(
  { storage, policy }: LogContext,
  asker: Principal,
  { worker, kind, record, from, until, text }: LogFilters,
): Promise<Selection | null> {
  if (record !== null && (await visibleTarget(storage, asker, record)) === null) return null
  const base = {
    ...(kind !== null && { kind }),
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
