/**
 * One connection's talk with the server, apart from the socket: hello, then feed, verdicts and revokes as they come,
 * and the outbox pumped out beside them.
 *
 * Messages are taken in one after the other; each is committed before the next is read, so that a tab killed between
 * any two lines resumes from what is stored. Entries go out in order, one a record at a time, because the clocks of
 * one record may not run ahead of an entry that is put off (L2).
 *
 * Whose worker is not live any more, or what is to be wiped itself, drains (L16, L21): the outbox is handed in, and once
 * nothing waits everything is deleted.
 */
import type { Drain } from '../../core/protocol/drain.ts'
import { FOUND_IN_FLIGHT_MAX, QUARANTINED_TOLD_MAX } from '../../core/protocol/limits.ts'
import type { Taken } from '../../core/protocol/found.ts'
import type { Message, MessageBody } from '../../core/protocol/messages.ts'
import { type MessageName, PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import type { Welcome } from '../../core/protocol/welcome.ts'
import { applyConflicts } from '../replica/apply-conflicts.ts'
import { applyDrainVerdict, beginDrain, emptyReplica } from '../replica/apply-drain.ts'
import { applyFeed } from '../replica/apply-feed.ts'
import { applyPolicy } from '../replica/apply-policy.ts'
import { applyRevoke } from '../replica/apply-revoke.ts'
import { applySettled, openHere } from '../replica/apply-settled.ts'
import { applyVerdict } from '../replica/apply-verdict.ts'
import { applyWelcome } from '../replica/apply-welcome.ts'
import { readDevice, type Replica } from '../replica/database.ts'
import { forgetFind, foundOf, nextFinds } from '../replica/lost-by-restore.ts'
import type { LinkStatus } from '../replica/stored.ts'
import { nextPushes, pushOf, unsentOf } from './outbox.ts'

export interface ConversationOptions {
  readonly db: Replica
  readonly send: <N extends MessageName>(name: N, body: MessageBody<N>, blobs?: readonly Uint8Array[]) => void
  /** What sort of device this is, for its worker's list of devices. */
  readonly label: string
  readonly now: () => number
  readonly newId: () => string
  readonly onStatus: (status: LinkStatus) => void
  /** Runs `work` after that many milliseconds; returns its cancelling. */
  readonly after: (ms: number, work: () => void) => () => void
  /** Deletes everything of this worker from this device; the receipt is sent when it resolves. */
  readonly onWipe: (why: Drain['why']) => Promise<void>
  /** The receipt is on its way: the sign-in is next. */
  readonly onWiped: () => void
  /** Something here is broken, not merely refused: the connection must begin again. */
  readonly onBroken: (error: unknown) => void
}

export interface Conversation {
  /** The socket is open: says hello. */
  opened(): void
  /** The socket is gone: what is on the way stays in the outbox. */
  closed(): void
  receive(message: Message): void
  /** Something was written here. */
  pump(): void
  /** Resolves when everything received and pumped so far is committed. */
  idle(): Promise<void>
}

export function createConversation(options: ConversationOptions): Conversation {
  const { db, send, label, now, newId, onStatus, after, onWipe, onWiped, onBroken } = options
  /** Edit id to record, for what is on the way on this connection. */
  const inFlight = new Map<string, string>()
  /** Records, and finds, whose turn comes later, with the cancelling of their alarm. */
  const putOff = new Map<string, () => void>()
  /** What a restored server lost (L20): what of it is on the way, and whether there may be any. */
  const handedIn = new Set<string>()
  let mayHaveFinds = true
  let live = false
  /** The server takes edits and sends nothing (L16); and whether it has asked for the wipe. */
  let draining = false
  let isWipeAsked = false
  let drainsFor: Drain['why'] = 'worker'
  /** There is no database any more: nothing may open it, or it would be there again. */
  let isWiped = false
  let connection = 0
  /** What the welcome announced, and what of it has come. A record that changes meanwhile comes again and counts once. */
  let announced = 0
  const arrived = new Set<string>()
  let showsProgress = false
  /** Everything that has come since this device held nothing; null where it held something. */
  let stored: Set<string> | null = null
  let queue: Promise<void> = Promise.resolve()

  /** One after the other; nothing of a former connection runs in a later one. */
  function enqueue(work: () => Promise<void>): void {
    if (isWiped) return
    const mine = connection
    queue = queue.then(async () => {
      if (mine !== connection || isWiped) return
      try {
        await work()
      } catch (error) {
        onBroken(error)
      }
    })
  }

  async function greet(): Promise<void> {
    const { id, secret, number, chain, history, scopeHash, policyVersion } = await readDevice(db)
    send('hello', {
      protocol: PROTOCOL_VERSION,
      worker: db.workerId,
      label,
      device: id === null || secret === null ? null : { id, secret },
      number,
      chain,
      history,
      scopeHash,
      policyVersion,
      unsent: await unsentOf(db),
      quarantined: await openHere(db, QUARANTINED_TOLD_MAX),
    })
  }

  async function take(message: Message): Promise<void> {
    switch (message.name) {
      case 'welcome':
        await applyWelcome(db, message.body, { now, newId })
        live = true
        expect(message.body)
        stored = (await db.records.count()) === 0 ? new Set() : null
        return await pumpNow()
      case 'feed': {
        const { page, records } = message.body
        for (const { row } of records) if (arrived.size < announced) arrived.add(`${row.kind}/${row.id}`)
        const isComplete = arrived.size >= announced
        const held = stored
        const isNew = (key: string) => held !== null && !held.has(key)
        await applyFeed(db, message.body, message.blobs, { now, newId, isComplete, isNew })
        if (isComplete) stored = null
        for (const { row } of records) stored?.add(`${row.kind}/${row.id}`)
        send('received', { page })
        if (isComplete) {
          showsProgress = false
          mayHaveFinds = true
        }
        showStatus()
        // A rebuild that has ended may have written entries anew.
        return isComplete ? await pumpNow() : undefined
      }
      case 'revoke':
        await applyRevoke(db, message.body, now)
        return send('received', { page: message.body.page })
      case 'policy':
        return await applyPolicy(db, message.body)
      case 'settled':
        return await applySettled(db, message.body)
      case 'conflicts':
        return await applyConflicts(db, message.body)
      case 'verdict': {
        const { body } = message
        const record = inFlight.get(body.edit)
        inFlight.delete(body.edit)
        if (body.outcome === 'later' && record !== undefined) putOffUntil(record, body.afterMs)
        if (!draining) await applyVerdict(db, body, { now, newId })
        else await applyDrainVerdict(db, body, { now, newId })
        await pumpNow()
        return await wipeOnceEmpty()
      }
      case 'taken':
        return await takeAnswer(message.body)
      case 'drain':
        await beginDrain(db, message.body)
        live = true
        draining = true
        drainsFor = message.body.why
        return await pumpNow()
      case 'wipe':
        isWipeAsked = draining && message.body.device === (await readDevice(db)).id
        return await wipeOnceEmpty()
      // What only devices say.
      case 'hello':
      case 'push':
      case 'received':
      case 'found':
      case 'wiped':
    }
  }

  function expect({ arrivals, resume }: Welcome): void {
    announced = arrivals
    arrived.clear()
    showsProgress = arrivals > 0 && (resume === 'rebuild' || arrivals > FIRST_SYNC_RECORDS)
    showStatus()
  }

  function showStatus(): void {
    onStatus(showsProgress ? { type: 'first-sync', done: arrived.size, total: announced } : { type: 'live' })
  }

  function putOffUntil(what: string, ms: number): void {
    putOff.get(what)?.()
    const cancel = after(ms, () => {
      putOff.delete(what)
      enqueue(pumpNow)
    })
    putOff.set(what, cancel)
  }

  async function pumpNow(): Promise<void> {
    if (!live) return
    const { otherHistory, rebuilding } = await readDevice(db)
    // Entries are about to be written anew on what the server holds now.
    if (otherHistory && rebuilding && !draining) return
    const busy = new Set([...inFlight.values(), ...putOff.keys()])
    const entries = await nextPushes(db, busy, inFlight.size)
    for (const entry of entries) {
      inFlight.set(entry.edit, entry.record)
      send('push', pushOf(entry), [entry.update])
    }
    if (!draining) await handIn()
  }

  async function handIn(): Promise<void> {
    if (!mayHaveFinds) return
    const busy = new Set([...handedIn, ...putOff.keys()])
    for (const find of await nextFinds(db, busy, FOUND_IN_FLIGHT_MAX - handedIn.size)) {
      handedIn.add(find.find)
      send('found', foundOf(find), [find.bytes])
    }
    mayHaveFinds = handedIn.size > 0 || (await db.finds.count()) > 0
  }

  async function takeAnswer({ find, afterMs }: Taken): Promise<void> {
    handedIn.delete(find)
    if (afterMs !== null) return putOffUntil(find, afterMs)
    await forgetFind(db, find)
    await handIn()
  }

  /** What was written after the hello goes first: its verdicts bring us here again. */
  async function wipeOnceEmpty(): Promise<void> {
    if (!isWipeAsked || !(await emptyReplica(db))) return
    isWiped = true
    try {
      await onWipe(drainsFor)
    } catch (error) {
      // Empty it is. The next connection is told to wipe again.
      isWiped = false
      throw error
    }
    send('wiped', {})
    onWiped()
  }

  return {
    opened() {
      connection++
      inFlight.clear()
      handedIn.clear()
      mayHaveFinds = true
      live = false
      draining = false
      isWipeAsked = false
      onStatus({ type: 'connecting' })
      enqueue(greet)
    },
    closed() {
      connection++
      inFlight.clear()
      handedIn.clear()
      for (const cancel of putOff.values()) cancel()
      putOff.clear()
      live = false
      arrived.clear()
      announced = 0
      stored = null
    },
    receive: (message) => enqueue(() => take(message)),
    pump: () => enqueue(pumpNow),
    idle: async () => {
      let seen: Promise<void>
      do {
        seen = queue
        await seen
      } while (seen !== queue)
    },
  }
}

/** More arrivals than this are shown as a first sync, with progress. */
const FIRST_SYNC_RECORDS = 1_000
