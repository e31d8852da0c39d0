/**
 * The door for sockets: `/rooms/<kind>/<id>` (DESIGN 8, Rooms).
 *
 * A foreign Origin is answered by HTTP; everything else is told by a close code after the handshake, because that is
 * all that a browser lets a page see. Who may not read a record goes the same way, in the same time, as who asks for
 * one that does not exist (D1, S9).
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { isAllowed } from '../../core/access/types.ts'
import { isOurMessageType } from '../../core/protocol/messages.ts'
import {
  AWARENESS_PER_SECOND,
  FOUND_PER_SECOND,
  FRAMES_PER_SECOND,
  FRAME_BYTES_MAX,
  HEARTBEAT_MS,
  SOCKETS_PER_WORKER_MAX,
  SOCKET_OPENS_PER_SECOND,
} from '../../core/protocol/limits.ts'
import { recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import { createRate } from '../gate/rate.ts'
import type { Gate } from '../gate/types.ts'
import type { Session, Sessions } from '../http/session-types.ts'
import { createLinks } from '../link/links.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Settlements } from '../review/settlements.ts'
import type { RecordRef, Storage } from '../storage/storage.ts'
import { closeCodes } from './close-codes.ts'
import { beginRoomSession } from './room-session.ts'
import { createRooms } from './rooms.ts'
import { type BeatingSocket, wrapSocket } from './socket.ts'

export interface AcceptSocketsOptions {
  readonly server: Server
  readonly sessions: Sessions
  readonly policy: Policy
  readonly gate: Gate
  readonly storage: Storage
  readonly settlements: Settlements
  readonly history: string
  readonly isRestored: boolean
  readonly now: () => number
  readonly newId: () => string
  /** Updates a second that one device may send; 0 takes off the limits on sockets and frames, too. */
  readonly rate: number
  readonly log: Logger
  readonly metrics: Omit<Metrics, 'text'>
  /** How often sockets are looked after, in milliseconds. */
  readonly heartbeatMs?: number
}

