/**
 * Who is in a room. Each socket speaks for one clientID, the first that it used and that nobody else speaks for; what it
 * says about others is ignored, because stock clients repeat everything they hear (GATE 21).
 *
 * Told on with the clock it came with, to its sender too: a higher clock would be answered by a higher one, for ever.
 */
import { type PresenceEntry, stampPresence, writePresence } from './presence.ts'
import { presenceFrame } from './frames.ts'

export interface PresentSocket {
  readonly id: string
  readonly sessionId: string
  readonly worker: { readonly id: string; readonly name: string }
}

export interface RoomAwareness {
  /** Whether an entry about this clientID would be the socket's own word. */
  mayTake(socket: PresentSocket, clientId: number): boolean
  /** The frame to send to everybody in the room; null when nothing is to be told. */
  take(socket: PresentSocket, entries: readonly PresenceEntry[]): Uint8Array | null
  /** Everybody who is present, for a socket that joins or asks; null when nobody is. */
  everybody(): Uint8Array | null
  /** The socket is gone: the frame that says so, or null. */
  leave(socket: PresentSocket): Uint8Array | null
}

/** ClientIDs that are remembered after their socket has gone, so that an echo by another worker revives none. */
const RELEASED_MAX = 1_000

interface Holder {
  readonly socketId: string
  readonly sessionId: string
  readonly workerId: string
  entry: PresenceEntry | null
  clock: number
}

export function createRoomAwareness(): RoomAwareness {
  const holders = new Map<number, Holder>()
  const clientIdBySocket = new Map<string, number>()
  const released = new Map<number, string>()

  function mayTake(socket: PresentSocket, clientId: number): boolean {
    const holder = holders.get(clientId)
    if (holder?.socketId === socket.id) return true
    if (clientIdBySocket.has(socket.id)) return false
    // The same session takes over from a socket that died without a word.
    if (holder !== undefined) return holder.sessionId === socket.sessionId
    const before = released.get(clientId)
    return before === undefined || before === socket.worker.id
  }

  function claim(socket: PresentSocket, { clientId, state }: PresenceEntry): Holder | null {
    const holder = holders.get(clientId)
    if (holder?.socketId === socket.id) return holder
    if (state === 'null' || !mayTake(socket, clientId)) return null
    const { id: socketId, sessionId, worker } = socket
    const claimed: Holder = { socketId, sessionId, workerId: worker.id, entry: null, clock: -1 }
    if (holder !== undefined) clientIdBySocket.delete(holder.socketId)
    holders.set(clientId, claimed)
    clientIdBySocket.set(socketId, clientId)
    released.delete(clientId)
    return claimed
  }

  return {
    mayTake,
    take(socket, entries) {
      const told: PresenceEntry[] = []
      for (const entry of entries) {
        const holder = claim(socket, entry)
        if (holder === null || entry.clock < holder.clock) continue
        const state = entry.state === 'null' ? 'null' : stampPresence(entry.state, socket.worker)
        if (state === null) continue
        const { clientId, clock } = entry
        holder.clock = clock
        holder.entry = state === 'null' ? null : { clientId, clock, state }
        told.push({ clientId, clock, state })
      }
      return told.length === 0 ? null : presenceFrame(writePresence(told))
    },
    everybody() {
      const entries = [...holders.values()].flatMap(({ entry }) => (entry === null ? [] : [entry]))
      return entries.length === 0 ? null : presenceFrame(writePresence(entries))
    },
    leave(socket) {
      const clientId = clientIdBySocket.get(socket.id)
      if (clientId === undefined) return null
      clientIdBySocket.delete(socket.id)
      const holder = holders.get(clientId)
      holders.delete(clientId)
      released.set(clientId, socket.worker.id)
      for (const oldest of released.keys()) {
        if (released.size <= RELEASED_MAX) break
        released.delete(oldest)
      }
      if (!holder?.entry) return null
      return presenceFrame(writePresence([{ clientId, clock: holder.clock, state: 'null' }]))
    },
  }
}
