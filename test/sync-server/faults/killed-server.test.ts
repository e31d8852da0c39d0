/**
 * kill -9 at every place between an edit's arrival and its publication, on real files and sockets, with devices that come
 * back and push again what has no verdict (promise 2; D2, D11, L1). `AMBIT_KILLS` raises the kills at each place.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { hashSecret, newSecret } from '../../../sync-server/http/secrets.ts'
import { chainHash } from '../../../sync-server/gate/chain.ts'
import { openSqliteStorage } from '../../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import type { JournalEntry } from '../../../sync-server/storage/storage.ts'
import { blankMemory, type DeviceMemory, TestDevice } from '../../support/test-device.ts'
import { eventually } from '../../support/eventually.ts'
import type { RawSocket } from '../../support/test-server.ts'
import { type CrashPlace, crashPlaces } from './crash-places.ts'

/** Whatever a failing test leaves behind. */
const running: ChildProcess[] = []

const killsEach = Number(process.env['AMBIT_KILLS'] ?? 1)
const workers = ['rhea', 'max'] as const

interface Server {
  readonly gone: Promise<unknown>
  raw(path: string, options?: { worker?: string }): Promise<RawSocket>
  kill(): void
}

const tokens = Object.fromEntries(workers.map((worker) => [worker, newSecret()]))

async function start(folder: string, place: CrashPlace, passes: number): Promise<Server> {
  const script = fileURLToPath(new URL('./crashing-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder, place, String(passes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  running.push(child)
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    gone,
    kill: () => child.kill('SIGKILL'),
    async raw(path, { worker = '' } = {}) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/rooms/${path}`, {
        headers: { authorization: `Bearer ${tokens[worker]}` },
      })
      socket.binaryType = 'nodebuffer'
      socket.on('error', () => {})
      const opened = new Promise<void>((resolve) => socket.once('open', resolve))
      const closed = new Promise<{ code: number; reason: string }>((resolve) =>
        socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
      )
      // A server that dies before the handshake opens nothing.
      return {
        socket,
        frames: [],
        opened: Promise.race([opened, closed.then(() => {})]),
        closed,
        refused: new Promise(() => {}),
      }
    },
  }
}

/** Sessions that outlive every restart. */
async function signIn(folder: string): Promise<void> {
  const storage = await openSqliteStorage(folder)
  for (const workerId of workers) {
    const at = Date.now()
    const tokenHash = hashSecret(tokens[workerId] ?? '')
    await storage.saveSession({
      id: workerId,
      tokenHash,
      workerId,
      createdAt: at,
      expiresAt: at + 86_400_000,
    })
  }
  await storage.close()
}

/** The journal as the disk has it, whatever any server thinks. */
function journalOn(folder: string): { chain: string; entry: JournalEntry }[] {
  const db = new DatabaseSync(join(folder, 'ambit.sqlite'), { readOnly: true })
  const rows = db.prepare('SELECT chain, entry FROM journal ORDER BY seq').all()
  db.close()
  return rows.map(({ chain, entry }) => ({
    chain: String(chain),
    entry: JSON.parse(String(entry)) as JournalEntry,
  }))
}

/** The acknowledged edits that the disk does not have under the number their author was told. */
function lostFrom(acknowledged: ReadonlyMap<string, number>, folder: string): [string, number][] {
  const kept = new Set(journalOn(folder).map(({ entry }) => `${entry.editId} ${entry.seq}`))
  return [...acknowledged].filter(([edit, seq]) => !kept.has(`${edit} ${seq}`))
}

/** Pushes again, in order, whatever has no last word yet. */
function pushAgain(device: TestDevice): void {
  for (const edit of device.memory.edits) if (edit.verdict === null) device.push(edit)
}

/** Ready to write: what it left unanswered is on the way again. */
async function begin(device: TestDevice): Promise<void> {
  await device.welcome
  await eventually(() => device.row('account', 'oak') !== null)
  pushAgain(device)
}

test(`[D2] [D11] ${crashPlaces.length * killsEach} kills: nothing acknowledged is lost, nothing is done twice, the chain is whole`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ambit-kills-'))
  const memories: Record<(typeof workers)[number], DeviceMemory> = { rhea: blankMemory(), max: blankMemory() }
  const acknowledged = new Map<string, number>()
  let count = 0
  let kills = 0
  const note = (): void => {
    for (const { edits: all } of Object.values(memories))
      for (const { id, verdict } of all) {
        if (verdict?.outcome !== 'merged') continue
        const before = acknowledged.get(id)
        if (before !== undefined) expect(verdict.seq).toBe(before)
        acknowledged.set(id, verdict.seq)
      }
  }
  const connect = (server: Server) =>
    Promise.all([
      TestDevice.connect(server, 'rhea', { memory: memories.rhea }),
      TestDevice.connect(server, 'max', { memory: memories.max }),
    ])

  try {
    const first = await start(folder, 'never', 0)
    first.kill()
    await first.gone
    await signIn(folder)

    for (let round = 0; round < killsEach; round++) {
      for (const place of crashPlaces) {
        const server = await start(folder, place, round + (place === 'before-publication' ? 4 : 2))
        const devices = await connect(server)
        let isGone = false
        void server.gone.then(() => (isGone = true))
        const goOn = async (device: TestDevice, field: string): Promise<void> => {
          await begin(device)
          while (!isGone) {
            const edit = device.edit('account', 'oak', [{ field, value: `${++count}` }])
            await Promise.race([server.gone, device.verdict(edit)])
          }
        }
        const [rhea, max] = devices
        await Promise.race([server.gone, Promise.allSettled([goOn(rhea, 'phone'), goOn(max, 'territory')])])
        await server.gone
        await Promise.all(devices.map(({ closed }) => closed))
        kills++
        note()
        expect(lostFrom(acknowledged, folder), `acknowledged before the kill ${place}`).toEqual([])
      }
    }

    // A last start that lives: everything is answered, and what was answered before is answered alike.
    const server = await start(folder, 'never', 0)
    const devices = await connect(server)
    for (const device of devices) {
      await device.welcome
      for (const edit of device.memory.edits) {
        edit.verdict = null
        device.push(edit)
        await device.verdict(edit)
      }
    }
    note()
    const pushed = Object.values(memories).flatMap(({ edits: all }) => all)
    expect(pushed.map(({ verdict }) => verdict?.outcome)).toEqual(pushed.map(() => 'merged'))
    server.kill()
    await server.gone

    const seqByEdit = new Map<string, number[]>()
    let chain = ''
    for (const [index, line] of journalOn(folder).entries()) {
      const { entry } = line
      expect(entry.seq).toBe(index + 1)
      chain = chainHash(chain, entry)
      expect(line.chain).toBe(chain)
      // What the gate writes beside an edit so that it stands has the edit's name, too, and a number of its own.
      if (entry.editId !== null)
        seqByEdit.set(entry.editId, [...(seqByEdit.get(entry.editId) ?? []), entry.seq])
    }
    const lost = lostFrom(acknowledged, folder)
    console.log(
      `kills ${kills}, pushed ${pushed.length}, acknowledged ${acknowledged.size}, lost ${lost.length}`,
    )
    expect(lost).toEqual([])
    expect(acknowledged.size).toBe(pushed.length)
    for (const { id } of pushed) expect(seqByEdit.get(id)).toHaveLength(1)
  } finally {
    for (const child of running) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
