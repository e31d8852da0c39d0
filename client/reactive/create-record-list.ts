/**
 * A list for a virtual scroller: the keys of everything it holds, and the records of the part that is seen.
 *
 * Keys follow changes at their own pace, so that a first sync of thousands of pages does not read an index for each;
 * records of the window follow at once.
 */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { Kind, RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from '../replica/database.ts'
import type { StoredRecord } from '../replica/stored.ts'
import type { Search } from '../search/search.ts'
import { followAtPace } from './at-pace.ts'
import { createLiveQuery } from './create-live-query.ts'
import { type ListFilter, listKeys } from './list-keys.ts'

export interface ListQuery extends ListFilter {
  /** What was typed into the search field; empty for everything. Found records come best first. */
  readonly words?: string
}

export interface RecordList {
  /** In the order to be shown; undefined while they are read for the first time. */
  readonly keys: Accessor<readonly RecordKey[] | undefined>
  /** Tells which rows are seen: from `start` up to and without `end`. */
  readonly show: (start: number, end: number) => void
  /** The record at a place; undefined until it has been read. */
  readonly at: (index: number) => StoredRecord | undefined
}

export function createRecordList(db: () => Replica, query: () => ListQuery, search?: Search): RecordList {
  const keys = createKeys(db, query, search)
  const [seen, setSeen] = createSignal<readonly [number, number]>([0, 30])
  const windowKeys = createMemo(() => (keys() ?? []).slice(...seen()), [], {
    equals: (a, b) => isSameList(a, b),
  })
  const records = createLiveQuery(
    () => {
      const from = db()
      const wanted = windowKeys()
      return async () => {
        const found = await from.records.bulkGet([...wanted])
        return new Map(
          found.flatMap((record) => (record === undefined ? [] : [[record.key, record] as const])),
        )
      }
    },
    { keep: true },
  )
  return {
    keys,
    // Some more than is seen, so that scrolling finds them there.
    show: (start, end) => setSeen([Math.max(0, start - OVERSCAN), end + OVERSCAN]),
    at: (index) => {
      const key = keys()?.[index]
      return key === undefined ? undefined : records()?.get(key)
    },
  }
}

const OVERSCAN = 20

function createKeys(
  db: () => Replica,
  query: () => ListQuery,
  search: Search | undefined,
): Accessor<readonly RecordKey[] | undefined> {
  const [keys, setKeys] = createSignal<readonly RecordKey[] | undefined>(undefined, { equals: isSameList })
  let asked = 0

  async function read(from: Replica, wanted: ListQuery): Promise<void> {
    const mine = ++asked
    const found = await readKeys(from, wanted, search)
    // A later question has been asked meanwhile: its answer counts.
    if (mine === asked) setKeys(found)
  }

  createEffect(
    // Asked again when the search thread has read everything, and when another filter leaves out other things.
    on([db, query, () => search?.isReady(), () => search?.filter()], ([from, wanted]) => {
      onCleanup(followAtPace(from, [wanted.kind], () => read(from, wanted)))
    }),
  )
  return keys
}

async function readKeys(
  db: Replica,
  { kind, terms = [], words = '' }: ListQuery,
  search?: Search,
): Promise<RecordKey[]> {
  if (words.trim() === '' || search === undefined) return await listKeys(db, { kind, terms })
  const found = await search.find(kind as Kind, words)
  if (terms.length === 0) return [...found]
  const inside = new Set(await listKeys(db, { kind, terms }))
  return found.filter((key) => inside.has(key))
}

function isSameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined || a.length !== b.length) return false
  return a.every((key, index) => key === b[index])
}