export function acceptSockets(options: AcceptSocketsOptions): { close(): Promise<void> } {
  const { server, sessions, policy, gate, storage, now, rate, log, metrics } = options
  const limited = (perSecond: number) => createRate(rate === 0 ? 0 : perSecond, now)
  const openRate = limited(SOCKET_OPENS_PER_SECOND)
  const presenceRate = limited(AWARENESS_PER_SECOND)
  const frameRate = limited(FRAMES_PER_SECOND)
  const foundRate = limited(FOUND_PER_SECOND)

  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const sockets = new Set<BeatingSocket>()
  /** Sockets on their worker's own desk, by whether they drain. */
  const desks = new Map<BeatingSocket, 'link' | 'drain'>()
  const socketsByWorker = new Map<string, number>()
  // Before rooms and links hear of the commit: nothing of it is told to who is no longer live (L16).
  const stopTurning = gate.onCommitted(({ changes }) => {
    const workers = changes.flatMap(({ record }) => (record.kind === 'worker' ? [record.id] : []))
    if (workers.length > 0) turnDesks(new Set(workers))
  })
  const rooms = createRooms({ gate, policy, storage, onSize: (size) => metrics.rooms.set(size) })
  const links = createLinks({
    ...options,
    frameRate,
    foundRate,
    onSize: (size) => metrics.links.set(size),
    onWipeDue: ({ id }) => sessions.drainDevice(id),
    onWiped: (session) => sessions.end(session),
  })

  const heartbeat = setInterval(() => {
    for (const socket of sockets) socket.beat()
    links.beat()
  }, options.heartbeatMs ?? HEARTBEAT_MS)
  heartbeat.unref()

  /** Sockets between their session's check and their handshake. */
  const opening = new Set<{ readonly session: Session; isEnded: boolean; drains: boolean }>()
  const stopEnding = sessions.onEnded((sessionId, drains) => {
    for (const one of opening) {
      if (one.session.id !== sessionId) continue
      if (drains) one.drains = true
      else one.isEnded = true
    }
    for (const socket of sockets) {
      if (socket.session.id !== sessionId || (drains && desks.get(socket) === 'drain')) continue
      // A desk comes back at once, to drain.
      const code = drains && desks.has(socket) ? closeCodes.tryAgainLater : closeCodes.signedOut
      socket.close(code, 'session-ended')
    }
  })

  /** A link whose worker is no longer live begins again at once, as a drain; and a drain ends when the worker is back. */
  function turnDesks(workers: ReadonlySet<string>): void {
    for (const [socket, state] of desks) {
      const { workerId, wipes } = socket.session
      if (!wipes && workers.has(workerId) && policy.principalOf(workerId).live !== (state === 'link'))
        socket.close(closeCodes.tryAgainLater, 'session-ended')
    }
  }

  server.on('upgrade', upgrade)

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy())
    admit(request, stream, head).catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be opened')
      refuseByHttp(stream, '500 Internal Server Error', 'The server could not open this socket.')
    })
  }

  async function admit(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const caller = { headers: request.headers, url: request.url ?? '/' }
    const path = /^\/rooms\/([^/?#]*)\/([^/?#]*)(?:\?.*)?$/s.exec(caller.url)
    if (path === null) return refuseByHttp(stream, '404 Not Found', 'There is nothing here.')
    if (!sessions.isOwnOrigin(caller))
      return refuseByHttp(stream, '403 Forbidden', 'This socket was opened by another site.')

    const session = await sessions.forSocket(caller)
    const ref = session === null ? null : refOf(path[1] ?? '', path[2] ?? '')
    const room = ref === null ? null : rooms.enter(ref)
    const release = () => room !== null && rooms.release(room)
    const one = { session: session ?? nobody, isEnded: session === null, drains: session?.drains === true }
    opening.add(one)
    try {
      await room?.load()
    } catch (error) {
      release()
      throw error
    } finally {
      opening.delete(one)
    }

    if (stream.destroyed) return void release()
    let isOpened = false
    // The handshake is answered and the callback called within this call, so nothing comes between load and join.
    webSockets.handleUpgrade(request, stream, head, (webSocket) => {
      isOpened = true
      const socket = wrapSocket(webSocket, stream, randomUUID(), one.session, metrics)
      socket.onGone(release)
      // Asked again: the worker may have been disabled, or enabled, since the session was found.
      const { live } = policy.principalOf(one.session.workerId)
      const isOwnDesk = ref?.kind === 'desk' && ref.id === one.session.workerId
      const drains = !live || one.session.wipes
      // A wipe was asked for in between: it comes again, and then its session says so.
      const isLate = live && one.drains && !one.session.wipes
      if (isLate && isOwnDesk) return socket.close(closeCodes.tryAgainLater, 'session-ended')
      const isGood = !one.isEnded && !isLate && (!drains || isOwnDesk)
      if (session === null || !isGood) return socket.close(closeCodes.signedOut, 'not-signed-in')
      track(socket)
      if (rate !== 0 && isOneTooMany(session)) return socket.close(closeCodes.tooMany, 'too-many-sockets')
      if (isOwnDesk) keepDesk(socket, drains ? 'drain' : 'link')
      if (drains) return links.drain(socket)
      if (room === null || !isAllowed(room.decideView(session.workerId)))
        return socket.close(closeCodes.unreadable, 'not-found')
      begin(socket, room)
    })
    // ws has answered a handshake that is none by itself.
    if (!isOpened) release()
  }

  function begin(socket: BeatingSocket, room: Parameters<typeof beginRoomSession>[1]): void {
    const { workerId } = socket.session
    const isOwnDesk = room.ref.kind === 'desk' && room.ref.id === workerId
    const link = isOwnDesk ? links.open(socket) : null
    beginRoomSession(socket, room, {
      gate,
      metrics,
      log,
      presenceRate,
      frameRate,
      nameOf: (id) => policy.principalOf(id).name,
      takeOurs:
        link === null
          ? null
          : ({ number, rest }) => {
              if (isOurMessageType(number)) link.take(number, rest)
              else socket.close(closeCodes.violation, 'unknown-message')
            },
    })
  }

  function keepDesk(socket: BeatingSocket, state: 'link' | 'drain'): void {
    desks.set(socket, state)
    socket.onGone(() => desks.delete(socket))
  }

  function track(socket: BeatingSocket): void {
    const { workerId } = socket.session
    sockets.add(socket)
    socketsByWorker.set(workerId, (socketsByWorker.get(workerId) ?? 0) + 1)
    metrics.sockets.set(sockets.size)
    socket.onGone(() => {
      sockets.delete(socket)
      const left = (socketsByWorker.get(workerId) ?? 1) - 1
      if (left > 0) socketsByWorker.set(workerId, left)
      else socketsByWorker.delete(workerId)
      metrics.sockets.set(sockets.size)
    })
  }

  function isOneTooMany({ workerId }: Session): boolean {
    return (socketsByWorker.get(workerId) ?? 0) > SOCKETS_PER_WORKER_MAX || openRate.take(workerId) > 0
  }

  return {
    async close() {
      server.off('upgrade', upgrade)
      clearInterval(heartbeat)
      stopEnding()
      stopTurning()
      rooms.close()
      const gone = [...sockets].map((socket) => new Promise<void>((resolve) => socket.onGone(resolve)))
      for (const socket of sockets) socket.close(closeCodes.goingAway, 'server-closing')
      await Promise.all(gone)
      await links.close()
    },
  }
}

/** Null for what can be no record: answered like a record that is not there. */
function refOf(kind: string, id: string): RecordRef | null {
  return isKind(kind) && recordIdPattern.test(id) ? { kind, id } : null
}

/** Stands for the session of a socket that is only opened to be closed. */
const nobody: Session = { id: '', workerId: '', expiresAt: 0, drains: false, deviceId: null, wipes: false }

function refuseByHttp(stream: Duplex, status: string, detail: string): void {
  const body = JSON.stringify({
    type: 'about:blank',
    title: status.slice(4),
    status: Number(status.slice(0, 3)),
    detail,
  })
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
