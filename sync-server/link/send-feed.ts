/**
 * The feed of one device: arrivals, changes and departures, in order, without gaps, as fast as the device takes them
 * (L3, GATE 23).
 *
 * Two gaits. Catching up reads whole records from the storage, in runs up to the number that was the last when the run
 * began; when a run ends and nothing that concerns this device was committed meanwhile, it is live: commits are passed
 * on as they are. Whenever passing on is not enough (a record comes into reach, the device is slow, a page needs
 * something that must be loaded) it catches up again from the last number sent, which is always right.
 *
 * INVARIANT: nothing is sent that the view of this very moment does not show (L5). What was loaded before a commit and
 * touched by it is not sent; departures leave before anything that was committed after them.
 */
import { isRestricted as someRestriction } from '../../core/access/restrictions.ts'
import type { Restrictions } from '../../core/access/types.ts'
import { FEED_PAGE_RECORDS } from '../../core/protocol/limits.ts'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { CommittedChange } from '../gate/types.ts'
import type { RecordRef, Storage, StoredRecord } from '../storage/storage.ts'
import {
  type DeviceScope,
  differenceTo,
  holds,
  inTransition,
  restrictionsHeld,
  withoutLost,
} from './device-scope.ts'
import { FeedReceipts, type FeedReceiptsOptions } from './feed-receipts.ts'
import { feedFrame, pagesOf, type Parcel, stateParcel, updateParcel, type UpTo } from './feed-page.ts'
import { isEmpty, type ReachByKind, union, type View } from './reach.ts'
import { type AccountRows, visibility, visibilityBefore } from './visibility.ts'
import {
  accountsOf,
  couldBeShown,
  departedSince,
  invisibleOf,
  isShown,
  REVOKE_PAGE_RECORDS,
  revokeFrame,
} from './revoke-records.ts'

export interface FeedOptions extends FeedReceiptsOptions {
  readonly storage: Storage
  readonly view: View
  /** What the device holds, and up to which number. */
  readonly number: number
  readonly scope: DeviceScope
}

/** Changes waiting to be passed on; beyond, they are read from the storage again. */
const LIVE_QUEUE_MAX = 1_000
/** An idle device is told how far it is after so many numbers, so that coming back stays cheap. */
const NUMBERS_BEHIND_MAX = 1_000

/** `restrictions`: those under which the device was sent what is searched; null where they are not known. */
interface LostSearch extends Search {
  readonly restrictions: Restrictions | null
  /** The last number sent when it began: what departs while it is under way is not found under its keys any more. */
  readonly since: number
}

/** `lost`: look for what must leave. `gained`: send what came into reach, up to the number when that began. */
interface Search {
  readonly reach: ReachByKind
  readonly after: number
  readonly upTo: number | null
}

export class Feed {
  readonly #options: FeedOptions
  #view: View
  #number: number
  #scope: DeviceScope
  readonly #receipts: FeedReceipts
  #isLive = false
  #isStarted = false
  #isStopped = false
  #isPumping = false
  #hasAnnounced = false
  #run: UpTo | null = null
  #isRunTouched = false
  #lost: LostSearch | null = null
  /** The search is over, and what it found has not left yet. */
  #isLostSearched = false
  #gained: Search | null = null
  #queue: CommittedChange[] = []
  readonly #revokes = new Map<RecordKey, RecordRef>()
  /** Records that moved to another account, for a view that has to look at it. */
  readonly #recheck = new Map<RecordKey, RecordRef>()
  /** Latest number of what commits touched since the load that is under way began; null when none is. */
  #touched: Map<RecordKey, number> | null = null
  /** Counts commits' changes, so that a load notices what came after it. */
  #notes = 0

  constructor(options: FeedOptions) {
    this.#options = options
    this.#view = options.view
    this.#number = options.number
    this.#scope = options.scope
    this.#receipts = new FeedReceipts(options)
    this.#compare()
  }

  get view(): View {
    return this.#view
  }

