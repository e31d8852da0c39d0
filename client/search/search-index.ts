/**
 * The words of records, apart from threads and databases: every word of a question begins a word of what is found,
 * case and accents folded, the best first.
 */
import MiniSearch from 'minisearch'
import { foldWords } from '../../core/records/fold.ts'
import { type Kind, type RecordKey, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { searchWords } from '../../core/records/search-words.ts'

export interface SearchIndex {
  /** Adds, or puts in place of what was there. */
  put(rows: readonly Row[]): void
  remove(keys: readonly RecordKey[]): void
  /** All that is found, the best first. */
  find(kind: Kind, text: string): readonly RecordKey[]
}

interface Entry {
  readonly id: string
  readonly title: string
  readonly words: string
}

/** More hits than this nobody scrolls through; the list says that there are more. */
export const HITS_MAX = 2_000

export function createSearchIndex(): SearchIndex {
  const indexByKind = new Map<Kind, MiniSearch<Entry>>()

  function indexOf(kind: Kind): MiniSearch<Entry> {
    let index = indexByKind.get(kind)
    if (index === undefined) {
      index = new MiniSearch<Entry>({
        fields: ['title', 'words'],
        // Folded and split before they come here.
        tokenize: (text) => text.split(' ').filter((word) => word !== ''),
        processTerm: (word) => word,
        searchOptions: { prefix: true, combineWith: 'AND', boost: { title: 2 } },
      })
      indexByKind.set(kind, index)
    }
    return index
  }

  return {
    put(rows) {
      for (const row of rows) {
        const spec = kindSpecs[row.kind]
        const entry = {
          id: row.id,
          title: foldWords(spec.title(row)).join(' '),
          words: searchWords(spec, row).join(' '),
        }
        const index = indexOf(row.kind)
        if (index.has(row.id)) index.replace(entry)
        else index.add(entry)
      }
    },
    remove(keys) {
      for (const key of keys) {
        const slash = key.indexOf('/')
        const index = indexByKind.get(key.slice(0, slash) as Kind)
        if (index?.has(key.slice(slash + 1))) index.discard(key.slice(slash + 1))
      }
    },
    find(kind, text) {
      const words = foldWords(text)
      if (words.length === 0) return []
      // A single letter begins a word of nearly everything: it is looked for in titles alone.
      const fields = words.some((word) => word.length > 1) ? ['title', 'words'] : ['title']
      const hits = indexOf(kind).search(words.join(' '), { fields })
      return hits.map(({ id }) => recordKey(kind, String(id)))
    },
  }
}
