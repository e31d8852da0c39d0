/** The towns of the accounts that are seen, from their addresses: read for those rows alone. */
import { createEffect, createSignal, on } from 'solid-js'
import { useLiveQuery } from '../../app/context.tsx'
import { term } from '../../replica/terms.ts'

/** Kept at most, so that scrolling through a long list does not gather all of it. */
const KEPT_MAX = 1_000

export function useTowns(seen: () => readonly string[]): (accountId: string) => string | undefined {
  const [towns, setTowns] = createSignal<ReadonlyMap<string, string>>(new Map())
  const found = useLiveQuery((db) => {
    const ids = seen()
    if (ids.length === 0) return null
    const terms = ids.map((id) => term('address', `account:${id}`))
    return async () => {
      const addresses = await db.records.where('terms').anyOf(terms).toArray()
      return addresses.flatMap(({ row: { accountId, city } }) =>
        typeof accountId === 'string' && typeof city === 'string' && city !== ''
          ? [[accountId, city] as const]
          : [],
      )
    }
  })
  createEffect(
    on(found, (pairs) => {
      if (pairs === undefined) return
      setTowns((before) => new Map([...(before.size > KEPT_MAX ? [] : before), ...[...pairs].reverse()]))
    }),
  )
  return (accountId) => towns().get(accountId)
}
