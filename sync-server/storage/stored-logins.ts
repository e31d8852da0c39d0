/** What the storage keeps of who comes in, and how: sessions, passwords, invitations, devices, and the log of it. */
import type { Kind } from '../../core/records/kind-spec.ts'
import type { RecordRef } from './stored-records.ts'

/**
 * A worker read a record that lies outside their scope, through a match (S13); or did something to a login that no
 * journal shows, because it is in no record (P31): then `record` is the worker whose login it is. Append only, and
 * never with a secret in it.
 */
export interface AccessEntry {
  /** Whoever did it: a worker's id, or `operator`. */
  readonly workerId: string
  readonly record: RecordRef
  readonly via: 'match' | LoginEvent
  /** From which it was done, where that is known; of a wipe, the device that it is about. */
  readonly deviceId: string | null
  /** Server time, milliseconds. */
  readonly at: number
}

export interface LoggedAccess extends AccessEntry {
  /** Random: numbers would count what their reader may not see. */
  readonly id: string
  /** Runs with the order of the log; never told. */
  readonly number: number
}

export interface AccessQuery {
  readonly vias?: readonly AccessEntry['via'][]
  /** Worker ids or `operator`: by one of them. */
  readonly authors?: readonly string[]
  readonly kind?: Kind
  /** About one of these; with `authors` given too and `either` set, one of the two is enough. */
  readonly records?: readonly RecordRef[]
  readonly either?: boolean
  /** Server time, milliseconds: from this instant on, and before that one. */
  readonly from?: number
  readonly until?: number
  /** Only those with a lower number: where the page before ended. */
  readonly before: number
  readonly limit: number
}

export type LoginEvent =
  | 'invited'
  | 'invite-accepted'
  | 'password-set'
  | 'password-changed'
  | 'password-change-asked'
  | 'signed-out-everywhere'
  | 'device-wipe-asked'
  | 'device-wiped'

/** A Yjs clientID and whose it is. Bound to its first worker for ever (L12). */
export interface Lease {
  readonly clientId: number
  readonly workerId: string
  /** Null for a clientID that a stock client brought. */
  readonly deviceId: string | null
  /** Burnt for all records (link), or for the records named (rooms, GATE 19). */
  readonly burnt: boolean
}

export interface Device {
  readonly id: string
  readonly workerId: string
  /** SHA-256 of the device's secret, hex. */
  readonly secretHash: string
  readonly lease: number
  /** How far the device has confirmed the feed, and the readable keys it was sent under, as the link wrote them. */
  readonly confirmed: { readonly number: number; readonly scopeHash: string; readonly scope: unknown } | null
  readonly createdAt: number
  readonly seenAt: number
  /** When it said that its worker's data is deleted (L16); absent before. */
  readonly wipedAt?: number
  /** What it says of itself, "Chromium on Android": a claim, shown as one. */
  readonly label?: string
  /** Somebody wants it emptied at its next contact (L21). Written by `askWipe` alone, whatever an older connection saves. */
  readonly wipeAsked?: { readonly at: number; readonly by: string }
}

/** What waited in a device's outbox when it last said hello; what has a verdict since then is not taken out here. */
export interface UnsentEdits {
  readonly total: number
  /** The first of them. */
  readonly edits: readonly {
    readonly edit: string
    readonly record: RecordRef
    readonly creates: boolean
    readonly fields: readonly string[]
  }[]
}

export interface DeviceWithUnsent extends Device {
  readonly unsent: UnsentEdits
}

export interface Credential {
  readonly workerId: string
  /** argon2id with its parameters and salt, as one string; null while no password is set. */
  readonly passwordHash: string | null
  /** The next sign-in leads to a new password before anything else (W-25). */
  readonly mustChange: boolean
}

/** The way to a first password, or another one (W-26). A worker has one at most: a new one voids it. */
export interface Invite {
  readonly workerId: string
  /** SHA-256 of the secret in the link, hex. */
  readonly secretHash: string
  /** Worker id of who made it: P26 is asked of them again when it is accepted. */
  readonly by: string
  readonly createdAt: number
  readonly expiresAt: number
}

/** When a worker last signed in, and when one of their devices was last heard of; milliseconds, null for never. */
export interface Activity {
  readonly signedInAt: number | null
  readonly syncedAt: number | null
}

export interface StoredSession {
  readonly id: string
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string
  readonly workerId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** Present once its worker was not live: then it is good for draining, and for nothing else ever (L16). */
  readonly drains?: true
  /** The device that last said hello under it; absent before. Written by `bindSession`. */
  readonly deviceId?: string
  /** Present while a device that said hello under it is to be wiped (L21): read, never written. */
  readonly wipes?: true
}

export type EndedSessions =
  | { readonly id: string }
  | { readonly deviceId: string }
  /** `but`: one that stays. */
  | { readonly workerId: string; readonly but?: string }
