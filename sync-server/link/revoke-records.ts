/**
 * Which records have to leave a device: those that it may hold and that its worker does not see now (L4, GATE 23).
 *
 * A record that left a key and came back by another is no departure: only what is not visible now is named. Nor is one
 * that a restriction hid before as well: the device has never heard of it, and does not hear of it now (GATE 34).
 */
import { isRestricted as someRestriction, restrictedBy } from '../../core/access/restrictions.ts'
import type { Restrictions } from '../../core/access/types.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import { FEED_PAGE_RECORDS } from '../../core/protocol/limits.ts'
import { type RecordKey, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Reach, RecordRef, Storage, StoredRecord } from '../storage/storage.ts'
import { isVisible, type ReachByKind, type View } from './reach.ts'

/** Most records in one revoke message. */
export const REVOKE_PAGE_RECORDS = FEED_PAGE_RECORDS

export function revokeFrame(records: readonly RecordRef[], page: number): Uint8Array {
  return encodeMessage('revoke', { records: records.map(({ kind, id }) => ({ kind, id })), page })
}

/** Records among these that the view does not show; also those that are not there at all. */
export async function invisibleOf(
  storage: Storage,
  view: () => View,
  refs: readonly RecordRef[],
): Promise<readonly RecordRef[]> {
  const gone: RecordRef[] = []
  for (let from = 0; from < refs.length; from += FEED_PAGE_RECORDS) {
    const some = refs.slice(from, from + FEED_PAGE_RECORDS)
    const found = await storage.load(some)
    const accounts = await accountsOf(storage, view().isRestricted, [...found.values()])
    for (const ref of some) {
      const record = found.get(recordKey(ref.kind, ref.id))
      if (record === undefined || !isShown(view(), record, accounts)) gone.push(ref)
    }
  }
  return gone
}

/**
 * Records that left a key of this reach since the number, may have been seen until then, and are not seen now.
 *
 * `restrictions` are those under which the device was sent what it holds: null where that is not known, and then
 * everything may be there. Whatever restrictions read changes by a departure, so that these are all the times at which
 * a record was another one than it is now.
 */
export async function departedSince(
  storage: Storage,
  view: () => View,
  held: ReachByKind,
  restrictions: Restrictions | null,
  after: number,
): Promise<readonly RecordRef[]> {
  const departures = await storage.departuresSince(
    after,
    Number.MAX_SAFE_INTEGER,
    departureReach(view(), held, restrictions),
  )
  const refs = new Map<RecordKey, RecordRef>()
  for (const { record, key, before } of departures) {
    const reach = held[record.kind]
    const wasReached = reach?.type === 'everything' || reach?.keys.includes(key) === true
    const wasHidden = before !== null && restrictions !== null && restrictedBy(restrictions, before) !== null
    if (wasReached && !wasHidden) refs.set(recordKey(record.kind, record.id), record)
  }
  return invisibleOf(storage, view, [...refs.values()])
}

/** What is reached without any key is left only by a restriction, a former one too; without, it concerns nobody. */
function departureReach(view: View, held: ReachByKind, restrictions: Restrictions | null): Reach {
  const reaches = Object.values(held)
  const isRestricted = view.isRestricted || (restrictions !== null && someRestriction(restrictions))
  if (isRestricted && reaches.some(({ type }) => type === 'everything')) return { type: 'everything' }
  return {
    type: 'keys',
    keys: [...new Set(reaches.flatMap((reach) => (reach.type === 'keys' ? reach.keys : [])))],
  }
}

/** The accounts that visibility depends on; empty where keys alone decide. */
export async function accountsOf(
  storage: Storage,
  isRestricted: boolean,
  records: readonly StoredRecord[],
): Promise<ReadonlyMap<string, Row>> {
  const ids = new Set<string>()
  for (const { kind, row } of records)
    if (isRestricted && kindSpecs[kind].scope === 'account' && typeof row.accountId === 'string')
      ids.add(row.accountId)
  if (ids.size === 0) return new Map()
  const found = await storage.load([...ids].map((id) => ({ kind: 'account' as const, id })))
  return new Map([...found.values()].map(({ id, row }) => [id, row]))
}

export function isShown(view: View, record: StoredRecord, accounts: ReadonlyMap<string, Row>): boolean {
  const { row, keys } = record
  const account = typeof row.accountId === 'string' ? (accounts.get(row.accountId) ?? null) : null
  return isVisible(view, record, row, keys, account)
}

/** Whether a record as it is now could be seen under these restrictions; of a kind that has none it could. */
export function couldBeShown(
  restrictions: Restrictions | null,
  { kind, row }: StoredRecord,
  accounts: ReadonlyMap<string, Row>,
): boolean {
  if (restrictions === null) return true
  const { scope } = kindSpecs[kind]
  if (scope === 'self') return true
  const account = scope === 'own' ? row : accounts.get(String(row.accountId))
  return account === undefined || restrictedBy(restrictions, account) === null
}
