/** What goes wrong with a socket, from outside: cut, halved, misspelt, too large, too slow. */
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { FRAME_BYTES_MAX } from '../../core/protocol/limits.ts'
import type { Random } from '../simulation/fuzz/random.ts'

/** Faults of the line and of the frames; each with the close codes that may follow it. */
export const lineFaults = {
  cut: [1006],
  'half-frame': [1006],
  malformed: [4400],
  'too-large': [1006, 1009],
  // The server may have closed it for another reason meanwhile, and waits for no answer.
  slow: [1006],
} as const satisfies Record<string, readonly number[]>
export type LineFault = keyof typeof lineFaults

/** How long a slow reader reads nothing, in milliseconds: less than the server waits for a sign of life. */
export const SLOW_MS = 4_000

export function inflict(fault: LineFault, socket: WebSocket, random: Random): void {
  switch (fault) {
    case 'cut':
      return socket.terminate()
    case 'half-frame':
      return sendHalf(socket, 1 + random.int(200))
    case 'malformed':
      return socket.send(malformed(random))
    case 'too-large':
      return socket.send(Buffer.alloc(FRAME_BYTES_MAX + 1 + random.int(1_000)))
    case 'slow':
      socket.pause()
      setTimeout(() => socket.resume(), SLOW_MS)
  }
}

/** A frame that says it has a thousand bytes, some of them, and then nobody. */
function sendHalf(socket: WebSocket, bytes: number): void {
  const { _socket: stream } = socket as WebSocket & { readonly _socket?: Duplex }
  const head = Buffer.from([0x82, 0x80 | 126, 1_000 >>> 8, 1_000 & 255, 0, 0, 0, 0])
  if (stream === undefined || stream === null) return socket.terminate()
  stream.write(Buffer.concat([head, randomBytes(bytes)]), () => socket.terminate())
}

function malformed(random: Random): Uint8Array {
  return random.pick([
    // A sync message of no known step; an update that is cut short; presence with bytes to spare; nobody's message.
    new Uint8Array([0, 9, 1, 2]),
    new Uint8Array([0, 2, 50, 1, 1]),
    new Uint8Array([1, 1, 0, 7, 7]),
    new Uint8Array([127, 3, 1]),
  ])
}
