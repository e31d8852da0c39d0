/** Which workers, or groups, are chosen for something to be done with all of them. */
import { type Accessor, createSignal } from 'solid-js'

export interface Selection {
  /** Check boxes are shown where they are not always. */
  readonly isOn: Accessor<boolean>
  readonly ids: Accessor<ReadonlySet<string>>
  readonly has: (id: string) => boolean
  /** With `range`, everything between the last one pressed and this one becomes what the last one became. */
  readonly toggle: (id: string, range?: boolean) => void
  readonly add: (ids: Iterable<string>) => void
  readonly all: () => void
  readonly none: () => void
  readonly begin: (id?: string) => void
  readonly end: () => void
}

/** `shown` are the ids in the order in which they stand on the screen. */
export function createSelection(shown: Accessor<readonly string[]>): Selection {
  const [isOn, setOn] = createSignal(false)
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set())
  let anchor: string | null = null

  const toggle = (id: string, range = false) => {
    const next = new Set(ids())
    const order = range && anchor !== null ? between(shown(), anchor, id) : []
    const on = order.length > 0 ? ids().has(anchor ?? '') : !ids().has(id)
    for (const one of order.length > 0 ? order : [id]) {
      if (on) next.add(one)
      else next.delete(one)
    }
    anchor = id
    setIds(next)
  }
  return {
    isOn: () => isOn() || ids().size > 0,
    ids,
    has: (id) => ids().has(id),
    toggle,
    add: (more) => setIds(new Set([...ids(), ...more])),
    all: () => setIds(new Set([...ids(), ...shown()])),
    none: () => setIds(new Set<string>()),
    begin: (id) => {
      setOn(true)
      if (id !== undefined && !ids().has(id)) toggle(id)
    },
    end: () => {
      setOn(false)
      setIds(new Set<string>())
      anchor = null
    },
  }
}

/** From one to the other, both included, whichever stands first; empty where one is not shown. */
export function between(order: readonly string[], one: string, other: string): readonly string[] {
  const places = [order.indexOf(one), order.indexOf(other)].sort((a, b) => a - b)
  const [from = -1, to = -1] = places
  return from === -1 ? [] : order.slice(from, to + 1)
}
