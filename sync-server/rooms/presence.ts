/**
 * Presence entries as y-protocols' awareness sends them: `count, count x (clientID, clock, JSON state)`.
 *
 * Read strictly; a state is rebuilt from the parts that presence knows and stamped with the worker that the server
 * knows, whatever the client claims (L13, GATE 21).
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as v from 'valibot'
import { AWARENESS_BYTES_MAX } from '../../core/protocol/limits.ts'
import { type Presence, presenceColour, presenceParts } from '../../core/protocol/presence.ts'

export interface PresenceEntry {
  readonly clientId: number
  readonly clock: number
  /** JSON text; `null` takes the entry away. */
  readonly state: string
}

/** Largest clock that is believed: beyond it nobody could ever renew. */
const CLOCK_MAX = 2 ** 31

/** Null when the bytes are no presence entries. Entries with an impossible clientID or clock are left out. */
export function readPresence(bytes: Uint8Array): readonly PresenceEntry[] | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    const entries: PresenceEntry[] = []
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state = decoding.readVarString(decoder)
      if (clientId <= Number.MAX_SAFE_INTEGER && clock <= CLOCK_MAX) entries.push({ clientId, clock, state })
    }
    return decoding.hasContent(decoder) ? null : entries
  } catch {
    return null
  }
}

export function writePresence(entries: readonly PresenceEntry[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
  })
}

/** What others are told; null when it says nothing that can be told, or too much. */
export function stampPresence(claimed: string, worker: Presence['worker']): string | null {
  if (claimed.length > AWARENESS_BYTES_MAX) return null
  let state: unknown
  try {
    state = JSON.parse(claimed)
  } catch {
    return null
  }
  if (typeof state !== 'object' || state === null) return null
  const given = new Map<string, unknown>(Object.entries(state))
  const user = given.get('user')
  const colour = v.safeParse(v.object({ color: presenceColour }), user)
  const field = v.safeParse(presenceParts.field, given.get('field'))
  const cursor = v.safeParse(presenceParts.cursor, given.get('cursor'))
  const presence: Presence = {
    worker,
    user: { ...worker, ...(colour.success && colour.output) },
    ...(field.success && { field: field.output }),
    ...(cursor.success && { cursor: cursor.output }),
  }
  const stamped = JSON.stringify(presence)
  return Buffer.byteLength(stamped) > AWARENESS_BYTES_MAX ? null : stamped
}
