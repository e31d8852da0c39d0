/** Signs of life and slow readers, on a real pair of sockets (YJS-FACTS 4b). */
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { SOCKET_BUFFER_BYTES_MAX } from '../../../core/protocol/limits.ts'
import { createMetrics } from '../../../sync-server/metrics.ts'
import { readFrame } from '../../../sync-server/rooms/frames.ts'
import { type BeatingSocket, wrapSocket } from '../../../sync-server/rooms/socket.ts'
import { eventually } from '../../support/eventually.ts'

vi.setConfig({ testTimeout: 20_000 })

let listener: WebSocketServer
const clients: WebSocket[] = []

beforeEach(async () => {
  listener = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => listener.once('listening', resolve))
})
afterEach(async () => {
  for (const client of clients) client.terminate()
  await new Promise((resolve) => listener.close(resolve))
})

async function pair(
  options = {},
): Promise<{ socket: BeatingSocket; client: WebSocket; received: Uint8Array[] }> {
  const { port } = listener.address() as AddressInfo
  const accepted = new Promise<{ webSocket: WebSocket; stream: Duplex }>((resolve) =>
    listener.once('connection', (webSocket, { socket: stream }) => resolve({ webSocket, stream })),
  )
  const client = new WebSocket(`ws://127.0.0.1:${port}`, options)
  clients.push(client)
  const received: Uint8Array[] = []
  client.on('message', (data: Buffer) => received.push(new Uint8Array(data)))
  const session = { id: 's', workerId: 'rhea', expiresAt: 0, drains: false, deviceId: null, wipes: false }
  const { webSocket, stream } = await accepted
  const socket = wrapSocket(webSocket, stream, 'one', session, createMetrics())
  await new Promise((resolve) => client.once('open', resolve))
  return { socket, client, received }
}

describe('a beat', () => {
  it('says something harmless to who has heard nothing since the one before', async () => {
    const { socket, received } = await pair()
    socket.send(new Uint8Array([0, 2, 0]))
    socket.beat()
    socket.beat()
    await eventually(() => received.length === 2)
    expect(readFrame(received[1] as Uint8Array)).toEqual({ type: 'presence', entries: new Uint8Array([0]) })
  })

  it('ends a socket that answers no ping, and keeps one that does', async () => {
    const dead = await pair({ autoPong: false })
    const alive = await pair()
    const gone = new Promise((resolve) => dead.socket.onGone(() => resolve('gone')))
    for (let beat = 0; beat < 3; beat++) {
      const pinged = new Promise((resolve) => alive.client.once('ping', resolve))
      dead.socket.beat()
      alive.socket.beat()
      await pinged
      // Its answer has to have come before the next beat counts.
      const back = new Promise<void>((resolve) => alive.socket.onFrame(() => resolve()))
      alive.client.send(new Uint8Array([3]))
      await back
    }
    expect(await gone).toBe('gone')
    expect(alive.socket.isOpen).toBe(true)
  })
})

it('a reader that does not read is closed with 1013 before it costs more than its share', async () => {
  const { socket, client } = await pair()
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    client.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  client.pause()
  const frame = new Uint8Array(512 * 1024)
  let sent = 0
  while (socket.isOpen && sent < 10 * SOCKET_BUFFER_BYTES_MAX) {
    socket.send(frame)
    sent += frame.length
    if (sent % (8 * frame.length) === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(socket.isHeard).toBe(false)
  expect(sent).toBeGreaterThan(SOCKET_BUFFER_BYTES_MAX)
  expect(sent).toBeLessThan(4 * SOCKET_BUFFER_BYTES_MAX)
  client.resume()
  expect(await closed).toEqual({ code: 1013, reason: 'slow-reader' })
})
