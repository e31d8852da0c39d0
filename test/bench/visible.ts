/**
 * The accounts that one rep may see, among very many; and the first page of the list (DESIGN 10).
 *
 * Everybody's accounts lie in one table, eighty to a rep code. Asked is what the server asks for an HTTP list. The peer
 * is SQL without our index: every row of the kind looked at, by the keys that it carries.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDirectory } from '../../core/access/directory.ts'
import { compile } from '../../core/access/principal.ts'
import { accountKeys } from '../../core/access/scope.ts'
import type { Principal } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { listVisible } from '../../sync-server/http/visible-records.ts'
import { databaseFile, openSqliteStorage } from '../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import type { Storage, StoredRecord } from '../../sync-server/storage/storage.ts'
import type { Bench } from './bench.ts'
import { atMost, takeTurns, timeOf, timeOfAsync } from './measure.ts'
import { makeRandom, makeWorker, shippedGroups } from './organisations.ts'
import { withFolder } from './with-folder.ts'

const PER_REP = 80
const IN_ONE_COMMIT = 20_000
const PAGE = 50

export const bench: Bench = {
  title: 'visible accounts by index',
  run: ({ rounds, accounts, note }) =>
    withFolder(async (folder) => {
      const storage = await openSqliteStorage(folder)
      const plain = new DatabaseSync(join(folder, databaseFile), { readOnly: true })
      try {
        const seconds = (await timeOfAsync(() => fill(storage, accounts))) / 1_000
        const budgetSize = accounts < 1_000_000 ? '; the budget names 1,000,000: --accounts 1000000' : ''
        note(`${accounts.toLocaleString('en-GB')} accounts, written in ${seconds.toFixed(0)} s${budgetSize}`)
        const rep = principalOf('rhea', 'rep')
        const all = principalOf('max', 'all')
        const scan = plain.prepare(`
          SELECT row FROM records WHERE kind = 'account'
          AND EXISTS (SELECT 1 FROM json_each(keys) WHERE value = ?) ORDER BY sort LIMIT ?`)
        const scanned = (limit: number) => () => timeOf(() => expect(scan.all('rep:R7', limit).length, limit))
        const listed =
          (principal: Principal, limit: number, words: readonly string[] = []) =>
          () =>
            timeOfAsync(async () => {
              const question = { kind: 'account' as const, words, limit, cursor: null }
              const { rows, total } = await listVisible(storage, principal, question)
              expect(rows.length, Math.min(limit, total))
              if (words.length === 0) expect(total, principal === rep ? PER_REP : accounts)
            })
        const few = await takeTurns(Math.min(rounds, 3), {
          scanAll: scanned(PER_REP),
          scanPage: scanned(PAGE),
        })
        const turns = await takeTurns(rounds, {
          visible: listed(rep, PER_REP),
          page: listed(rep, PAGE),
          pageOfAll: listed(all, PAGE),
          search: listed(rep, PAGE, ['oak', 'lt']),
          searchAll: listed(all, PAGE, ['oak', 'seat']),
        })
        const scanPeer = (figures: typeof few.scanAll) => ({ name: 'scan in SQL', figures })
        const budgets = [atMost(10, '10 ms')]
        return [
          {
            what: `a rep’s ${PER_REP} accounts`,
            unit: 'ms',
            ours: turns.visible,
            peer: scanPeer(few.scanAll),
            budgets,
          },
          {
            what: 'first page of the rep’s list, with total',
            unit: 'ms',
            ours: turns.page,
            peer: scanPeer(few.scanPage),
            budgets,
          },
          {
            what: 'first page of all accounts, with total',
            unit: 'ms',
            ours: turns.pageOfAll,
            peer: null,
            budgets,
          },
          { what: 'search among the rep’s', unit: 'ms', ours: turns.search, peer: null, budgets: [] },
          { what: 'search among all', unit: 'ms', ours: turns.searchAll, peer: null, budgets: [] },
        ]
      } finally {
        plain.close()
        await storage.close()
      }
    }),
}

function expect(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} rows instead of ${wanted}`)
}

function principalOf(id: string, accountsQueryType: 'rep' | 'all'): Principal {
  const worker = makeWorker(id, { accountsQueryType, repCodes: ['R7'], groups: ['sales-rep'] })
  return compile(makeDirectory(shippedCatalogue, [worker], shippedGroups(), 1), id, 0)
}

const firstWords = ['Oak', 'Ash', 'Elm', 'Birch', 'Cedar', 'Maple', 'Willow', 'Acacia', 'Hazel', 'Rowan']
const lastWords = ['Ltd', 'Inc', 'Sports', 'Cycles', 'Outfitters', 'Works', 'Stores', 'Trading']
const cities = ['Seattle', 'Oslo', 'Turin', 'Lyon', 'Leeds', 'Austin', 'Denver', 'Bergen']

async function fill(storage: Storage, accounts: number): Promise<void> {
  const random = makeRandom(3)
  const oneOf = (words: readonly string[]) => words[random(words.length)] ?? ''
  const codes = Math.max(1, Math.floor(accounts / PER_REP))
  for (let from = 0; from < accounts; from += IN_ONE_COMMIT) {
    const count = Math.min(IN_ONE_COMMIT, accounts - from)
    const records = Array.from({ length: count }, (_, at): StoredRecord => {
      const n = from + at
      // The last few, when the number does not divide, belong to a code of their own.
      const code = Math.floor(n / codes) < PER_REP ? `R${n % codes}` : 'REST'
      const row: Row = {
        id: `acc-${n}`,
        kind: 'account',
        seq: n + 1,
        aId: `A-${n}`,
        name: `${oneOf(firstWords)} ${oneOf(lastWords)} ${random(accounts)}`,
        repCodes: [code],
        territory: oneOf(cities),
        country: 'US',
        phone: `555 ${1_000 + random(9_000)}`,
        active: true,
      }
      const keys = [...accountKeys(row)].sort()
      return { kind: 'account', id: row.id, seq: n + 1, epoch: 1, state: null, row, keys }
    })
    await storage.commit({
      records,
      journal: [],
      departures: [],
      verdicts: [],
      quarantine: [],
      conflicts: [],
      leases: [],
      settlements: [],
    })
  }
}
