/**
 * What is new in a stock client's message, and whose it is (GATE 17-19).
 *
 * Known clocks and deletions are dropped first; so are the deletions of what was refused to this worker on this record,
 * which a stock client repeats with every message. What is left is taken apart by clientID.
 */
import { dropKnown } from '../../core/documents/drop-known.ts'
import { encodeUpdate } from '../../core/documents/encode-update.ts'
import type { DeleteRange, Fault, ParsedUpdate } from '../../core/documents/types.ts'
import type { Arrival, Part } from './arrival.ts'
import type { Refusal } from './refusals.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export type Parts =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly fault: Fault }

export function roomParts(
  working: Working,
  record: WorkingRecord,
  update: ParsedUpdate,
  bytes: Uint8Array,
  workerId: string,
): Parts {
  const refusals = working.refusalsOn(workerId, record.key)
  const fresh = dropKnown(
    working.document(record),
    refusals.length === 0 ? update : withoutRefused(update, refusals),
  )
  if (!fresh.ok) return fresh
  return {
    ok: true,
    parts: fresh.updates.map((parsed) => ({
      parsed,
      // Nearly every message is new from end to end.
      bytes: isSame(parsed, update) ? bytes : encodeUpdate(parsed),
      lease: parsed.groups[0]?.client ?? null,
    })),
  }
}

/** A clientID that nobody holds is leased by its first use (L12); false where it is not this worker's to use. */
export function mayUseClient(
  working: Working,
  { submission }: Arrival,
  record: WorkingRecord,
  client: number,
): boolean {
  const { workerId } = submission.author
  const lease = working.lease(client)
  if (lease === null) return true
  // A device's lease is written by its outbox alone: a second writer under it would diverge (GATE 18, 25).
  if (lease.workerId !== workerId || lease.deviceId !== null || lease.burnt) return false
  return !isBurnt(working.refusalsOn(workerId, record.key), client)
}

export function leaseClient(working: Working, { submission }: Arrival, client: number): void {
  if (working.lease(client) !== null) return
  working.addLease({ clientId: client, workerId: submission.author.workerId, deviceId: null, burnt: false })
}

function isBurnt(refusals: readonly Refusal[], client: number): boolean {
  return refusals.some((refusal) => refusal.deviceId === null && refusal.clients.includes(client))
}

/** Without the deletions of what was refused to this worker in a room. */
function withoutRefused({ groups, deletes }: ParsedUpdate, refusals: readonly Refusal[]): ParsedUpdate {
  const remembered = refusals.flatMap((refusal) => (refusal.deviceId === null ? refusal.deletes : []))
  return { groups, deletes: remembered.reduce(without, deletes) }
}

/** Whether nothing was dropped or cut: what is left of an update is never more than the update. */
function isSame(left: ParsedUpdate, whole: ParsedUpdate): boolean {
  if (left === whole) return true
  const [group] = left.groups
  const [wholeGroup] = whole.groups
  return (
    left.groups.length === whole.groups.length &&
    left.groups.length <= 1 &&
    group?.clock === wholeGroup?.clock &&
    left.deletes.length === whole.deletes.length &&
    left.deletes.every(({ clock, length }, index) => {
      const range = whole.deletes[index]
      return clock === range?.clock && length === range.length
    })
  )
}

/** The ranges without the clocks of one other range. */
function without(ranges: readonly DeleteRange[], gone: DeleteRange): readonly DeleteRange[] {
  const goneEnd = gone.clock + gone.length
  return ranges.flatMap((range) => {
    const end = range.clock + range.length
    if (range.client !== gone.client || goneEnd <= range.clock || end <= gone.clock) return [range]
    const left = { ...range, length: gone.clock - range.clock }
    const right = { ...range, clock: goneEnd, length: end - goneEnd }
    return [left, right].filter(({ length }) => length > 0)
  })
}
