/**
 * A device comes back after a day with 50 changes: from opening its socket to being level with the server, on a server
 * with ten times the records of another, and with a hundred times those of a third (DESIGN 10). What the device then does with the pages is measured in a browser.
 *
 * The device of a manager who reaches everything; its first sync is real, and told beside as what coming back saves.
 */
import { createLogger } from '../../sync-server/log.ts'
import { startServer } from '../../sync-server/main.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { people } from '../support/people.ts'
import type { Bench } from './bench.ts'
import { BenchDevice } from './bench-device.ts'
import { createAccounts } from './create-accounts.ts'
import { atMost, atMostTimes, spreadOf, takeTurns, timeOfAsync } from './measure.ts'
import { saveSession } from './save-session.ts'
import { withFolder } from './with-folder.ts'

const CHANGES = 50
/** What ten times the records may cost: more than nothing, because two times of a busy machine differ. */
const SAME = 1.3

export const bench: Bench = {
  title: `a device comes back after ${CHANGES} changes`,
  run: ({ rounds, records, note }) =>
    withFolder((smallest) =>
      withFolder((small) =>
        withFolder(async (largest) => {
          const sides = {
            large: await prepare(largest, records, note),
            small: await prepare(small, Math.round(records / 10), note),
            smallest: await prepare(smallest, Math.round(records / 100), note),
          }
          const { large } = sides
          try {
            const turns = await takeTurns(rounds, {
              smallest: sides.smallest.comeBack,
              small: sides.small.comeBack,
              large: large.comeBack,
            })
            return [
              ...(['small', 'smallest'] as const).map((peer) => ({
                what: `with ${large.held.toLocaleString('en-GB')} records`,
                unit: 'ms' as const,
                ours: turns.large,
                peer: { name: `with ${sides[peer].held.toLocaleString('en-GB')}`, figures: turns[peer] },
                budgets: [atMost(300, '300 ms'), atMostTimes(SAME)],
              })),
              {
                what: 'beside its first sync',
                unit: 'ms',
                ours: turns.large,
                peer: { name: 'first sync', figures: spreadOf([large.firstSyncMs]) },
                budgets: [],
              },
            ]
          } finally {
            for (const { server } of Object.values(sides)) await server.close()
          }
        }),
      ),
    ),
}

async function prepare(folder: string, records: number, note: (text: string) => void) {
  let ids: readonly string[] = []
  let seconds = 0
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    dataDir: folder,
    rate: 0,
    clientDir: null,
    log: createLogger('error'),
    async prepare({ gate }) {
      await seedPreconfigured(gate, 'Bench')
      await createAll(gate, people)
      // Each account has its House Contact.
      ids = Array.from({ length: Math.round(records / 2) }, (_, n) => `acc-${n}`)
      seconds = (await timeOfAsync(() => createAccounts(gate, ids))) / 1_000
    },
  })
  const token = await saveSession(server.organisation.storage, 'max', server.organisation.now())
  const device = new BenchDevice(server.url, 'max', token)
  const head = async () => (await server.organisation.storage.head()).number
  const firstSyncMs = await device.catchUp(await head())
  const held = device.received
  note(
    `${held.toLocaleString('en-GB')} records made by the gate in ${seconds.toFixed(0)} s, ` +
      `sent to a new device in ${(firstSyncMs / 1_000).toFixed(1)} s`,
  )

  let changed = 0
  async function comeBack(): Promise<number> {
    for (let n = 0; n < CHANGES; n++, changed++) {
      // Spread over the organisation, not the latest ones.
      const id = ids[(changed * 7_919) % ids.length] ?? ''
      const verdict = await server.organisation.gate.submit({
        type: 'writes',
        author: { type: 'operator' },
        via: 'operator',
        record: { kind: 'account', id },
        creates: false,
        writes: [{ field: 'phone', value: `555 ${changed}` }],
      })
      if (verdict.type !== 'merged') throw new Error(`not merged: ${JSON.stringify(verdict)}`)
    }
    const before = device.received
    const ms = await device.catchUp(await head())
    const came = device.received - before
    if (came !== CHANGES) throw new Error(`${came} records came instead of ${CHANGES}`)
    return ms
  }
  return { server, comeBack, firstSyncMs, held }
}
