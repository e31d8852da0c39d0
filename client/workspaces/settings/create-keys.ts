/** A list of ids that stays the same list while the ids do, so that `For` keeps its rows. */
import { type Accessor, createMemo } from 'solid-js'

export function createKeys(source: Accessor<readonly string[]>): Accessor<readonly string[]> {
  return createMemo(source, [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
}
