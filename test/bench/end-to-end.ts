/**
 * The whole server over 50 sockets, durable commit and every rule on, against y-websocket's own server, in memory and
 * without any (DESIGN 10). Both run in a process of their own with the same clients.
 *
 * An update counts when every reader of its room has received it: from ours that means judged, committed and synced to
 * disk. Once 25 records with a writer and a reader each, once one record that 49 read while one writes. Each round has
 * records of its own, so that no figure depends on how many rounds there are.
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
      const rooms = await prepare(folder, rounds + 1)
      const ambit = await startAmbit(['--data', folder, '--no-demo'], { env: { AMBIT_RATE: '0' } })
      const peer = await startPeer()
      try {
        const inPairs = await takeTurns(rounds, {
          ours: (n) => perSecond(loadsOf(ambit.url, rooms[n]?.pairs ?? [], 1), UPDATES_EACH),
          peer: (n) => perSecond(loadsOf(peer.url, rooms[n]?.pairs ?? [], 1), UPDATES_EACH),
        })
        const inOneRoom = await takeTurns(rounds, {
          ours: (n) => perSecond(loadsOf(ambit.url, rooms[n]?.crowd ?? [], SOCKETS - 1), UPDATES_ALONE),
          peer: (n) => perSecond(loadsOf(peer.url, rooms[n]?.crowd ?? [], SOCKETS - 1), UPDATES_ALONE),
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
        await ambit.stop()
        await peer.stop()
      }
    }),
}

/** One for each room; both servers begin with the same record and the same writer. */
function loadsOf(url: string, rooms: readonly PreparedRoom[], readers: number): RoomLoad[] {
  return rooms.map(
    ({ id, token, state, clientId }) =>
      new RoomLoad({
        url: `${url.replace('http', 'ws')}/rooms/account/${id}`,
        headers: { authorization: `Bearer ${token}` },
        readers,
        ahead: AHEAD,
        state,
        clientId,
      }),
  )
}

/** Updates a second that all readers have seen. Opening and closing the sockets is not counted. */
async function perSecond(loads: readonly RoomLoad[], updates: number): Promise<number> {
  try {
    for (const load of loads) await load.open()
    for (const load of loads) load.prepare(updates)
    const ms = await timeOfAsync(() => Promise.all(loads.map((load) => load.run())))
    return (loads.length * updates * 1_000) / ms
  } finally {
    for (const load of loads) load.close()
  }
}

interface PreparedRoom {
  readonly id: string
  readonly token: string
  readonly state: Uint8Array
  readonly clientId: number
}

/** The records of one round. */
interface PreparedRound {
  readonly pairs: readonly PreparedRoom[]
  readonly crowd: readonly PreparedRoom[]
}

/** Accounts of one rep each, who is the same in every round. */
async function prepare(folder: string, rounds: number): Promise<readonly PreparedRound[]> {
  const { gate, storage, now, close } = await openOrganisation({
    dataDir: folder,
    log: createLogger('error'),
    rate: 0,
  })
  try {
    await seedPreconfigured(gate, 'Bench')
    const reps = Array.from({ length: PAIRS + 1 }, (_, n) => `r${n}`)
    const idsOf = (round: number) => reps.map((rep) => `${rep}-${round}`)
    const numbers = Array.from({ length: rounds }, (_, n) => n)
    await createAll(gate, [
      ...reps.map((id) => ({
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
      ...numbers.flatMap((round) =>
        idsOf(round).map((id, n) => ({
          kind: 'account' as const,
          id,
          fields: { name: `Account ${id}`, repCodes: [reps[n]], phone: '555 0100', country: 'US' },
        })),
      ),
    ])
    const tokens = await Promise.all(reps.map((rep) => saveSession(storage, rep, now())))
    return await Promise.all(
      numbers.map(async (round) => {
        const ids = idsOf(round)
        const stored = await storage.load(ids.map((id) => ({ kind: 'account', id })))
        const prepared = ids.map((id, n) => {
          const state = stored.get(`account/${id}`)?.state
          const token = tokens[n]
          if (!state || token === undefined) throw new Error(`account ${id} has no state`)
          return { id, state, token, clientId: 1_000 + round * ids.length + n }
        })
        return { pairs: prepared.slice(0, PAIRS), crowd: prepared.slice(PAIRS) }
      }),
    )
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
