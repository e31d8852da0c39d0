/** A worker's device with its real link, through y-websocket, to a real server. Its IndexedDB outlives its links. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import { type Kind, recordKey } from '../../../core/records/kind-spec.ts'
import { openReplica, type Replica, wipeReplica } from '../../../client/replica/database.ts'
import { createRecord, editRecord } from '../../../client/replica/edit-record.ts'
import type { LinkStatus } from '../../../client/replica/stored.ts'
import { type Link, openLink } from '../../../client/sync/link.ts'
import { eventually } from '../../support/eventually.ts'
import type { TestServer } from '../../support/test-server.ts'

export class LinkedDevice {
  readonly indexedDB = new IDBFactory()
  readonly db: Replica
  /** The receipt of a wipe has been sent. */
  isWiped = false
  status: LinkStatus = { type: 'offline' }
  readonly statuses: string[] = []
  #link: Link | null = null
  #online = true
  #follow: () => void = () => undefined

  /** Another one after a restore. */
  server: TestServer

  constructor(server: TestServer, workerId = 'rhea') {
    this.server = server
    this.db = openReplica(workerId, { indexedDB: this.indexedDB, IDBKeyRange })
    server.onClose(() => this.stop())
  }

  async connect(as = this.db.workerId): Promise<void> {
    const token = await this.server.signIn(as)
    // What the browser's cookie does.
    class SignedInSocket extends NodeWebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols, { headers: { authorization: `Bearer ${token}` } })
      }
    }
    this.#link = openLink({
      db: this.db,
      origin: this.server.socketUrl,
      WebSocket: SignedInSocket as unknown as typeof WebSocket,
      onWipe: () => wipeReplica(this.db),
      onWiped: () => {
        this.isWiped = true
      },
      onStatus: (status) => {
        this.status = status
        this.statuses.push(status.type)
      },
      network: {
        isOnline: () => this.#online,
        onChange: (listener) => {
          this.#follow = listener
          return () => undefined
        },
      },
    })
  }

  goOnline(isOnline: boolean): void {
    this.#online = isOnline
    this.#follow()
  }

  stop(): void {
    this.#link?.stop()
    this.#link = null
    this.#follow = () => undefined
  }

  async edit(kind: Kind, id: string, fields: RowValues) {
    const outcome = await editRecord(
      this.db,
      { kind, id, fields },
      { now: Date.now, newId: () => crypto.randomUUID() },
    )
    this.#link?.pump()
    return outcome
  }

  async create(kind: Kind, id: string, fields: RowValues) {
    const outcome = await createRecord(
      this.db,
      { kind, id, fields },
      { now: Date.now, newId: () => crypto.randomUUID() },
    )
    this.#link?.pump()
    return outcome
  }

  async row(kind: Kind, id: string) {
    return (await this.db.records.get(recordKey(kind, id)))?.row
  }

  async ids(kind: Kind): Promise<string[]> {
    return (await this.db.records.filter((record) => record.kind === kind).toArray())
      .map(({ id }) => id)
      .sort()
  }

  /** Nothing waits, and everything shown is what the server holds. */
  async settled(): Promise<void> {
    await eventually(async () => {
      await this.#link?.idle()
      expect(this.status.type).toBe('live')
      expect(await this.db.outbox.count()).toBe(0)
      for (const { kind, id, row } of await this.db.records.toArray()) {
        expect(row).toEqual(await this.server.row(kind, id))
      }
      return true
    })
  }
}
