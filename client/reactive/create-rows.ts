/**
 * Every row of some kinds, kept: read once, and after a change only what changed is read again.
 *
 * For screens that work on all of them at once, such as the workers and groups that make the directory. With thousands
 * of rows a query that reads them all for each edit would be all that a device does while many are saved.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Kind, RecordKey, Row } from '../../core/records/kind-spec.ts'
import { followChanges } from '../replica/changes.ts'
import type { Replica } from '../replica/database.ts'
import type { StoredRecord } from '../replica/stored.ts'
import { listKeys } from './list-keys.ts'

/** The first change is shown at once; those that follow rest so many times as long as showing one takes. */
const REST_FACTOR = 4

/** Rows by title, for each kind. */
export type RowsByKind<K extends Kind> = Readonly<Record<K, readonly Row[]>>

/** Undefined while they are read for the first time. */
export function createRows<K extends Kind>(
  db: Replica,
  kinds: readonly K[],
): Accessor<RowsByKind<K> | undefined> {
  const [rows, setRows] = createSignal<RowsByKind<K>>()
  const held = new Map<RecordKey, StoredRecord>()
  const changed = new Set<RecordKey>()
  let isBusy = true
  let isOver = false

  async function readAll(): Promise<void> {
    for (const kind of kinds) await take(await listKeys(db, { kind }))
  }
  async function take(keys: readonly RecordKey[]): Promise<void> {
    const records = await db.records.bulkGet([...keys])
    for (const [index, key] of keys.entries()) {
      const record = records[index]
      if (record === undefined) held.delete(key)
      else held.set(key, record)
    }
  }
  function show(): void {
    const records = [...held.values()].sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0))
    const byKind = (kind: K) => records.filter((record) => record.kind === kind).map(({ row }) => row)
    const next: Partial<Record<K, readonly Row[]>> = {}
    for (const kind of kinds) next[kind] = byKind(kind)
    setRows(() => next as RowsByKind<K>)
  }
  async function follow(read: () => Promise<void>): Promise<void> {
    isBusy = true
    // A database that is closed underneath answers nothing more; what was shown stays.
    const isRead = await read().then(
      () => true,
      () => false,
    )
    if (isOver || !isRead) return
    const begun = performance.now()
    show()
    const rest = (performance.now() - begun) * REST_FACTOR
    await new Promise((resolve) => setTimeout(resolve, rest))
    isBusy = false
    next()
  }
  function next(): void {
    if (isBusy || isOver || changed.size === 0) return
    const keys = [...changed]
    changed.clear()
    void follow(() => take(keys))
  }

  const stop = followChanges(db, (keys) => {
    for (const key of keys) if (kinds.some((kind) => key.startsWith(`${kind}/`))) changed.add(key)
    next()
  })
  onCleanup(() => {
    isOver = true
    stop()
  })
  void follow(readAll)
  return rows
}
