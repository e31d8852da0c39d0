/** The workers that the list shows, in its order, and what its rows say of each. Nothing is compiled for it but counts. */
import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { foldWords } from '../../../../core/records/fold.ts'
import { useRecord } from '../../../app/context.tsx'
import { useLookups } from '../../record/lookups.ts'
import { useSettings } from '../settings-data.ts'
import { type Activity, useActivity } from './activity.ts'
import type { WorkerViewState } from './create-worker-view.ts'
import { findWorkers, foldAhead } from './find-workers.ts'
import { createRightsCounts } from './rights-counts.ts'
import { sortWorkers } from './sort-workers.ts'
import { groupsLine, stringsOf } from './worker-words.ts'

export interface WorkerListData {
  readonly rows: Accessor<readonly Row[]>
  readonly rightsOf: (id: string) => number | undefined
  readonly activityOf: (id: string) => Activity | undefined
  /** The name of the account that is filtered by. */
  readonly accountName: Accessor<string>
}

/** A millisecond or two of work. */
const FOLDED_AT_ONCE = 500
const FOLD_AFTER_MS = 100

export function useWorkerList(view: WorkerViewState): WorkerListData {
  const data = useSettings()
  const activity = useActivity()
  const counts = createRightsCounts(data.directory, data.now)
  const activityOf = (id: string) => activity().get(id)

  const mapped = createMemo(() => [
    ...new Set(data.workers().flatMap((row) => stringsOf(row.mappedAccounts))),
  ])
  const lookups = useLookups(() => mapped().map((id) => recordKey('account', id)))
  const accountWords = createMemo(() => {
    const words = new Map<string, readonly string[]>()
    for (const id of mapped()) words.set(id, foldWords(lookups.nameOf('account', id) ?? ''))
    return words
  })
  const account = useRecord(() => {
    const { account: id } = view.filters()
    return id === null ? null : { kind: 'account', id }
  })

  // In slices, when the list has been drawn.
  createEffect(() => {
    const all = data.workers()
    let at = 0
    const next = () => {
      foldAhead(all.slice(at, at + FOLDED_AT_ONCE))
      at += FOLDED_AT_ONCE
      if (at < all.length) timer = setTimeout(next)
    }
    let timer = setTimeout(next, FOLD_AFTER_MS)
    onCleanup(() => clearTimeout(timer))
  })

  // Ordered before it is filtered: a letter that is typed orders nothing.
  const sorted = createMemo(() => {
    const sort = view.sort()
    if (sort.by === 'rights') counts.want(data.workers().map(({ id }) => id))
    const directory = data.directory()
    return sortWorkers(data.workers(), sort, {
      groupsOf: (row) => groupsLine(row, directory),
      rightsOf: (id) => (sort.by === 'rights' ? counts.of(id) : undefined),
      activityOf,
    })
  })
  const rows = createMemo(() =>
    findWorkers(sorted(), view.query(), view.filters(), {
      directory: data.directory(),
      markOf: data.markOf,
      accountWords: (id) => accountWords().get(id) ?? [],
      account: account()?.row ?? null,
      now: data.now(),
    }),
  )
  return {
    rows,
    rightsOf: counts.of,
    activityOf,
    accountName: () => String(account()?.row.name ?? view.filters().account ?? ''),
  }
}
