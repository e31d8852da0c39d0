/**
 * A server small enough to be driven by hand: one order, one gate made of core's own functions, no sockets, no clock.
 *
 * `deliver` moves messages one at a time, so that a test decides what arrives before the cut. It keeps every fault
 * of structure in `faults`: an honest device never causes one.
 */
import { principalToJson } from '../../../core/access/principal-json.ts'
import type { Principal } from '../../../core/access/types.ts'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { clocksOf, fillerUpdate } from '../../../core/documents/encode-update.ts'
import { encodeState, isPending, openDocument } from '../../../core/documents/open-document.ts'
import { parseUpdate } from '../../../core/documents/parse-update.ts'
import { rowFromDoc } from '../../../core/documents/read-record.ts'
import { authorUpdate } from '../../../core/documents/author-change.ts'
import { writesFor, type RowValues } from '../../../core/documents/writes-for.ts'
import type { Message, MessageBody } from '../../../core/protocol/messages.ts'
import type { MessageName } from '../../../core/protocol/message-types.ts'
import type { VerdictMessage } from '../../../core/protocol/verdict.ts'
import { type Kind, type RecordKey, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { applyUpdate } from 'yjs'

interface Held {
  readonly kind: Kind
  readonly id: string
  state: Uint8Array
  row: Row
  seq: number
}

export interface Refusing {
  (push: MessageBody<'push'>): boolean
}

const SERVER_CLIENT = 7

export class FakeServer {
  readonly records = new Map<RecordKey, Held>()
  readonly verdicts = new Map<string, VerdictMessage>()
  readonly faults: string[] = []
  /** Edit ids in the order they were judged. */
  readonly judged: string[] = []
  history = 'history-1'
  seq = 0
  lease = 1_000
  principal: Principal
  refuses: Refusing = () => false
  later: Refusing = () => false
  pageSize = 2
  /** Whether a page within a run says how far it is, too. */
  numbersEachPage = true
  now = 1_000_000

  constructor(principal: Principal) {
    this.principal = principal
  }

  /** Writes as somebody else would have, and returns the row. */
  write(kind: Kind, id: string, values: RowValues): Row {
    const key = recordKey(kind, id)
    const held = this.records.get(key)
    const doc = openDocument(held === undefined ? [] : [held.state])
    authorUpdate(doc, SERVER_CLIENT, writesFor(kindSpecs[kind], held?.row ?? null, values))
    return this.#store(kind, id, encodeState(doc))
  }

  remove(kind: Kind, id: string): void {
    this.records.delete(recordKey(kind, id))
  }

  #store(kind: Kind, id: string, state: Uint8Array): Row {
    this.seq++
    const row = rowFromDoc(kindSpecs[kind], openDocument([state]), { id, seq: this.seq })
    this.records.set(recordKey(kind, id), { kind, id, state, row, seq: this.seq })
    return row
  }

  row(kind: Kind, id: string): Row | undefined {
    return this.records.get(recordKey(kind, id))?.row
  }

  /** The pages that a device at `after` lacks. */
  pagesSince(after: number): Message[] {
    const changed = [...this.records.values()].filter(({ seq }) => seq > after).sort((a, b) => a.seq - b.seq)
    const pages: Message[] = []
    for (let at = 0; at === 0 || at < changed.length; at += this.pageSize) {
      const part = changed.slice(at, at + this.pageSize)
      const isLast = at + this.pageSize >= changed.length
      pages.push({
        name: 'feed',
        body: {
          records: part.map(({ row }) => ({ row, keys: [], bytes: 'state' as const })),
          upTo: this.#upTo(isLast ? this.seq : (part.at(-1)?.seq ?? 0), isLast),
          page: at / this.pageSize + 1,
        },
        blobs: part.map(({ state }) => state),
      })
    }
    return pages
  }

  #upTo(number: number, isLast: boolean): { number: number; chain: string } | null {
    return isLast || this.numbersEachPage ? { number, chain: `${this.history}-${number}` } : null
  }

  welcome(hello: MessageBody<'hello'>): Message[] {
    const continues = hello.history === this.history && hello.chain === `${this.history}-${hello.number}`
    const pages = this.pagesSince(continues ? hello.number : 0)
    const arrivals = pages.reduce(
      (sum, page) => sum + (page.name === 'feed' ? page.body.records.length : 0),
      0,
    )
    const welcome: Message = {
      name: 'welcome',
      body: {
        device: { id: 'device-1', secret: hello.device === null ? 's'.repeat(32) : null },
        lease: this.lease,
        history: this.history,
        scopeHash: 'scope-1',
        resume: continues ? 'continue' : 'rebuild',
        arrivals,
        departures: 0,
        principals: [principalToJson(this.principal)],
        changers: {},
        serverTime: this.now,
      },
      blobs: [],
    }
    return arrivals === 0 && continues ? [welcome] : [welcome, ...pages]
  }

  /** One edit, one verdict; the same edit the same verdict. */
  push(push: MessageBody<'push'>, update: Uint8Array): VerdictMessage {
    const known = this.verdicts.get(push.edit)
    if (known !== undefined) return known
    if (this.later(push)) return { outcome: 'later', edit: push.edit, afterMs: 1_000 }
    const verdict = this.#judge(push, update)
    this.judged.push(push.edit)
    if (verdict.outcome !== 'rewrite') this.verdicts.set(push.edit, verdict)
    return verdict
  }

  #judge(push: MessageBody<'push'>, update: Uint8Array): VerdictMessage {
    const { edit, record } = push
    const { kind, id } = record
    const held = this.records.get(recordKey(kind, id))
    const doc = openDocument(held === undefined ? [] : [held.state])
    const parsed = parseUpdate(update)
    if (!parsed.ok) return this.#burn(edit, parsed.fault)
    const checked = checkStructure(doc, kindSpecs[kind], parsed.update, this.lease)
    if (!checked.ok && 'fault' in checked) return this.#burn(edit, checked.fault)
    const leans = !checked.ok
    if (leans || this.refuses(push) || (held === undefined && !push.creates)) {
      const span = held === undefined ? null : clocksOf(parsed.update)
      if (span !== null && held !== undefined) {
        applyUpdate(doc, fillerUpdate(span.client, span.clock, span.length))
        this.#store(kind, id, encodeState(doc))
      }
      return {
        outcome: 'refused',
        edit,
        record,
        seq: this.seq,
        reasons: [{ code: leans ? 'depends-on-refused' : 'not-held', rule: 'P1' }],
        sentence: 'You may not.',
        at: this.now,
        filler: span,
        quarantine: `q-${edit}`,
      }
    }
    applyUpdate(doc, update)
    if (isPending(doc)) return this.#burn(edit, 'pending')
    // Later arrival stands: where Yjs lets the older win, the server writes the value itself (D10).
    const meant = [...checked.writes].map(([field, { value }]) => ({ field, value }))
    authorUpdate(doc, SERVER_CLIENT, meant)
    this.#store(kind, id, encodeState(doc))
    return { outcome: 'merged', edit, record, seq: this.seq }
  }

  #burn(edit: string, fault: string): VerdictMessage {
    // What was written under a lease that is no more burns no other.
    if (fault !== 'foreign-client') {
      this.faults.push(`${edit}: ${fault}`)
      this.lease++
    }
    return { outcome: 'rewrite', edit, lease: this.lease }
  }
}

export type Sent = {
  readonly [N in MessageName]: {
    readonly name: N
    readonly body: MessageBody<N>
    readonly blobs: readonly Uint8Array[]
  }
}[MessageName]
