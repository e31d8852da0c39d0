/**
 * Effective rights of a large organisation, and what one change of a group costs (DESIGN 10).
 *
 * 10,000 workers in three groups each, of 1,000 groups that stand in trees five deep with allows and denies on every
 * level; every second worker holds rights of their own. From scratch: nothing is known of any group. Then one group
 * with 1,000 members changes, and all of them are compiled anew.
 *
 * The peer asks the rules in words, feature by feature, as the second evaluator of the tests does, for a hundredth of
 * the workers; its time is told for as many workers as ours.
 */
import { makeDirectory, withGroup } from '../../core/access/directory.ts'
import { effectiveRights } from '../../core/access/effective-rights.ts'
import { compile } from '../../core/access/principal.ts'
import type { Directory, Group, Worker } from '../../core/access/types.ts'
import { catalogueWith, shippedCatalogue } from '../../core/catalogue/features.ts'
import { NaiveEvaluator } from '../core/access/naive-evaluator.ts'
import type { Bench } from './bench.ts'
import { atMost, takeTurns, timeOf } from './measure.ts'
import { makeRandom, makeWorker } from './organisations.ts'

const WORKERS = 10_000
const GROUPS = 1_000
const DEPTH = 5
const MEMBERS = 1_000
/** The peer is asked about every so-manyth. */
const SAMPLE = 100
const changedId = 'changed'

export const bench: Bench = {
  title: `effective rights of ${WORKERS.toLocaleString('en-GB')} workers in ${GROUPS.toLocaleString('en-GB')} groups, ${DEPTH} deep`,
  async run({ rounds }) {
    const groups = makeGroups()
    const workers = makeWorkers(groups)
    const known = makeDirectory(shippedCatalogue, workers, groups, 1)
    const members = known.membersByGroup.get(changedId) ?? []
    if (members.length !== MEMBERS) throw new Error(`the group has ${members.length} members`)
    for (const id of members) compile(known, id, 0)

    const turns = await takeTurns(rounds, {
      scratch: () => timeOf(() => everybody(workers, groups)),
      naive: () => naively(known, workers),
      compiled: () => timeOf(() => compileEverybody(workers, groups)),
    })
    const change = await takeTurns(rounds * 3, {
      rights: (round) =>
        oneChange(known, members, round, (directory, worker) => effectiveRights(directory, worker, 0)),
      principals: (round) =>
        oneChange(known, members, round, (directory, { id }) => compile(directory, id, 0)),
    })
    return [
      {
        what: 'rights of all, from scratch',
        unit: 'ms',
        ours: turns.scratch,
        peer: { name: 'rule by rule', figures: turns.naive },
        budgets: [atMost(250, '250 ms')],
      },
      {
        what: 'whole principals of all, from scratch',
        unit: 'ms',
        ours: turns.compiled,
        peer: null,
        budgets: [],
      },
      {
        what: 'a group with 1,000 members changes: their rights',
        unit: 'ms',
        ours: change.rights,
        peer: null,
        budgets: [atMost(10, '10 ms')],
      },
      {
        what: 'the same: their whole principals',
        unit: 'ms',
        ours: change.principals,
        peer: null,
        budgets: [],
      },
    ]
  },
}

/** With a catalogue, a directory and groups that nobody has seen. */
function anew(workers: readonly Worker[], groups: readonly Group[]): Directory {
  return makeDirectory(catalogueWith([]), workers, groups, 1)
}

function everybody(workers: readonly Worker[], groups: readonly Group[]): void {
  const directory = anew(workers, groups)
  for (const worker of workers) effectiveRights(directory, worker, 0)
}

function compileEverybody(workers: readonly Worker[], groups: readonly Group[]): void {
  const directory = anew(workers, groups)
  for (const { id } of workers) compile(directory, id, 0)
}

function naively(directory: Directory, workers: readonly Worker[]): number {
  const naive = new NaiveEvaluator(directory)
  const some = workers.filter((_, n) => n % SAMPLE === 0)
  const ms = timeOf(() => {
    for (const { id } of some)
      for (const { id: feature } of directory.catalogue.features) naive.holds(id, feature, 0)
  })
  return ms * SAMPLE
}

function oneChange(
  known: Directory,
  members: readonly string[],
  round: number,
  work: (directory: Directory, worker: Worker) => unknown,
): number {
  const group = known.groups.get(changedId) as Group
  const features = new Map(group.features).set('crm.export', round % 2 === 0 ? 'deny' : 'allow')
  return timeOf(() => {
    const after = withGroup(known, { ...group, features }, 2)
    for (const id of members) work(after, after.workers.get(id) as Worker)
  })
}

function makeGroups(): readonly Group[] {
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

function makeWorkers(groups: readonly Group[]): readonly Worker[] {
  const random = makeRandom(11)
  const { features } = shippedCatalogue
  const others = groups.filter(({ id }) => id !== changedId)
  return Array.from({ length: WORKERS }, (_, n) => {
    const own = [random(others.length), random(others.length), random(others.length)]
    const ids = own.map((at) => others[at]?.id ?? '')
    return makeWorker(`w${n}`, {
      groups: n < MEMBERS ? [changedId, ...ids.slice(1)] : ids,
      repCodes: [`R${n % 500}`],
      rights: n % 2 === 0 ? [] : [features[random(features.length)]?.id ?? ''],
    })
  })
}
