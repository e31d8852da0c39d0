/** A Dexie live query as a Solid accessor: follows every tab, ends with its owner. */
import { liveQuery } from 'dexie'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/**
 * `source` is tracked and answers the query to be run, or null for none; the query itself reads only the database.
 * Undefined while the first answer is on its way, and again when the source changes unless `keep` is set.
 */
export function createLiveQuery<T>(
  source: () => (() => Promise<T>) | null,
  { keep = false }: { readonly keep?: boolean } = {},
): Accessor<T | undefined> {
  const [value, setValue] = createSignal<T | undefined>(undefined, { equals: false })
  createEffect(() => {
    const query = source()
    if (!keep) setValue(undefined)
    if (query === null) return
    const subscription = liveQuery(query).subscribe({
      next: (answer) => setValue(() => answer),
      // The database was closed underneath: the shell says so; what was shown stays.
      error: () => undefined,
    })
    onCleanup(() => subscription.unsubscribe())
  })
  return value
}
