/** The records that somebody has open, and what commits tell them (D11). A room lives as long as a socket is in it. */
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { Policy } from '../gate/policy.ts'
import type { CommittedBatch, CommittedChange, Gate } from '../gate/types.ts'
import type { RecordRef, Storage } from '../storage/storage.ts'
import { Room } from './room.ts'

export interface Rooms {
  readonly size: number
  /** The room of a record, held open until it is released as often as it was entered. */
  enter(ref: RecordRef): Room
  release(room: Room): void
  close(): void
}

export interface RoomsDependencies {
  readonly gate: Gate
  readonly policy: Policy
  readonly storage: Storage
  /** Told after each change of the number of rooms. */
  readonly onSize: (size: number) => void
}

export function createRooms({ gate, policy, storage, onSize }: RoomsDependencies): Rooms {
  const rooms = new Map<RecordKey, { readonly room: Room; holders: number }>()

  const stopListening = gate.onCommitted((batch) => {
    noteAccounts(batch)
    const touched = new Map<Room, CommittedChange[]>()
    for (const change of batch.changes) {
      const room = rooms.get(recordKey(change.record.kind, change.record.id))?.room
      if (room === undefined) continue
      room.noteChange(change)
      const changes = touched.get(room)
      if (changes === undefined) touched.set(room, [change])
      else changes.push(change)
    }
    for (const [room, changes] of touched) room.publish(changes)
    if (batch.policy !== null) for (const { room } of rooms.values()) room.recheck()
  })

  /** An account decides who reads what hangs on it, also where the commit does not name the dependants. */
  function noteAccounts({ changes }: CommittedBatch): void {
    const rows = new Map(
      changes.flatMap(({ record, row }) => (record.kind === 'account' ? [[record.id, row]] : [])),
    )
    if (rows.size === 0) return
    for (const { room } of rooms.values()) {
      const row = room.accountId === null ? undefined : rows.get(room.accountId)
      if (row === undefined) continue
      room.noteAccount(row)
      room.recheck()
    }
  }

  return {
    get size() {
      return rooms.size
    },
    enter(ref) {
      const key = recordKey(ref.kind, ref.id)
      let entered = rooms.get(key)
      if (entered === undefined) {
        entered = { room: new Room(ref, storage, policy), holders: 0 }
        rooms.set(key, entered)
        onSize(rooms.size)
      }
      entered.holders++
      return entered.room
    },
    release({ key }) {
      const entered = rooms.get(key)
      if (entered === undefined) return
      entered.holders--
      if (entered.holders > 0) return
      rooms.delete(key)
      onSize(rooms.size)
    },
    close: stopListening,
  }
}
