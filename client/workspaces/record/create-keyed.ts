/**
 * A list whose entries stay the same objects while they stay the same records, so that a change redraws one row and
 * not all of them, and a focused button keeps its focus.
 */
import { type Accessor, createEffect } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'

export function createKeyed<Entry extends object, Key extends keyof Entry & string>(
  source: Accessor<readonly Entry[] | undefined>,
  key: Key,
): Accessor<readonly Entry[] | undefined> {
  const [kept, setKept] = createStore<{ list: readonly Entry[] | undefined }>({ list: undefined })
  createEffect(() => {
    const list = source()
    if (list !== undefined) setKept('list', reconcile([...list], { key }))
  })
  return () => kept.list
}
