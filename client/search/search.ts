/**
 * Search as screens ask it. Until the thread has read everything, titles that begin with what was typed are found by
 * an index of the database.
 */
import { type Accessor, createSignal } from 'solid-js'
import { isFiltered, type SearchFilter } from '../../core/access/search-filter.ts'
import { foldText } from '../../core/records/fold.ts'
import type { Kind, RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from '../replica/database.ts'
import { keepFiltered } from './keep-filtered.ts'
import type { FromSearch, ToSearch } from './messages.ts'

export interface Search {
  /** Keys of what is found, the best first. */
  find(kind: Kind, text: string): Promise<readonly RecordKey[]>
  /** Starts the thread, if it has not been started. To be called when a first sync is over: it reads every record. */
  warm(): void
  /** Whether every record is in the index; tracked. */
  readonly isReady: Accessor<boolean>
  /** What is left out of results; tracked, so that a list asks again when it changes. */
  readonly filter: Accessor<SearchFilter>
  close(): void
}

/** `filter` is the worker's search filter, as it is now (S11). */
export function openSearch(db: Replica, filter: Accessor<SearchFilter> = () => []): Search {
  let worker: Worker | null = null
  const [isReady, setReady] = createSignal(false)
  const waiting = new Map<number, (keys: readonly RecordKey[]) => void>()
  let questions = 0
  const say = (message: ToSearch) => worker?.postMessage(message)

  function warm(): void {
    if (worker !== null) return
    worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<FromSearch>) => {
      if (data.type === 'ready') setReady(true)
      else {
        waiting.get(data.question)?.(data.keys)
        waiting.delete(data.question)
      }
    }
    say({ type: 'open', workerId: db.workerId })
  }

  return {
    warm,
    isReady,
    filter,
    find: (kind, text) => {
      if (!isReady()) return findByTitle(db, kind, text, filter())
      const { promise, resolve } = Promise.withResolvers<readonly RecordKey[]>()
      waiting.set(++questions, resolve)
      say({ type: 'find', question: questions, kind, text, filter: [...filter()] })
      return promise
    },
    close: () => worker?.terminate(),
  }
}

const TITLES_MAX = 100

/** The first hundred titles that begin so. */
export async function findByTitle(
  db: Replica,
  kind: Kind,
  text: string,
  filter: SearchFilter = [],
): Promise<readonly RecordKey[]> {
  const begin = foldText(text)
  const found = db.records.where('[kind+sort]').between([kind, begin], [kind, `${begin}\uffff`])
  // Filtered, the first hundred may lie far behind the first hundred of all.
  const keys = await (isFiltered(filter, kind) ? found : found.limit(TITLES_MAX)).primaryKeys()
  return keepFiltered(db, kind, keys, filter, TITLES_MAX)
}
