/**
 * A dry run while the admin types (P28): one entry of a group with 1,000 members is changed, and it is told who gains
 * and loses what and whether it would be refused. By an administrator, and by a manager of groups, for whom every
 * member is compared with what the manager holds, now and at each date to come (P15).
 *
 * The peer compiles all 10,000 workers before and after, as one would without knowing whom a change touches.
 */
import { makeDirectory, withGroup } from '../../core/access/directory.ts'
import { dryRun } from '../../core/access/dry-run.ts'
import { compile } from '../../core/access/principal.ts'
import type { Directory, Group, Worker } from '../../core/access/types.ts'
import { administratorsId } from '../../core/catalogue/preconfigured-groups.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import type { Bench } from './bench.ts'
import { takeTurns, timeOf } from './measure.ts'
import { makeRandom, makeWorker, shippedGroups } from './organisations.ts'

const WORKERS = 10_000
const MEMBERS = 1_000
const changedId = 'changed'
const feature = 'SU-ALLOW-ACCOUNT-EDITS'

export const bench: Bench = {
  title: `a dry run of one entry of a group with ${MEMBERS.toLocaleString('en-GB')} of ${WORKERS.toLocaleString('en-GB')} workers`,
  async run({ rounds }) {
    const directory = makeOrganisation()
    const turns = await takeTurns(rounds * 3, {
      administrator: (round) => oneDryRun(directory, 'ada', round),
      manager: (round) => oneDryRun(directory, 'max', round),
      everybody: (round) => compileAll(directory, round),
    })
    const peer = { name: 'everybody, twice', figures: turns.everybody }
    return [
      { what: 'asked by an administrator', unit: 'ms', ours: turns.administrator, peer, budgets: [] },
      { what: 'asked by who manages groups', unit: 'ms', ours: turns.manager, peer, budgets: [] },
    ]
  },
}

function oneDryRun(directory: Directory, authorId: string, round: number): number {
  const author = compile(directory, authorId, 0)
  // Another name each time: nothing of a former round is known of the group.
  const row: Row = {
    id: changedId,
    kind: 'group',
    seq: 1,
    code: changedId,
    name: `Changed ${round}`,
    type: 'user',
    enabled: true,
    parentId: 'sales-rep',
    features: { [feature]: 'deny' },
  }
  let touched = 0
  const ms = timeOf(() => {
    const { decision, effects } = dryRun(directory, author, [{ row, fields: [`features/${feature}`] }], 0)
    if (decision.outcome === 'denied') throw new Error(`${authorId} may not: ${decision.reasons[0]?.code}`)
    touched = effects.length
  })
  if (touched < MEMBERS / 2) throw new Error(`only ${touched} workers are touched`)
  return ms
}

function compileAll(directory: Directory, round: number): number {
  const group = directory.groups.get(changedId) as Group
  return timeOf(() => {
    const after = withGroup(
      directory,
      { ...group, name: `All ${round}`, features: new Map([[feature, 'deny']]) },
      2,
    )
    for (const id of directory.workers.keys()) {
      compile(directory, id, 0)
      compile(after, id, 0)
    }
  })
}

function makeOrganisation(): Directory {
  const random = makeRandom()
  const groups: readonly Group[] = [
    ...shippedGroups(),
    {
      id: changedId,
      code: changedId,
      name: 'Changed',
      type: 'user',
      parentId: 'sales-rep',
      enabled: true,
      features: new Map(),
    },
  ]
  const workers: readonly Worker[] = [
    makeWorker('ada', { groups: [administratorsId] }),
    makeWorker('max', {
      groups: ['sales-manager'],
      accountsQueryType: 'all',
      rights: ['settings.workers', 'settings.groups'],
    }),
    ...Array.from({ length: WORKERS }, (_, n) =>
      makeWorker(`w${n}`, {
        groups: n < MEMBERS ? [changedId, 'customer-service'] : ['sales-rep'],
        repCodes: [`R${random(2_000)}`],
      }),
    ),
  ]
  return makeDirectory(shippedCatalogue, workers, groups, 1)
}
