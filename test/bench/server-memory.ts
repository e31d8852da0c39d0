/**
 * Memory of the server's process: what an idle socket takes, and whether it grows with the records that are stored.
 *
 * A thousand devices that have said hello and are level, a thousand stock clients with a record open each, beside a
 * server with none of them. And a fresh server over 100,000 records beside one over 1,000, before and after a device of
 * somebody who reaches everything has taken all of it.
 */
import { WebSocket } from 'ws'
import { createLogger } from '../../sync-server/log.ts'
import { openOrganisation } from '../../sync-server/organisation.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { people } from '../support/people.ts'
import type { Bench, Line } from './bench.ts'
import { BenchDevice } from './bench-device.ts'
import { createAccounts } from './create-accounts.ts'
import { spreadOf } from './measure.ts'
import { type MeasuredServer, type ServerMemory, startMeasured } from './measured-server.ts'
import { saveSession } from './save-session.ts'
import { withFolder } from './with-folder.ts'

const SOCKETS = 1_000
/** Each takes a process of its own; memory after a collection hardly varies. */
const ROUNDS = 3
const FEW = 1_000
const MANY = 100_000

interface Prepared {
  readonly folder: string
  readonly token: string
  readonly records: number
  /** The last number of its journal. */
  readonly head: number
}

export const bench: Bench = {
  title: 'memory of the server',
  run: ({ note }) =>
    withFolder((fewFolder) =>
      withFolder(async (manyFolder) => {
        const few = await prepare(fewFolder, FEW)
        const many = await prepare(manyFolder, MANY)
        note(
          `${many.records.toLocaleString('en-GB')} records are stored, or ${few.records.toLocaleString('en-GB')}`,
        )
        return [
          ...(await linesOfSockets('a device that is linked and idle', few, linkOf)),
          ...(await linesOfSockets('a stock client with a record open, idle', few, roomOf)),
          ...(await linesOfRecords(few, many)),
        ]
      }),
    ),
}

type Open = (url: string, prepared: Prepared, n: number) => Promise<{ close(): unknown }>

async function linesOfSockets(what: string, prepared: Prepared, open: Open): Promise<Line[]> {
  const figures: ServerMemory[] = []
  for (let round = 0; round < ROUNDS; round++)
    figures.push(
      await withServer(prepared, async (server) => {
        // The first ones have code compiled and pages of the database read, whoever comes after them.
        const first = await openMany(server, prepared, open, 0, SOCKETS / 10)
        const before = await server.memory()
        const sockets = await openMany(server, prepared, open, SOCKETS / 10, SOCKETS)
        const after = await server.memory()
        for (const socket of [...first, ...sockets]) socket.close()
        return { rss: (after.rss - before.rss) / SOCKETS, held: (after.held - before.held) / SOCKETS }
      }),
    )
  return linesOf(what, figures)
}

async function openMany(
  { url }: MeasuredServer,
  prepared: Prepared,
  open: Open,
  from: number,
  count: number,
): Promise<{ close(): unknown }[]> {
  const sockets = []
  for (let n = from; n < from + count; n++) sockets.push(await open(url, prepared, n))
  return sockets
}

const linkOf: Open = (url, { token, head }) => new BenchDevice(url, 'max', token).stay(head)

/** Resolves when the server's step 2 is here. */
async function roomOf(url: string, { token }: Prepared, n: number): Promise<{ close(): void }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rooms/account/acc-${n % (FEW / 2)}`, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  })
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => socket.send(new Uint8Array([0, 0, 1, 0])))
    socket.on('message', (data: Buffer) => data[0] === 0 && data[1] === 1 && resolve(undefined))
  })
  return socket
}

async function linesOfRecords(few: Prepared, many: Prepared): Promise<Line[]> {
  const sides = { few: [] as Readings[], many: [] as Readings[] }
  for (let round = 0; round < ROUNDS; round++) {
    sides.few.push(await readingsOf(few))
    sides.many.push(await readingsOf(many))
  }
  const lines = (['fresh', 'read'] as const).flatMap((when) =>
    (['rss', 'held'] as const).map((part): Line => {
      const of = (side: readonly Readings[]) => spreadOf(side.map((one) => one[when][part] / 1e6))
      return {
        what: `${MANY.toLocaleString('en-GB')} records, ${titles[when]}, ${parts[part]}`,
        unit: 'MB',
        ours: of(sides.many),
        peer: { name: `with ${FEW.toLocaleString('en-GB')}`, figures: of(sides.few) },
        budgets: [],
      }
    }),
  )
  const each = sides.many.map((one, at) => {
    const other = sides.few[at] ?? one
    return (one.fresh.held - other.fresh.held) / (many.records - few.records)
  })
  return [
    ...lines,
    { what: 'a record that is only stored, held', unit: 'B', ours: spreadOf(each), peer: null, budgets: [] },
  ]
}

interface Readings {
  readonly fresh: ServerMemory
  /** After a device has taken everything. */
  readonly read: ServerMemory
}

const titles = { fresh: 'fresh', read: 'after sending all' } as const
const parts = { rss: 'RSS', held: 'held' } as const

function readingsOf(prepared: Prepared): Promise<Readings> {
  return withServer(prepared, async (server) => {
    const fresh = await server.memory()
    const device = await new BenchDevice(server.url, 'max', prepared.token).stay(prepared.head)
    await device.close()
    return { fresh, read: await server.memory() }
  })
}

async function withServer<T>({ folder }: Prepared, use: (server: MeasuredServer) => Promise<T>): Promise<T> {
  const server = await startMeasured(folder)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

function linesOf(what: string, figures: readonly ServerMemory[]): Line[] {
  return (['rss', 'held'] as const).map((part) => ({
    what: `${what}, ${parts[part]}`,
    unit: 'B',
    ours: spreadOf(figures.map((one) => one[part])),
    peer: null,
    budgets: [],
  }))
}

async function prepare(folder: string, records: number): Promise<Prepared> {
  const { gate, storage, now, close } = await openOrganisation({
    dataDir: folder,
    log: createLogger('error'),
    rate: 0,
  })
  try {
    await seedPreconfigured(gate, 'Bench')
    await createAll(gate, people)
    // Each account has its House Contact.
    const ids = Array.from({ length: records / 2 }, (_, n) => `acc-${n}`)
    await createAccounts(gate, ids)
    const token = await saveSession(storage, 'max', now())
    const everything = { type: 'everything' } as const
    const counts = [await storage.count('account', everything), await storage.count('contact', everything)]
    const { number: head } = await storage.head()
    return { folder, token, head, records: counts.reduce((sum, count) => sum + count, 0) }
  } finally {
    await close()
  }
}
