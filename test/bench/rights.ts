/**
 * Effective rights of a large organisation, and what one change of a group costs (DESIGN 10).
 *
 * From scratch: nothing is known of any group. What a worker holds is worked out at once, the reasons when somebody
 * asks; so the same is measured with every decision asked for. Then one group with 1,000 members changes, and all of them
 * are compiled anew; and the hard rules judge that change, made by somebody who is no full administrator.
 *
 * The peer asks the rules in words, feature by feature, as the second evaluator of the tests does, for a hundredth of
 * the workers; its time is told for as many workers as ours.
 */
import { checkChange, decideOverWorker } from '../../core/access/check-change.ts'
import { makeDirectory, withGroup } from '../../core/access/directory.ts'
import { effectiveRights, type Rights } from '../../core/access/effective-rights.ts'
import { compile } from '../../core/access/principal.ts'
import type { Directory, Group, Principal, Worker } from '../../core/access/types.ts'
import { catalogueWith, shippedCatalogue } from '../../core/catalogue/features.ts'
import { NaiveEvaluator } from '../core/access/naive-evaluator.ts'
import type { Bench } from './bench.ts'
import { atMost, takeTurns, timeOf } from './measure.ts'
import { makeWorker } from './organisations.ts'
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
      reasons: () => timeOf(() => everybody(workers, groups, (rights) => [...rights.values()])),
      compiled: () => timeOf(() => compileEverybody(workers, groups)),
    })
    const change = await takeTurns(rounds * 3, {
      rights: (round) =>
        oneChange(known, members, round, (directory, worker) => effectiveRights(directory, worker, 0)),
      principals: (round) =>
        oneChange(known, members, round, (directory, { id }) => compile(directory, id, 0)),
      check: (round) => timeOf(() => check(known, round)),
      over: () => timeOf(() => decideOverWorker(manager(known), known, members[0] ?? '', 0)),
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
        what: 'the same, with every decision and its reasons',
        unit: 'ms',
        ours: turns.reasons,
        peer: null,
        // Nobody asks for all of them: a device is sent its own, a screen shows one worker's.
        budgets: [],
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
        budgets: [atMost(10, '10 ms')],
      },
      {
        what: 'the same: the hard rules, before and after',
        unit: 'ms',
        ours: change.check,
        peer: null,
        budgets: [],
      },
      {
        what: 'whether one worker’s e-mail may be changed',
        unit: 'ms',
        ours: change.over,
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

function everybody(
  workers: readonly Worker[],
  groups: readonly Group[],
  ask: (rights: Rights) => unknown = () => undefined,
): void {
  const directory = anew(workers, groups)
  for (const worker of workers) ask(effectiveRights(directory, worker, 0))
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
  return timeOf(() => {
    const after = changed(known, round)
    for (const id of members) work(after, after.workers.get(id) as Worker)
  })
}

function changed(known: Directory, round: number): Directory {
  const group = known.groups.get(changedId) as Group
  const features = new Map(group.features).set('crm.export', round % 2 === 0 ? 'deny' : 'allow')
  return withGroup(known, { ...group, features }, 2)
}

/** Admitted, so that nobody was left out: the author holds and reaches all that a member can. */
function check(before: Directory, round: number): void {
  const changes = [{ kind: 'group' as const, id: changedId }]
  const after = changed(before, round)
  const decision = checkChange({ before, after, author: manager(before), now: 0, changed: changes })
  if (decision.outcome === 'denied') throw new Error('the change should have been admitted')
}

/** Every feature by direct rights, and every account; but no member of the Administrative group. */
function manager({ catalogue }: Directory): Principal {
  const rights = catalogue.features.map(({ id }) => id)
  const worker = makeWorker('boss', { accountsQueryType: 'all', rights, groups: [] })
  return compile(makeDirectory(catalogue, [worker], [], 1), 'boss', 0)
}
