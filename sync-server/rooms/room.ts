/**
 * One record with the sockets that have it open. It knows the record as committed, and tells its sockets what commits
 * bring, in their order.
 *
 * INVARIANT: every socket in `members` may read the record as the room knows it. Each commit that touches the record,
 * its account or the policy is followed by `recheck` before anything is sent (L5).
 */
import { decide } from '../../core/access/decide.ts'
import { type Decision, isAllowed, type Target } from '../../core/access/types.ts'
import { emptyState } from '../../core/documents/difference.ts'
import { type RecordKey, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import type { CommittedChange } from '../gate/types.ts'
import type { RecordRef, Storage } from '../storage/storage.ts'
import { updateFrame } from './frames.ts'
import { createRoomAwareness, type RoomAwareness } from './awareness.ts'

/** What a room needs of a socket that is in it. */
export interface Member {
  readonly workerId: string
  /** The record changed; called in the order of commits. */
  deliver(change: PublishedChange): void
  /** The right to read is gone: nothing more is sent. */
  lose(): void
  send(bytes: Uint8Array): void
}

/** A change with bytes to send: the update itself, and as the frame that all members get. */
export interface PublishedChange {
  readonly seq: number
  readonly sessionId: string | null
  readonly update: Uint8Array
  readonly frame: Uint8Array
}

export interface CommittedState {
  readonly seq: number
  readonly state: Uint8Array
}

export class Room {
  readonly ref: RecordRef
  readonly key: RecordKey
  readonly awareness: RoomAwareness = createRoomAwareness()
  readonly members = new Set<Member>()
  readonly #storage: Storage
  readonly #policy: Policy
  #row: Row | null = null
  #account: Row | null = null
  #state: CommittedState = { seq: 0, state: emptyState }
  #isStateCurrent = false
  /** Counts the commits that touched this room, so that a load notices that one came between. */
  #touched = 0
  /** Changes that wait until the account of a record that moved has been loaded. */
  #waiting: CommittedChange[] | null = null

  constructor(ref: RecordRef, storage: Storage, policy: Policy) {
    this.ref = ref
    this.key = recordKey(ref.kind, ref.id)
    this.#storage = storage
    this.#policy = policy
  }

  /** The account that the record hangs on; null for an account itself and whatever hangs on none. */
  get accountId(): string | null {
    return kindSpecs[this.ref.kind].scope === 'account' ? accountIdOf(this.#row) : null
  }

  get exists(): boolean {
    return this.#row !== null
  }

  /** Loads record and account as of one commit. */
  async load(): Promise<void> {
    let before: number
    do {
      before = this.#touched
      const stored = (await this.#storage.load([this.ref])).get(this.key) ?? null
      let account: Row | null = null
      if (kindSpecs[this.ref.kind].scope === 'account') {
        // A record that does not exist asks too, so that it takes no less time than one that does (GATE 1).
        const accountRef = { kind: 'account' as const, id: accountIdOf(stored?.row ?? null) ?? this.ref.id }
        const found = await this.#storage.load([accountRef])
        account = found.get(recordKey(accountRef.kind, accountRef.id))?.row ?? null
      }
      this.#row = stored?.row ?? null
      this.#account = stored === null ? null : account
      this.#state = { seq: stored?.seq ?? 0, state: stored?.state ?? emptyState }
    } while (before !== this.#touched)
    this.#isStateCurrent = true
  }

  /** The committed document. Loads it anew when commits have come since. */
  async committedState(): Promise<CommittedState> {
    if (!this.#isStateCurrent) await this.load()
    return this.#state
  }

  decideView(workerId: string): Decision {
    const target: Target = { ...this.ref, row: this.#row }
    const isDependant = kindSpecs[this.ref.kind].scope === 'account'
    return decide(this.#policy.principalOf(workerId), 'view', {
      ...target,
      ...(isDependant && { account: this.#account }),
    })
  }

  /** First half of a commit: rows, before anybody is asked anything about them. */
  noteAccount(row: Row): void {
    this.#touched++
    this.#account = row
  }

  noteChange(change: CommittedChange): void {
    this.#touched++
    this.#isStateCurrent = false
    const accountBefore = this.accountId
    this.#row = change.row
    if (this.accountId !== accountBefore && this.#waiting === null) {
      this.#waiting = []
      // Without its account nobody can be asked for; they come back when the storage does.
      this.#loadAccountAnew().catch(() => this.#loseEverybody())
    }
  }

  /** Second half: who may still read it, then the changes themselves. All of the commit have been noted. */
  publish(changes: readonly CommittedChange[]): void {
    if (this.#waiting !== null) {
      this.#waiting.push(...changes)
      return
    }
    this.recheck()
    if (this.members.size === 0) return
    for (const { seq, sessionId, update } of changes) {
      if (update === null) continue
      const published = { seq, sessionId, update, frame: updateFrame(update) }
      for (const member of this.members) member.deliver(published)
    }
  }

  recheck(): void {
    if (this.#waiting !== null) return
    for (const member of this.members) {
      if (isAllowed(this.decideView(member.workerId))) continue
      this.members.delete(member)
      member.lose()
    }
  }

  sendToAll(bytes: Uint8Array | null): void {
    if (bytes !== null) for (const member of this.members) member.send(bytes)
  }

  async #loadAccountAnew(): Promise<void> {
    await this.load()
    const waiting = this.#waiting ?? []
    this.#waiting = null
    this.publish(waiting)
  }

  #loseEverybody(): void {
    this.#waiting = null
    for (const member of this.members) member.lose()
    this.members.clear()
  }
}

function accountIdOf(row: Row | null): string | null {
  const id = row?.accountId
  return typeof id === 'string' && id !== '' ? id : null
}
