/**
 * Effective rights of a large organisation, and what one change of a group costs (DESIGN 10).
 *
 * From scratch: nothing is known of any group. Then one group with 1,000 members changes, and all of them are compiled
 * anew.
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
import { changedId, DEPTH, GROUPS, makeGroups, makeWorkers, MEMBERS, WORKERS } from './large-organisation.ts'

/** The peer is asked about every so-manyth. */
const SAMPLE = 100

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