  /** Looks for departures before the welcome says how many there are. Commits may be noted meanwhile. */
  async prepare(): Promise<{ readonly arrivals: number; readonly departures: number }> {
    const { storage } = this.#options
    // A device that begins anew holds nothing that could leave it.
    const { confirmed } = this.#receipts
    if (confirmed !== null) {
      const { scope } = confirmed
      const held = union(scope.held.reach, scope.maybe)
      const restrictions = restrictionsHeld(scope)
      const departed = await departedSince(storage, () => this.#view, held, restrictions, this.#number)
      for (const ref of departed) this.#revoke(ref)
    }
    while (this.#lost !== null) await this.#searchLost(this.#lost)
    return { arrivals: await this.#countArrivals(), departures: this.#revokes.size }
  }

  start(): void {
    this.#isStarted = true
    this.#wake()
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Other rights from now on. What they take away is sent no more, not even what is half sent. */
  changeView(view: View): void {
    this.#view = view
    this.#compare()
    if (this.#gained !== null || view.isRestricted) this.#catchUp()
    else this.#queue = this.#queue.filter(({ record, keys }) => view.meets(record.kind, keys))
    this.#wake()
  }

  /** A commit changed a record that this device may see, or may have seen. Called in the order of commits. */
  note(change: CommittedChange, accounts: AccountRows): void {
    const { record, rowBefore, row } = change
    const key = recordKey(record.kind, record.id)
    const before = rowBefore !== null && visibilityBefore(this.#view, change, rowBefore, accounts)
    const now = visibility(this.#view, record, row, change.keys, accounts, 'after')
    this.#notes++
    this.#touched?.set(key, change.seq)
    if (now !== false) this.#isRunTouched = true
    if (now === false && before !== false) {
      this.#revoke(record)
      this.#queue = this.#queue.filter((queued) => recordKey(queued.record.kind, queued.record.id) !== key)
    } else if (now === true) {
      this.#revokes.delete(key)
      if (before === true && this.#isLive && this.#queue.length < LIVE_QUEUE_MAX) this.#queue.push(change)
      else this.#catchUp()
    } else if (now === 'unknown') {
      if (before !== false && rowBefore?.accountId !== row.accountId) this.#recheck.set(key, record)
      this.#catchUp()
    }
    this.#wake()
  }

  /** The device has committed this page and all before it. */
  received(page: number): void {
    if (!this.#receipts.take(page)) return
    this.#wake()
  }

  /** Passes on what waits, now, where nothing has to be loaded first: a verdict is to find its bytes sent before it. */
  flush(): void {
    if (this.#isLive && this.#isStarted && this.#revokes.size === 0) this.#sendLive()
  }

  /** At a steady pace: keeps what is proven, and tells an idle device how far it is. */
  beat(head: UpTo): void {
    const isIdle = this.#isLive && this.#queue.length === 0 && this.#revokes.size === 0
    if (isIdle && head.number - this.#number >= NUMBERS_BEHIND_MAX && this.#receipts.hasCredit())
      this.#sendPages([], head)
    // What is not kept costs a longer way back, no more: a full disk closes no link (D23).
    this.keep().catch(() => {})
  }

  keep(): Promise<void> {
    return this.#receipts.keep()
  }

  #wake(): void {
    if (this.#isPumping || !this.#isStarted || this.#isStopped) return
    this.#isPumping = true
    // Not at once: a commit of many changes, and the commits of one turn, become one page.
    setImmediate(() => {
      this.#pump().catch(this.#options.onError)
    })
  }

  async #pump(): Promise<void> {
    try {
      while (!this.#isStopped && (await this.#step())) {}
    } finally {
      this.#isPumping = false
    }
  }

  /** The most urgent thing there is to do; false when there is nothing, or the device has to answer first. */
  async #step(): Promise<boolean> {
    if (this.#recheck.size > 0) await this.#searchRecheck()
    else if (this.#lost !== null) await this.#searchLost(this.#lost)
    else if (this.#revokes.size > 0) this.#sendRevokes()
    else if (!this.#receipts.hasCredit()) return false
    else if (this.#gained !== null) await this.#sendGained(this.#gained)
    else if (!this.#isLive) await this.#sendRun()
    else if (this.#queue.length > 0) this.#sendLive()
    else return false
    return true
  }

  async #searchRecheck(): Promise<void> {
    const refs = [...this.#recheck.values()]
    this.#recheck.clear()
    for (const ref of await invisibleOf(this.#options.storage, () => this.#view, refs)) this.#revoke(ref)
  }

  async #searchLost(search: LostSearch): Promise<void> {
    const { storage } = this.#options
    const { reach, after, restrictions, since } = search
    if (search.upTo === null) await this.#writeAhead()
    const upTo = search.upTo ?? (await storage.head()).number
    const records = await storage.feed({ reach, after, upTo, limit: FEED_PAGE_RECORDS })
    const isRestricted = this.#view.isRestricted || (restrictions !== null && someRestriction(restrictions))
    const accounts = await accountsOf(storage, isRestricted, records)
    // The rights changed meanwhile: there is another search to make, which covers this one.
    if (this.#lost !== search) return
    for (const record of records) {
      const leaves = !isShown(this.#view, record, accounts) && couldBeShown(restrictions, record, accounts)
      if (leaves) this.#revoke(record)
    }
    const last = records.at(-1)
    if (records.length >= FEED_PAGE_RECORDS && last !== undefined) {
      this.#lost = { reach, after: last.seq, upTo, restrictions, since }
      return
    }
    const departed = await departedSince(storage, () => this.#view, reach, restrictions, since)
    if (this.#lost !== search) return
    for (const ref of departed) this.#revoke(ref)
    this.#lost = null
    this.#isLostSearched = true
    if (this.#revokes.size === 0) this.#settleLost()
  }

  /** Called when the last revoke is about to leave: its receipt proves that nothing lost is left. */
  #settleLost(): void {
    if (!this.#isLostSearched) return
    this.#isLostSearched = false
    const { scope } = this.#view
    this.#scope = this.#gained === null ? holds(scope) : withoutLost(this.#scope, scope)
  }

  async #sendGained(search: Search): Promise<void> {
    const { storage } = this.#options
    const { reach, after } = search
    let { upTo } = search
    if (upTo === null) {
      await this.#writeAhead()
      upTo = (await storage.head()).number
    }
    const loaded = await this.#load(reach, after, upTo)
    if (this.#gained !== search || loaded === null) return
    if (loaded.parcels.length > 0) this.#sendPages(loaded.parcels, null)
    if (loaded.isLast) {
      this.#gained = null
      this.#scope = holds(this.#view.scope)
      // One more page, so that its receipt proves the last of these.
      this.#hasAnnounced = false
    } else this.#gained = { reach, after: loaded.lastSeq, upTo }
  }

  async #sendRun(): Promise<void> {
    const { storage } = this.#options
    if (this.#run === null) {
      this.#isRunTouched = false
      this.#run = await storage.head()
    }
    const run = this.#run
    const view = this.#view
    const loaded = await this.#load(view.scope.reach, this.#number, run.number)
    if (loaded === null) return
    let upTo = run
    if (!loaded.isLast) {
      // The entry is there: this number is a record's.
      upTo = { number: loaded.lastSeq, chain: (await storage.chainAt(loaded.lastSeq)) ?? '' }
    }
    // Something came between that has to leave the device first; the page is loaded again.
    if (this.#view !== view || this.#recheck.size > 0 || this.#notes > loaded.notes) return
    if (loaded.parcels.length > 0 || !this.#hasAnnounced || !loaded.isLast)
      this.#sendPages(loaded.parcels, upTo)
    this.#number = upTo.number
    if (!loaded.isLast) return
    this.#run = null
    this.#hasAnnounced = true
    this.#isLive = !this.#isRunTouched
  }

  /** One page's records as they may be sent now; null when the rights changed while they were loaded. */
  async #load(reach: ReachByKind, after: number, upTo: number) {
    const { storage } = this.#options
    const view = this.#view
    const touched = new Map<RecordKey, number>()
    this.#touched = touched
    const records: readonly StoredRecord[] = await storage.feed({
      reach,
      after,
      upTo,
      limit: FEED_PAGE_RECORDS,
    })
    const accounts = await accountsOf(storage, view.isRestricted, records)
    // A live link lives long: it remembers no record for every change that it passes on.
    this.#touched = null
    if (this.#view !== view) return null
    const isStale = ({ kind, id, seq }: StoredRecord) => (touched.get(recordKey(kind, id)) ?? 0) > seq
    const parcels = records
      .filter((record) => !isStale(record) && isShown(view, record, accounts))
      .map((record) => stateParcel(record))
    const isLast = records.length < FEED_PAGE_RECORDS
    return { parcels, isLast, lastSeq: records.at(-1)?.seq ?? after, notes: this.#notes }
  }

  #sendLive(): void {
    while (this.#queue.length > 0 && this.#receipts.hasCredit()) {
      const changes = this.#queue.splice(0, FEED_PAGE_RECORDS)
      const last = changes.at(-1)
      if (last === undefined) return
      this.#sendPages(changes.map(updateParcel), { number: last.seq, chain: last.chain })
    }
  }

  #sendPages(parcels: readonly Parcel[], upTo: UpTo | null): void {
    // INVARIANT: a number that is told covers the departures before it.
    while (this.#revokes.size > 0) this.#sendRevokes()
    const pages = pagesOf(parcels)
    for (const [index, page] of pages.entries()) {
      const isLast = index === pages.length - 1
      if (isLast && upTo !== null) this.#number = upTo.number
      this.#send((number) => feedFrame(page, isLast ? upTo : null, number))
    }
  }

  #sendRevokes(): void {
    const some = [...this.#revokes].slice(0, REVOKE_PAGE_RECORDS)
    for (const [key] of some) this.#revokes.delete(key)
    if (this.#revokes.size === 0) this.#settleLost()
    const records = some.map(([, ref]) => ref)
    this.#send((page) => revokeFrame(records, page))
  }

  #send(frameOf: (page: number) => Uint8Array): void {
    const after = { number: this.#number, scopeHash: this.#view.hash, scope: this.#scope }
    this.#receipts.send(frameOf, after)
  }

  #revoke({ kind, id }: RecordRef): void {
    this.#revokes.set(recordKey(kind, id), { kind, id })
  }

  #catchUp(): void {
    this.#isLive = false
    this.#queue = []
  }

  /** What the device has to lose and to get, from what it holds to what it may hold now. */
  #compare(): void {
    const { lost, gained } = differenceTo(this.#scope, this.#view.scope)
    this.#isLostSearched = false
    const restrictions = restrictionsHeld(this.#scope)
    this.#lost = isEmpty(lost)
      ? null
      : { reach: lost, after: 0, upTo: null, restrictions, since: this.#number }
    this.#gained = isEmpty(gained) ? null : { reach: gained, after: 0, upTo: null }
    const isSame = this.#lost === null && this.#gained === null
    this.#scope = isSame ? holds(this.#view.scope) : inTransition(this.#scope, this.#view.scope)
  }

  /** Entered before anything of the difference leaves, for receipts that never come. */
  #writeAhead(): Promise<void> {
    return this.#receipts.writeAhead(({ scope }) => inTransition(scope, this.#view.scope))
  }

  /** Counts nothing that restrictions hide: a restricted worker's progress has no end in sight (GATE 34). */
  async #countArrivals(): Promise<number> {
    if (this.#view.isRestricted) return 0
    const { storage } = this.#options
    const upTo = Number.MAX_SAFE_INTEGER
    const gained =
      this.#gained === null ? 0 : await storage.countFeed({ reach: this.#gained.reach, after: 0, upTo })
    return gained + (await storage.countFeed({ reach: this.#view.scope.reach, after: this.#number, upTo }))
  }
}
