/**
 * One open socket: sending with an eye on slow readers, closing with a code, and signs of life.
 *
 * What is sent within one turn leaves in one write: a commit of many updates costs each reader one call to the system.
 *
 * y-websocket gives a connection up when it has heard nothing for 30 s (YJS-FACTS 4b); `beat` says something harmless when
 * nothing else was said since the beat before.
 */
import type { Writable } from 'node:stream'
import { type RawData, WebSocket } from 'ws'
import { SOCKET_BUFFER_BYTES_MAX } from '../../core/protocol/limits.ts'
import type { Session } from '../http/session-types.ts'
import type { Metrics } from '../metrics.ts'
import { type CloseCode, closeCodes } from './close-codes.ts'
import { presenceFrame } from './frames.ts'
import { writePresence } from './presence.ts'

export interface Socket {
  /** Identifies the socket, not the login: one session may have many. */
  readonly id: string
  readonly session: Session
  /** False from the moment that either side closes. */
  readonly isOpen: boolean
  /** False once the server closed it: what still comes in is ignored. */
  readonly isHeard: boolean
  send(bytes: Uint8Array): void
  close(code: CloseCode, reason: string): void
  /** Stops reading from the network while the server has enough to do for this socket. */
  setPaused(paused: boolean): void
  onFrame(listener: (bytes: Uint8Array | null) => void): void
  onGone(listener: () => void): void
}

export interface BeatingSocket extends Socket {
  /** Called at a steady pace. Ends a socket that has not answered for two beats. */
  beat(): void
  terminate(): void
}

/** How long a peer may take to answer a close, in milliseconds. */
const CLOSE_GRACE_MS = 2_000
const MISSED_BEATS_MAX = 2

/** What one write to the system holds at most, about; in bytes. */
const GATHERED_BYTES_MAX = 64 * 1024

const signOfLife = presenceFrame(writePresence([]))

/** `stream` is what lies under the web socket. */
export function wrapSocket(
  webSocket: WebSocket,
  stream: Pick<Writable, 'cork' | 'uncork'>,
  id: string,
  session: Session,
  metrics: Pick<Metrics, 'closes'>,
): BeatingSocket {
  let heard = true
  let quiet = true
  let missedBeats = 0
  let isGathering = false
  const isOpen = () => heard && webSocket.readyState === WebSocket.OPEN

  webSocket.on('pong', () => {
    missedBeats = 0
  })
  // Protocol errors and frames too large end in 'close' as well, with ws's own code; nothing more is to be done.
  webSocket.on('error', () => {})

  /** Holds back what is written until this turn is over; large writings gain nothing by it. */
  function gather(): void {
    if (isGathering) {
      if (webSocket.bufferedAmount < GATHERED_BYTES_MAX) return
      stream.uncork()
      stream.cork()
      return
    }
    isGathering = true
    stream.cork()
    process.nextTick(() => {
      isGathering = false
      stream.uncork()
    })
  }

  const socket: BeatingSocket = {
    id,
    session,
    get isOpen() {
      return isOpen()
    },
    get isHeard() {
      return heard
    },
    send(bytes) {
      if (!isOpen()) return
      if (webSocket.bufferedAmount + bytes.length > SOCKET_BUFFER_BYTES_MAX) {
        socket.close(closeCodes.tryAgainLater, 'slow-reader')
        return
      }
      quiet = false
      gather()
      webSocket.send(bytes)
    },
    close(code, reason) {
      if (!heard) return
      heard = false
      metrics.closes.inc({ code: String(code) })
      webSocket.resume()
      webSocket.close(code, reason)
      setTimeout(() => webSocket.terminate(), CLOSE_GRACE_MS).unref()
    },
    setPaused(paused) {
      if (paused) webSocket.pause()
      else webSocket.resume()
    },
    onFrame(listener) {
      webSocket.on('message', (data: RawData, isBinary) => {
        missedBeats = 0
        if (heard) listener(isBinary ? bytesOf(data) : null)
      })
    },
    onGone(listener) {
      webSocket.on('close', listener)
    },
    beat() {
      if (missedBeats >= MISSED_BEATS_MAX) {
        webSocket.terminate()
        return
      }
      missedBeats++
      if (webSocket.readyState === WebSocket.OPEN) webSocket.ping()
      if (quiet) socket.send(signOfLife)
      quiet = true
    },
    terminate: () => webSocket.terminate(),
  }
  return socket
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
