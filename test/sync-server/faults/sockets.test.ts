/** Slow readers, frames in crumbs, frames without an end, and everybody coming back at once (D1, L18). */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { FRAME_BYTES_MAX, SOCKET_BUFFER_BYTES_MAX } from '../../../core/protocol/limits.ts'
import { messageTypes, PROTOCOL_VERSION } from '../../../core/protocol/message-types.ts'
import { encodeMessage, type MessageBody } from '../../../core/protocol/messages.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 90_000 })

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({ heartbeatMs: 300 })
})
afterEach(() => server.close())

/** A socket driven byte by byte, after its handshake. */
async function tcp(
  path: string,
  worker: string,
): Promise<{ stream: Socket; received: () => Buffer; gone: Promise<void> }> {
  const { hostname, port } = new URL(server.url)
  const stream = connect(Number(port), hostname)
  stream.setNoDelay(true)
  stream.on('error', () => {})
  const gone = new Promise<void>((resolve) => stream.once('close', () => resolve()))
  let bytes = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => (bytes = Buffer.concat([bytes, chunk])))
  stream.write(
    `GET /rooms/${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
      `Authorization: Bearer ${await server.signIn(worker)}\r\n\r\n`,
  )
  await eventually(() => bytes.includes('\r\n\r\n'))
  server.onClose(() => stream.destroy())
  return { stream, received: () => bytes, gone }
}

/** A client's frame with a mask of zeros: the payload is what it looks like. */
function frame(payload: Uint8Array, { length = payload.length, first = 0x82 } = {}): Buffer {
  const head = length < 126 ? [first, 0x80 | length] : [first, 0x80 | 127, 0, 0, 0, 0, ...u32(length)]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload])
}
const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

const closes = async (code: number) =>
  Number(
    new RegExp(`^ambit_closes_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(
      await (await server.fetch('/metrics', null)).text(),
    )?.[1] ?? 0,
  )

it('[L18] a reader in a room that stops reading is closed with 1013, and costs a bounded memory; the others hear everything', async () => {
  const slow = await tcp('account/oak', 'rhea')
  slow.stream.pause()
  const before = process.memoryUsage().arrayBuffers
  const writer = await server.room('max', 'account', 'oak')
  const reader = await server.room('ada', 'account', 'oak')
  await Promise.all([writer.synced, reader.synced])
  writer.doc.getText('text:notes').insert(0, 'x'.repeat(60_000))
  await eventually(() => reader.doc.getText('text:notes').length > 60_000)
  // Asks for everything a thousand times, and takes nothing of it.
  const ask = frame(new Uint8Array([0, 0, 1, 0]))
  let most = 0
  for (let round = 0; round < 1_000 && (round % 20 > 0 || (await closes(1013)) === 0); round++) {
    slow.stream.write(ask)
    if (round % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  await eventually(async () => (await closes(1013)) === 1)
  writer.fields.set('phone', 'still heard')
  expect(await closes(1013)).toBe(1)
  expect(most).toBeLessThan(6 * SOCKET_BUFFER_BYTES_MAX)
  await eventually(() => reader.fields.get('phone') === 'still heard')
  slow.stream.resume()
  await slow.gone
})

it('[L18] a device that stops reading gets no more than its credit, and is ended by silence', async () => {
  const device = await TestDevice.connect(server, 'rhea', { receipts: 0 })
  await device.welcome
  const had = device.messages.length
  for (let round = 0; round < 60; round++)
    await server.change('account', 'oak', { notes: `${round} ${'y'.repeat(40_000)}` })
  await eventually(() => device.messages.length > had)
  expect(device.bodies('feed').length).toBeLessThanOrEqual(4)

  const silent = await tcp('desk/max', 'max')
  silent.stream.pause()
  await vi.waitFor(async () => expect(await sockets()).toBe(1), { timeout: 5_000, interval: 50 })
})
const sockets = async () =>
  Number(/^ambit_sockets (\d+)$/m.exec(await (await server.fetch('/metrics', null)).text())?.[1])

it('[D1] frames in single bytes are whole frames; one that never ends is ended by the server', async () => {
  const doc = new Y.Doc()
  doc.getMap('fields').set('phone', 'in crumbs')
  const { stream, received } = await tcp('account/oak', 'rhea')
  // Step 2 with nothing, then the edit: sync, update, bytes.
  const update = Y.encodeStateAsUpdate(doc)
  const crumbs = Buffer.concat([
    frame(new Uint8Array([0, 1, 2, 0, 0])),
    frame(new Uint8Array([0, 2, update.length, ...update])),
  ])
  for (const byte of crumbs) {
    stream.write(Buffer.from([byte]))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await eventually(async () => (await server.row('account', 'oak'))?.phone === 'in crumbs')
  expect(received().length).toBeGreaterThan(100)

  // Says that it is longer than a frame may be.
  const long = await tcp('account/oak', 'rhea')
  long.stream.write(frame(new Uint8Array(10), { length: FRAME_BYTES_MAX + 1 }))
  // Is always to be continued.
  const endless = await tcp('account/oak', 'rhea')
  endless.stream.write(frame(new Uint8Array(1_000), { first: 0x02 }))
  const more = setInterval(() => endless.stream.write(frame(new Uint8Array(50_000), { first: 0x00 })), 5)
  // Has a length and does not come.
  const stuck = await tcp('account/oak', 'rhea')
  stuck.stream.write(frame(new Uint8Array(10), { length: 100_000 }))
  await Promise.all([long.gone, endless.gone, stuck.gone])
  clearInterval(more)
})

const helloOf = (worker: string): MessageBody<'hello'> => ({
  protocol: PROTOCOL_VERSION,
  worker,
  device: null,
  number: 0,
  chain: null,
  history: null,
  scopeHash: null,
  policyVersion: 0,
  unsent: { total: 0, edits: [] },
  quarantined: [],
})

it.each([
  [1, 250],
  [100, 1_000],
])('[L18] %i workers come back with %i sockets at once, and all are served', async (workers, many) => {
  await server.close()
  server = await TestServer.start({
    rate: workers === 1 ? 0 : 200,
    records: Array.from({ length: workers === 1 ? 0 : workers }, (_, index) => ({
      kind: 'worker' as const,
      id: `rep-${index}`,
      fields: {
        username: `rep-${index}`,
        userType: 'account_manager',
        accountsQueryType: 'rep',
        repCodes: ['275'],
        groups: [{ id: 'sales-rep', from: null, until: null }],
      },
    })),
  })
  const nameOf = (index: number) => (workers === 1 ? 'rhea' : `rep-${index % workers}`)
  for (let index = 0; index < workers; index++) await server.signIn(nameOf(index))
  const began = performance.now()
  // Frames are counted and not opened: a thousand devices in one process would be measured instead of the server.
  const all = await Promise.all(
    Array.from({ length: many }, async (_, index) => {
      const worker = nameOf(index)
      const raw = await server.raw(`desk/${worker}`, { worker })
      await raw.opened
      raw.socket.send(encodeMessage('hello', helloOf(worker)))
      return raw
    }),
  )
  await vi.waitFor(
    () =>
      expect(all.filter(({ frames }) => !frames.some(([type]) => type === messageTypes.feed))).toHaveLength(
        0,
      ),
    { timeout: 60_000, interval: 20 },
  )
  const took = performance.now() - began
  console.log(`${many} sockets of ${workers} workers: ${Math.round(took)} ms`)
  expect((await server.fetch('/api/health', null)).status).toBe(200)
})
