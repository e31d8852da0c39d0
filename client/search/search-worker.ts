/**
 * The search thread: builds its index from the database at start, in the background, and follows what changes. Nothing
 * of it is stored: what leaves the device is nowhere else (L4).
 */
import { openReplica, type Replica } from '../replica/database.ts'
import { followChanges } from '../replica/changes.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import type { FromSearch, ToSearch } from './messages.ts'
import { keepFiltered } from './keep-filtered.ts'
import { createSearchIndex, HITS_MAX } from './search-index.ts'

const index = createSearchIndex()
/** Records read at a time: short enough that a question waits a few milliseconds. */
const PAGE = 1_000

const say = (message: FromSearch) => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ToSearch>) => {
  if (data.type === 'open') void build(openReplica(data.workerId))
  else void find(data)
})

let replica: Replica | null = null

async function find({ question, kind, text, filter }: ToSearch & { type: 'find' }): Promise<void> {
  const keys = index.find(kind, text)
  const kept = replica === null ? [] : await keepFiltered(replica, kind, keys, filter, HITS_MAX)
  say({ type: 'found', question, keys: kept })
}

async function build(db: Replica): Promise<void> {
  replica = db
  // Followed from the beginning: what changes while the index is built is read again.
  followChanges(db, (keys) => void refresh(db, keys))
  let last = ''
  let records = 0
  for (;;) {
    const page = await db.records.where('key').above(last).limit(PAGE).toArray()
    index.put(page.map(({ row }) => row))
    records += page.length
    const end = page.at(-1)
    if (end === undefined || page.length < PAGE) break
    last = end.key
    // Lets a question through.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  say({ type: 'ready', records })
}

async function refresh(db: Replica, keys: readonly RecordKey[]): Promise<void> {
  const found = await db.records.bulkGet([...keys])
  index.put(found.flatMap((record) => record?.row ?? []))
  index.remove(keys.filter((_, at) => found[at] === undefined))
}
