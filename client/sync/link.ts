/**
 * The link: one y-websocket provider on the worker's desk, with our messages on the same socket.
 *
 * The provider brings reconnecting, back-off and close codes. Its document is empty and stays so: every edit, the
 * desk's too, goes by push. The session travels in the cookie.
 */
import { createDecoder, type Decoder } from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import type { Drain } from '../../core/protocol/drain.ts'
import { encodeMessage, readMessage } from '../../core/protocol/messages.ts'
import { messageTypes } from '../../core/protocol/message-types.ts'
import { type Replica, wipeReplica } from '../replica/database.ts'
import type { LinkStatus } from '../replica/stored.ts'
import { createConversation } from './conversation.ts'
import { ownLabel } from './device-label.ts'

export interface LinkOptions {
  readonly db: Replica
  /** `wss://host`, without a path. */
  readonly origin: string
  readonly onStatus: (status: LinkStatus) => void
  /** Deletes everything of this worker from this device; the database alone unless said. */
  readonly onWipe?: (why: Drain['why']) => Promise<void>
  /** The receipt of it has been sent. */
  readonly onWiped?: () => void
  readonly now?: () => number
  readonly newId?: () => string
  /** For tests: another WebSocket, and what the query says (`ticket`). */
  readonly WebSocket?: typeof WebSocket
  readonly params?: Record<string, string>
  /** For tests: whether the device has a network, and word of its changes. */
  readonly network?: Network
}

export interface Network {
  readonly isOnline: () => boolean
  readonly onChange: (listener: () => void) => () => void
}

export interface Link {
  /** Something was written here. */
  pump(): void
  /** After a sign-in, or when somebody asks to try now. */
  reconnect(): void
  /** Everything received so far is committed. */
  idle(): Promise<void>
  stop(): void
}

/** Longest pause between two attempts. A phone out of reach must not pay for one every two seconds. */
const BACKOFF_MAX_MS = 30_000

/** Pause after something broke on this side. */
const BROKEN_PAUSE_MS = 5_000

/** Close codes that end in another answer than trying again. */
function statusAfter({ code, reason }: Pick<CloseEvent, 'code' | 'reason'>): LinkStatus | null {
  // Signed out, or somebody else is: the cookie opens another desk.
  if (code === 4401 || code === 4403 || code === 4404) return { type: 'session-ended' }
  if (code === 4400 && reason === 'other-protocol') return { type: 'update-needed' }
  return null
}

export function openLink({
  db,
  origin,
  onStatus,
  onWipe = () => wipeReplica(db),
  onWiped = () => undefined,
  now = Date.now,
  newId = () => crypto.randomUUID(),
  WebSocket: Socket = WebSocket,
  params = {},
  network = browserNetwork,
}: LinkOptions): Link {
  const doc = new Doc()
  let again: ReturnType<typeof setTimeout> | undefined
  const provider = new WebsocketProvider(`${origin}/rooms`, `desk/${db.workerId}`, doc, {
    connect: false,
    // Its channel is named without the worker (L10).
    disableBc: true,
    maxBackoffTime: BACKOFF_MAX_MS,
    WebSocketPolyfill: Socket,
    params,
    // Every close is retried but those that say what else to do.
    shouldReconnect: (event) => statusAfter(event) === null,
  })
  const conversation = createConversation({
    db,
    label: ownLabel(),
    now,
    newId,
    onStatus,
    onWipe,
    onWiped,
    send: (name, body, blobs) => {
      if (provider.wsconnected) provider.ws?.send(encodeMessage(name, body, blobs) as Uint8Array<ArrayBuffer>)
    },
    after: (ms, work) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    onBroken: (error) => {
      console.error('The link begins again.', error)
      // Slowly: what breaks once may break again, and the provider's own back-off counts a short talk as a success.
      provider.disconnect()
      clearTimeout(again)
      again = setTimeout(followNetwork, BROKEN_PAUSE_MS)
    },
  })

  for (const type of Object.values(messageTypes)) {
    provider.messageHandlers[type] = (_encoder, decoder: Decoder) => {
      // A message is the whole rest of the frame; the reader needs bytes of its own.
      const rest = createDecoder(decoder.arr.subarray(decoder.pos))
      decoder.pos = decoder.arr.length
      const message = readMessage(type, rest)
      if (message === null) provider.ws?.close()
      else conversation.receive(message)
    }
  }

  provider.on('status', ({ status }) => {
    if (status === 'connected') conversation.opened()
    else if (status === 'disconnected') conversation.closed()
  })
  // Also for an attempt that never came through.
  provider.on('connection-close', () => onStatus({ type: 'offline' }))
  provider.on('closed', (event) => onStatus(statusAfter(event) ?? { type: 'offline' }))

  const followNetwork = () => {
    onStatus({ type: network.isOnline() ? 'connecting' : 'offline' })
    if (network.isOnline()) provider.connect()
    else provider.disconnect()
  }
  const stopFollowing = network.onChange(followNetwork)
  followNetwork()

  return {
    pump: () => conversation.pump(),
    reconnect: () => {
      provider.disconnect()
      followNetwork()
    },
    idle: () => conversation.idle(),
    stop: () => {
      stopFollowing()
      clearTimeout(again)
      conversation.closed()
      provider.destroy()
      doc.destroy()
    },
  }
}

const browserNetwork: Network = {
  isOnline: () => navigator.onLine,
  onChange: (listener) => {
    addEventListener('online', listener)
    addEventListener('offline', listener)
    return () => {
      removeEventListener('online', listener)
      removeEventListener('offline', listener)
    }
  },
}
