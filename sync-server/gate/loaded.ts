/**
 * What the database said, for one batch: loaded before the gate decides, read while it decides.
 *
 * Deciding never awaits. What turns out to be missing is named by `NeedsLoading`; the decision, which has moved nothing
 * yet, is dropped, the need is loaded, and the decision is made anew from its beginning.
 */
import { QUARANTINE_PER_WORKER_MAX } from '../../core/protocol/limits.ts'
import { type Kind, type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type {
  Device,
  JournalEntry,
  Lease,
  RecordRef,
  Storage,
  StoredRecord,
  StoredVerdict,
} from '../storage/storage.ts'
import { DamagedRecord } from '../storage/damage.ts'
import type { LiveRecords } from './live-records.ts'
import type { WorkerRefusals, Refusals } from './refusals.ts'

export type Need =
  | { readonly type: 'record'; readonly ref: RecordRef }
  | { readonly type: 'owners'; readonly kind: Kind; readonly field: string; readonly folded: string }
  | { readonly type: 'dependants'; readonly accountId: string }
  | { readonly type: 'journal'; readonly ref: RecordRef }
  | { readonly type: 'refusals'; readonly workerId: string }
  | { readonly type: 'lease'; readonly clientId: number }
  | { readonly type: 'device'; readonly id: string }
  | { readonly type: 'verdict'; readonly deviceId: string; readonly editId: string }

export class NeedsLoading extends Error {
  readonly need: Need

  constructor(need: Need) {
    super(`${need.type} was not loaded before deciding`)
    this.need = need
  }
}

/** The kinds that hang on an account: re-keyed with it (S6). */
export const dependantKinds: readonly Kind[] = ['contact', 'address']

/** How far back the journal is read for who wrote a standing value. */
const JOURNAL_ENTRIES = 1_000

export interface Loaded {
  fetch(needs: readonly Need[]): Promise<void>
  record(ref: RecordRef): StoredRecord | null
  /** Ids of the committed records of the kind whose field holds this folded value. */
  owners(kind: Kind, field: string, folded: string): readonly string[]
  dependants(accountId: string): readonly StoredRecord[]
  /** Latest first. */
  journal(ref: RecordRef): readonly JournalEntry[]
  refusals(workerId: string): WorkerRefusals
  lease(clientId: number): Lease | null
  device(id: string): Device | null
  verdict(deviceId: string, editId: string): StoredVerdict | null
}

export function createLoaded(storage: Storage, live: LiveRecords, refusals: Refusals): Loaded {
  const records = new Map<RecordKey, StoredRecord | null>()
  const damaged = new Set<RecordKey>()
  const owners = new Map<string, readonly string[]>()
  const dependants = new Map<string, readonly StoredRecord[]>()
  const journals = new Map<RecordKey, readonly JournalEntry[]>()
  const leases = new Map<number, Lease | null>()
  const devices = new Map<string, Device | null>()
  const verdicts = new Map<string, StoredVerdict | null>()
  const refusalsByWorker = new Map<string, WorkerRefusals>()

  async function fetchRecords(needs: readonly Need[]): Promise<void> {
    const refs = new Map<RecordKey, RecordRef>()
    for (const need of needs) {
      if (need.type !== 'record') continue
      const key = recordKey(need.ref.kind, need.ref.id)
      if (records.has(key)) continue
      const kept = live.stored(key)
      if (kept) records.set(key, kept)
      else refs.set(key, need.ref)
    }
    if (refs.size === 0) return
    const found = await storage.load([...refs.values()])
    for (const [key, ref] of refs) {
      // It is there, so it may not pass for one that could be made (D22).
      if (!found.has(key) && storage.damage.hidesRow(ref)) damaged.add(key)
      else records.set(key, found.get(key) ?? null)
    }
  }

  async function fetchOwners(needs: readonly Need[]): Promise<void> {
    const wanted = new Map<string, { kind: Kind; field: string; values: Set<string> }>()
    for (const need of needs) {
      if (need.type !== 'owners' || owners.has(ownersKey(need.kind, need.field, need.folded))) continue
      const group = wanted.get(`${need.kind}/${need.field}`) ?? { ...need, values: new Set() }
      group.values.add(need.folded)
      wanted.set(`${need.kind}/${need.field}`, group)
    }
    for (const { kind, field, values } of wanted.values()) {
      const found = await storage.idsByValue(kind, field, [...values])
      for (const value of values) owners.set(ownersKey(kind, field, value), found.get(value) ?? [])
    }
  }

  async function fetchLeases(needs: readonly Need[]): Promise<void> {
    const missing = needs.flatMap((need) =>
      need.type === 'lease' && !leases.has(need.clientId) ? [need.clientId] : [],
    )
    if (missing.length === 0) return
    const found = await storage.leases([...new Set(missing)])
    for (const clientId of missing) leases.set(clientId, found.get(clientId) ?? null)
  }

  async function fetchOne(need: Need): Promise<void> {
    switch (need.type) {
      case 'record':
      case 'owners':
      case 'lease':
        return
      case 'dependants':
        if (dependants.has(need.accountId)) return
        dependants.set(
          need.accountId,
          await storage.recordsUnder(`account:${need.accountId}`, dependantKinds),
        )
        return
      case 'journal': {
        const key = recordKey(need.ref.kind, need.ref.id)
        if (!journals.has(key)) journals.set(key, await storage.journalOf(need.ref, JOURNAL_ENTRIES))
        return
      }
      case 'refusals':
        if (refusalsOf(need.workerId) === null) {
          const entries = await storage.quarantine({
            workerId: need.workerId,
            limit: QUARANTINE_PER_WORKER_MAX,
          })
          refusals.remember(need.workerId, entries, await storage.countQuarantine(need.workerId))
        }
        return
      case 'device':
        if (!devices.has(need.id)) devices.set(need.id, await storage.device(need.id))
        return
      case 'verdict': {
        const key = `${need.deviceId}/${need.editId}`
        if (!verdicts.has(key)) verdicts.set(key, await storage.verdict(need.deviceId, need.editId))
        return
      }
    }
  }

  /** The other needs have been fetched together. */
  function isFetchedAlone(need: Need): boolean {
    if (need.type === 'record' || need.type === 'owners' || need.type === 'lease') return false
    return need.type !== 'refusals' || refusalsOf(need.workerId) === null
  }

  /** Looked up once a batch: nothing is added to them before it commits. */
  function refusalsOf(workerId: string): WorkerRefusals | null {
    const known = refusalsByWorker.get(workerId)
    if (known !== undefined) return known
    const held = refusals.of(workerId)
    if (held !== null) refusalsByWorker.set(workerId, held)
    return held
  }

  function found<T>(value: T | undefined, need: Need): T {
    if (value === undefined) throw new NeedsLoading(need)
    return value
  }

  return {
    async fetch(needs) {
      await fetchRecords(needs)
      await fetchOwners(needs)
      await fetchLeases(needs)
      // Most are at hand, and each wait would cost as much as a part of the decision.
      for (const need of needs) if (isFetchedAlone(need)) await fetchOne(need)
    },
    record(ref) {
      const key = recordKey(ref.kind, ref.id)
      if (damaged.has(key)) throw new DamagedRecord(ref, 'row')
      return found(records.get(key), { type: 'record', ref })
    },
    owners: (kind, field, folded) =>
      found(owners.get(ownersKey(kind, field, folded)), { type: 'owners', kind, field, folded }),
    dependants: (accountId) => found(dependants.get(accountId), { type: 'dependants', accountId }),
    journal: (ref) => found(journals.get(recordKey(ref.kind, ref.id)), { type: 'journal', ref }),
    refusals: (workerId) => found(refusalsOf(workerId) ?? undefined, { type: 'refusals', workerId }),
    lease: (clientId) => found(leases.get(clientId), { type: 'lease', clientId }),
    device: (id) => found(devices.get(id), { type: 'device', id }),
    verdict: (deviceId, editId) =>
      found(verdicts.get(`${deviceId}/${editId}`), { type: 'verdict', deviceId, editId }),
  }
}

/** Folded values may hold anything; the field name cannot hold a line break. */
function ownersKey(kind: Kind, field: string, folded: string): string {
  return `${kind}/${field}\n${folded}`
}
