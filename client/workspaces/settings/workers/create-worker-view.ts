/**
 * Search, filters and order of the list of workers. They live in the address, so that it can be sent, kept and gone back
 * to; what is being typed goes there a moment later.
 */
import { useLocation, useSearchParams } from '@solidjs/router'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { fromParams, toParams, type WorkerFilters, type WorkerSort } from './worker-filters.ts'

/** Between the last keystroke and the address. */
const ADDRESS_DELAY_MS = 400

export interface WorkerViewState {
  readonly query: Accessor<string>
  readonly setQuery: (query: string) => void
  readonly filters: Accessor<WorkerFilters>
  readonly setFilters: (filters: WorkerFilters) => void
  readonly sort: Accessor<WorkerSort>
  readonly setSort: (sort: WorkerSort) => void
}

export function createWorkerView(): WorkerViewState {
  const [params, setParams] = useSearchParams()
  const told = createMemo(() => fromParams({ ...params }), undefined, { equals: sameJson })
  const [query, setQuery] = createSignal(told().query)
  const filters = createMemo(() => told().filters, undefined, { equals: sameJson })
  const sort = createMemo(() => told().sort, undefined, { equals: sameJson })
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = told().query

  const write = (next: Partial<{ filters: WorkerFilters; sort: WorkerSort }>) => {
    clearTimeout(timer)
    written = query().trim()
    const { ...view } = toParams({ query: written, filters: filters(), sort: sort(), ...next })
    setParams(view as Parameters<typeof setParams>[0], { replace: true, scroll: false })
  }
  // Back, forward, or another address: not the echo of what was typed here.
  createEffect(
    on(
      () => told().query,
      (next) => {
        if (next !== written) setQuery((written = next))
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return {
    query,
    setQuery: (next) => {
      setQuery(next)
      clearTimeout(timer)
      timer = setTimeout(() => write({}), ADDRESS_DELAY_MS)
    },
    filters,
    setFilters: (next) => write({ filters: next }),
    sort,
    setSort: (next) => write({ sort: next }),
  }
}

/** An address in this part of Settings, with the list's filters carried along. */
export function useListHref(): (href: string) => string {
  const location = useLocation()
  return (href) => {
    const params = new URLSearchParams(location.search)
    params.delete('new')
    const search = params.toString()
    return search === '' ? href : `${href}?${search}`
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
