/**
 * Ways into a room: a stock y-websocket client, a socket driven by hand, and the frames of the plain y-websocket
 * protocol. Everything here is what a program that knows only section 8 would write.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as sync from 'y-protocols/sync'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { eventually } from './eventually.ts'
import type { Visitor } from './world.ts'

export interface Closed {
  readonly code: number
  readonly reason: string
}

export interface StockClient {
  readonly doc: Y.Doc
  readonly fields: Y.Map<unknown>
  readonly notes: Y.Text
  readonly provider: WebsocketProvider
  /** Sentences of permission-denied messages. */
  readonly denied: readonly string[]
  /** Closings by the server that a stock client takes as final. */
  readonly closed: Promise<Closed>
  /** Every closing so far. */
  readonly closings: readonly number[]
}

const opened: (() => void)[] = []

/** Ends everything that was opened; for afterEach. */
export function endSockets(): void {
  for (const end of opened.splice(0)) end()
}

export interface StockOptions {
  readonly doc?: Y.Doc
  /** Come with the session's token in the handshake, at every attempt, instead of with one ticket. */
  readonly bearer?: boolean
}

/** A stock client in one room. Does not wait until it is synced. */
export async function openStock(
  visitor: Visitor,
  record: string,
  { doc = new Y.Doc(), bearer = false }: StockOptions = {},
): Promise<StockClient> {
  const { token } = visitor
  class WithBearer extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${token}` } })
    }
  }
  const provider = new WebsocketProvider(`${visitor.server.replace('http', 'ws')}/rooms`, record, doc, {
    WebSocketPolyfill: (bearer ? WithBearer : WebSocket) as never,
    disableBc: true,
    connect: false,
    params: bearer ? {} : { ticket: await visitor.ticket() },
  })
  const denied: string[] = []
  const closings: number[] = []
  provider.messageHandlers[2] = (_encoder, decoder) => {
    if (decoding.readVarUint(decoder) === 0) denied.push(decoding.readVarString(decoder))
  }
  provider.on('connection-close', (event) => {
    if (event) closings.push(event.code)
  })
  const closed = new Promise<Closed>((resolve) => provider.on('closed', resolve))
  opened.push(() => provider.destroy())
  provider.connect()
  return {
    doc,
    fields: doc.getMap('fields'),
    notes: doc.getText('text:notes'),
    provider,
    denied,
    closed,
    closings,
  }
}

/** A stock client that has the server's state. */
export async function openSynced(
  visitor: Visitor,
  record: string,
  options: StockOptions = {},
): Promise<StockClient> {
  const client = await openStock(visitor, record, options)
  await eventually(() => client.provider.synced)
  return client
}

export interface RawSocket {
  readonly socket: WebSocket
  readonly opened: Promise<void>
  readonly closed: Promise<Closed>
  /** Status of a handshake that was answered by HTTP. */
  readonly refused: Promise<number>
  readonly frames: readonly Uint8Array[]
  /** Sentences of permission-denied messages. */
  readonly denied: readonly string[]
}

/** A socket driven by hand. `path` is what follows the host. */
export function openRaw(server: string, path: string, headers: Record<string, string> = {}): RawSocket {
  const socket = new WebSocket(server.replace('http', 'ws') + path, { headers })
  socket.binaryType = 'nodebuffer'
  const frames: Uint8Array[] = []
  const denied: string[] = []
  socket.on('message', (data: Buffer) => {
    frames.push(new Uint8Array(data))
    const decoder = decoding.createDecoder(data)
    if (decoding.readVarUint(decoder) === 2 && decoding.readVarUint(decoder) === 0)
      denied.push(decoding.readVarString(decoder))
  })
  socket.on('error', () => socket.terminate())
  opened.push(() => socket.terminate())
  return {
    socket,
    frames,
    denied,
    opened: new Promise((resolve) => socket.once('open', () => resolve())),
    closed: new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    ),
    refused: new Promise((resolve) =>
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0)),
    ),
  }
}

/** A socket driven by hand, with a fresh ticket, open. */
export async function openWithTicket(visitor: Visitor, record: string): Promise<RawSocket> {
  const raw = openRaw(visitor.server, `/rooms/${record}?ticket=${await visitor.ticket()}`)
  await raw.opened
  return raw
}

/** The record as the server tells it to a newcomer, in a document with a clientID of one's own. */
export async function fetchDocument(visitor: Visitor, record: string, clientID?: number): Promise<Y.Doc> {
  const client = await openSynced(visitor, record)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(client.doc))
  client.provider.destroy()
  if (clientID !== undefined) doc.clientID = clientID
  return doc
}

/** The bytes of what `edit` does to the document, as one update. */
export function updateOf(doc: Y.Doc, edit: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.transact(() => edit(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

export function updateFrame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    sync.writeUpdate(encoder, update)
  })
}

export function step2Frame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint8Array(encoder, update)
  })
}

/** Sends frames on a socket of their own and tells how the server closed it. */
export async function closingOf(
  visitor: Visitor,
  record: string,
  ...frames: readonly (Uint8Array | string)[]
): Promise<Closed & { readonly denied: readonly string[] }> {
  const raw = await openWithTicket(visitor, record)
  for (const frame of frames) raw.socket.send(frame)
  const closed = await raw.closed
  return { ...closed, denied: raw.denied }
}
