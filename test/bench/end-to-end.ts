/**
 * The whole server over 50 sockets, durable commit and every rule on, against y-websocket's own server, in memory and
 * without any (DESIGN 10). Both run in a process of their own with the same clients.
 *
 * An update counts when every reader of its room has received it: from ours that means judged, committed and synced to
 * disk. Once 25 records with a writer and a reader each, once one record that 49 read while one writes.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createLogger } from '../../sync-server/log.ts'
import { openOrganisation } from '../../sync-server/organisation.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { startAmbit } from '../support/ambit-process.ts'
import type { Bench } from './bench.ts'
import { atLeastTimes, takeTurns, timeOfAsync } from './measure.ts'
import { RoomLoad } from './room-load.ts'
import { saveSession } from './save-session.ts'
import { withFolder } from './with-folder.ts'

const SOCKETS = 50
const PAIRS = SOCKETS / 2
const UPDATES_EACH = 400
const UPDATES_ALONE = 600
const AHEAD = 32

export const bench: Bench = {
  title: `end to end, ${SOCKETS} sockets, against y-websocket's own server`,
  run: ({ rounds }) =>
    withFolder(async (folder) => {
      const rooms = await prepare(folder)
      const ambit = await startAmbit(['--data', folder, '--no-demo'], { env: { AMBIT_RATE: '0' } })
      const peer = await startPeer()
      const loads: RoomLoad[] = []
      try {
        const open = async (
          url: string,
          some: readonly PreparedRoom[],
          readers: number,
          clientId: number,
        ) => {
          const opened = some.map(
            ({ id, token, state }, n) =>
              new RoomLoad({
                url: `${url.replace('http', 'ws')}/rooms/account/${id}`,
                headers: { authorization: `Bearer ${token}` },
                readers,
                ahead: AHEAD,
                state,
                clientId: clientId + n,
              }),
          )
          loads.push(...opened)
          for (const load of opened) await load.open()
          return opened
        }
        const pairs = rooms.slice(0, PAIRS)
        const pairsOfOurs = await open(ambit.url, pairs, 1, 1_000)
        const pairsOfPeer = await open(peer.url, pairs, 1, 1_000)
        const inPairs = await takeTurns(rounds, {
          ours: () => perSecond(pairsOfOurs, UPDATES_EACH),
          peer: () => perSecond(pairsOfPeer, UPDATES_EACH),
        })
        for (const load of loads) load.close()
        const crowd = rooms.slice(PAIRS)
        const crowdOfOurs = await open(ambit.url, crowd, SOCKETS - 1, 2_000)
        const crowdOfPeer = await open(peer.url, crowd, SOCKETS - 1, 2_000)
        const inOneRoom = await takeTurns(rounds, {
          ours: () => perSecond(crowdOfOurs, UPDATES_ALONE),
          peer: () => perSecond(crowdOfPeer, UPDATES_ALONE),
        })
        const name = 'y-websocket'
        return [
          {
            what: `${PAIRS} records, a writer and a reader each`,
            unit: '/s',
            ours: inPairs.ours,
            peer: { name, figures: inPairs.peer },
            budgets: [atLeastTimes(1.5)],
          },
          {
            what: `one record, one writer, ${SOCKETS - 1} readers`,
            unit: '/s',
            ours: inOneRoom.ours,
            peer: { name, figures: inOneRoom.peer },
            budgets: [],
          },
        ]
      } finally {
        for (const load of loads) load.close()
        await ambit.stop()
        await peer.stop()
      }
    }),
}

/** Updates a second that all readers have seen. */
async function perSecond(loads: readonly RoomLoad[], updates: number): Promise<number> {
  for (const load of loads) load.prepare(updates)
  const ms = await timeOfAsync(() => Promise.all(loads.map((load) => load.run())))
  return (loads.length * updates * 1_000) / ms
}

interface PreparedRoom {
  readonly id: string
  readonly token: string
  readonly state: Uint8Array
}

/** One rep and one account a room: the pairs' first, the crowd's last. */
async function prepare(folder: string): Promise<readonly PreparedRoom[]> {
  const { gate, storage, now, close } = await openOrganisation({
    dataDir: folder,
    log: createLogger('error'),
    rate: 0,
  })
  try {
    await seedPreconfigured(gate, 'Bench')
    const names = Array.from({ length: PAIRS + 1 }, (_, n) => `r${n}`)
    await createAll(gate, [
      ...names.map((id) => ({
        kind: 'worker' as const,
        id,
        fields: {
          username: id,
          firstName: id,
          accountsQueryType: 'rep',
          repCodes: [id],
          groups: [{ id: 'sales-rep', from: null, until: null }],
        },
      })),
      ...names.map((id) => ({
        kind: 'account' as const,
        id,
        fields: { name: `Account ${id}`, repCodes: [id], phone: '555 0100', country: 'US' },
      })),
    ])
    const rooms: PreparedRoom[] = []
    for (const id of names) {
      const state = (await storage.load([{ kind: 'account', id }])).get(`account/${id}`)?.state
      if (!state) throw new Error(`account ${id} has no state`)
      rooms.push({ id, state, token: await saveSession(storage, id, now()) })
    }
    return rooms
  } finally {
    await close()
  }
}

async function startPeer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'peer-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const address = /ready at (http:\S+)/.exec(text)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('close', (code) => reject(new Error(`the peer's server ended with ${code}`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await closed
    },
  }
}
