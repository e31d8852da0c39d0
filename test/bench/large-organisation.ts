/**
 * 10,000 workers in three groups each, of 1,000 groups that stand in trees five deep with allows and denies on every
 * level; every second worker holds rights of their own. The organisation of the budgets (DESIGN 10).
 */
import type { Group, Worker } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import { makeRandom, makeWorker } from './organisations.ts'

export const WORKERS = 10_000
export const GROUPS = 1_000
export const DEPTH = 5
/** The group that changes, and how many are in it. */
export const changedId = 'changed'
export const MEMBERS = 1_000

export function makeGroups(): readonly Group[] {
  const random = makeRandom(7)
  const { features } = shippedCatalogue
  return Array.from({ length: GROUPS }, (_, n) => {
    // Five on each other's shoulders, two hundred times; the first group's id is the one that changes.
    const level = n % DEPTH
    const entries = Array.from({ length: 6 }, (_, at) => {
      const feature = features[random(features.length)]
      return [feature?.id ?? '', at === 0 && level > 0 ? 'deny' : 'allow'] as const
    })
    return {
      id: n === DEPTH - 1 ? changedId : `g${n}`,
      code: `g${n}`,
      name: `Group ${n}`,
      type: 'user',
      parentId: level === 0 ? null : `g${n - 1}`,
      enabled: true,
      features: new Map(entries),
    } satisfies Group
  })
}

export function makeWorkers(groups: readonly Group[], count = WORKERS): readonly Worker[] {
  const random = makeRandom(11)
  const { features } = shippedCatalogue
  const others = groups.filter(({ id }) => id !== changedId)
  return Array.from({ length: count }, (_, n) => {
    const own = [random(others.length), random(others.length), random(others.length)]
    const ids = own.map((at) => others[at]?.id ?? '')
    return makeWorker(`w${n}`, {
      groups: n < MEMBERS ? [changedId, ...ids.slice(1)] : ids,
      repCodes: [`R${n % 500}`],
      rights: n % 2 === 0 ? [] : [features[random(features.length)]?.id ?? ''],
    })
  })
}
