/**
 * G-16: one entry of a group with 1,000 members, changed by an admin's device. Until the server has it on the disk (the
 * verdict), and until the last of 100 open devices of its members has its new rights. Over real sockets, in an
 * organisation of 10,000 workers, with a server in a process of its own.
 */
import { WebSocket } from 'ws'
import { administratorsId } from '../../core/catalogue/preconfigured-groups.ts'
import { createLogger } from '../../sync-server/log.ts'
import { openOrganisation } from '../../sync-server/organisation.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { startAmbit } from '../support/ambit-process.ts'
import { TestDevice } from '../support/test-device.ts'
import type { RawSocket } from '../support/test-server.ts'
import type { Bench } from './bench.ts'
import { atMost, spreadOf } from './measure.ts'
import { saveSession } from './save-session.ts'
import { withFolder } from './with-folder.ts'

const WORKERS = 10_000
const MEMBERS = 1_000
const OPEN = 100
const IN_ONE_COMMIT = 2_000
const feature = 'features/SU-ALLOW-ACCOUNT-EDITS'

export const bench: Bench = {
  title: `one entry of a group with ${MEMBERS.toLocaleString('en-GB')} of ${WORKERS.toLocaleString('en-GB')} workers, ${OPEN} devices open`,
  run: ({ rounds }) =>
    withFolder(async (folder) => {
      const tokens = await prepare(folder)
      const server = await startAmbit(['--data', folder, '--no-demo'], { env: { AMBIT_RATE: '0' } })
      const doors: Parameters<typeof TestDevice.connect>[0] = {
        raw: (path, { worker = '' } = {}) => openSocket(server.url, path, tokens.get(worker) ?? ''),
      }
      try {
        const admin = await TestDevice.connect(doors, 'ada')
        await admin.welcome
        const members = await Promise.all(
          Array.from({ length: OPEN }, (_, n) => TestDevice.connect(doors, `w${n}`)),
        )
        await Promise.all(members.map(({ welcome }) => welcome))
        await waitFor(() => admin.row('group', 'team') !== null)
        const committed: number[] = []
        const followed: number[] = []
        for (let round = 0; round <= rounds; round++) {
          const told = members.map((device) => device.bodies('policy').length)
          const start = performance.now()
          const edit = admin.edit('group', 'team', [
            { field: feature, value: round % 2 === 0 ? 'deny' : 'allow' },
          ])
          await waitFor(() => edit.verdict !== null)
          if (edit.verdict?.outcome !== 'merged')
            throw new Error(`not merged: ${JSON.stringify(edit.verdict)}`)
          const merged = performance.now() - start
          await waitFor(() => members.every((device, n) => device.bodies('policy').length > (told[n] ?? 0)))
          // The first round compiles what later ones find compiled.
          if (round === 0) continue
          committed.push(merged)
          followed.push(performance.now() - start)
        }
        return [
          {
            what: 'committed, as the admin’s device sees it',
            unit: 'ms',
            ours: spreadOf(committed),
            peer: null,
            budgets: [atMost(1_000, '1 s')],
          },
          {
            what: `followed by all ${OPEN} open devices`,
            unit: 'ms',
            ours: spreadOf(followed),
            peer: null,
            budgets: [atMost(5_000, '5 s')],
          },
        ]
      } finally {
        await server.stop()
      }
    }),
}

/** Looked at as often as the event loop turns: a timer's coarseness would be measured too. */
async function waitFor(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve))
}

/** Tokens by worker id. */
async function prepare(folder: string): Promise<ReadonlyMap<string, string>> {
  const { gate, storage, now, close } = await openOrganisation({
    dataDir: folder,
    log: createLogger('error'),
    rate: 0,
  })
  try {
    await seedPreconfigured(gate, 'Bench')
    const memberOf = (id: string) => [{ id, from: null, until: null }]
    await createAll(gate, [
      { kind: 'group', id: 'team', fields: { code: 'team', name: 'Team', type: 'user', enabled: true } },
      {
        kind: 'worker',
        id: 'ada',
        fields: { username: 'ada', accountsQueryType: 'all', groups: memberOf(administratorsId) },
      },
    ])
    const workers = Array.from({ length: WORKERS }, (_, n) => ({
      kind: 'worker' as const,
      id: `w${n}`,
      fields: {
        username: `w${n}`,
        firstName: `Worker ${n}`,
        accountsQueryType: 'rep',
        repCodes: [`R${n % 500}`],
        groups: n < MEMBERS ? memberOf('team') : memberOf('sales-rep'),
      },
    }))
    for (let from = 0; from < WORKERS; from += IN_ONE_COMMIT)
      await createAll(gate, workers.slice(from, from + IN_ONE_COMMIT))
    const open = ['ada', ...Array.from({ length: OPEN }, (_, n) => `w${n}`)]
    return new Map(
      await Promise.all(open.map(async (id) => [id, await saveSession(storage, id, now())] as const)),
    )
  } finally {
    await close()
  }
}

async function openSocket(url: string, path: string, token: string): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rooms/${path}`, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  })
  socket.binaryType = 'nodebuffer'
  return {
    socket,
    frames: [],
    opened: new Promise((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    }),
    closed: new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    ),
    refused: new Promise(() => {}),
  }
}
