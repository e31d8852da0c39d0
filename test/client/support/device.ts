/** A device in a test: its own IndexedDB, a conversation without a socket, time and ids by hand. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Message } from '../../../core/protocol/messages.ts'
import { createConversation, type Conversation } from '../../../client/sync/conversation.ts'
import { openReplica, type Replica, wipeReplica } from '../../../client/replica/database.ts'
import { createRecord, editRecord, type EditContext } from '../../../client/replica/edit-record.ts'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import { type Kind, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import type { LinkStatus, QuarantineEntry } from '../../../client/replica/stored.ts'
import type { FakeServer, Sent } from './fake-server.ts'

let ids = 0

export class TestDevice {
  readonly indexedDB: IDBFactory
  readonly workerId: string
  db: Replica
  now = 1_000_000
  status: LinkStatus = { type: 'offline' }
  readonly broken: unknown[] = []
  /** What the device said and nobody has read yet. */
  outgoing: Sent[] = []
  alarms: (() => void)[] = []
  #conversation: Conversation | null = null

  constructor(workerId = 'rhea', indexedDB = new IDBFactory()) {
    this.workerId = workerId
    this.indexedDB = indexedDB
    this.db = openReplica(workerId, { indexedDB, IDBKeyRange })
  }

  get context(): EditContext {
    return { now: () => this.now, newId: () => `id-${String(++ids).padStart(16, '0')}` }
  }

  /** As when the tab is killed and opened again: what is stored stays, nothing else. */
  restart(): void {
    this.cut()
    this.db.close()
    this.db = openReplica(this.workerId, { indexedDB: this.indexedDB, IDBKeyRange })
  }

  edit(kind: Kind, id: string, fields: RowValues) {
    return editRecord(this.db, { kind, id, fields }, this.context)
  }

  create(kind: Kind, id: string, fields: RowValues) {
    return createRecord(this.db, { kind, id, fields }, this.context)
  }

  async row(kind: Kind, id: string): Promise<Row | undefined> {
    return (await this.db.records.get(recordKey(kind, id)))?.row
  }

  attention(): Promise<QuarantineEntry[]> {
    return this.db.quarantine.filter(({ settled }) => settled === null).toArray()
  }

  open(): void {
    this.outgoing = []
    this.#conversation = createConversation({
      label: 'A device of a test',
      db: this.db,
      ...this.context,
      send: (name, body, blobs = []) => this.outgoing.push({ name, body, blobs } as Sent),
      onStatus: (status) => {
        this.status = status
      },
      after: (_ms, work) => {
        this.alarms.push(work)
        return () => {
          this.alarms = this.alarms.filter((alarm) => alarm !== work)
        }
      },
      onWipe: () => wipeReplica(this.db),
      onWiped: () => undefined,
      onBroken: (error) => this.broken.push(error),
    })
    this.#conversation.opened()
  }

  cut(): void {
    this.#conversation?.closed()
    this.#conversation = null
    this.outgoing = []
  }

  async receive(message: Message): Promise<void> {
    this.#conversation?.receive(message)
    await this.idle()
  }

  async pump(): Promise<void> {
    this.#conversation?.pump()
    await this.idle()
  }

  async idle(): Promise<void> {
    await this.#conversation?.idle()
  }

  /** Takes the next thing said, or nothing. */
  async next(): Promise<Sent | undefined> {
    await this.idle()
    return this.outgoing.shift()
  }
}

/** Answers everything that the device says until it says no more. `most` cuts it short. */
export async function converse(
  device: TestDevice,
  server: FakeServer,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (let steps = 0; steps < most; steps++) {
    const said = await device.next()
    if (said === undefined) return
    for (const answer of answersTo(server, said)) await device.receive(answer)
  }
}

export function answersTo(server: FakeServer, said: Sent): readonly Message[] {
  if (said.name === 'hello') return server.welcome(said.body)
  if (said.name !== 'push') return []
  return [{ name: 'verdict', body: server.push(said.body, said.blobs[0] ?? new Uint8Array()), blobs: [] }]
}

/** Opens a connection and talks until nothing is left to say. */
export async function sync(device: TestDevice, server: FakeServer): Promise<void> {
  device.open()
  await converse(device, server)
}
