/**
 * The real gate over a real SQLite file, and beside it the oracle: plain Yjs documents that are given what the gate
 * publishes, and its own reading of what that changed. No code of core/documents is asked whether all is well.
 */
import * as Y from 'yjs'
import { type Kind, recordKey } from '../../../core/records/kind-spec.ts'
import type { CommittedChange, UpdateSubmission, Verdict } from '../../../sync-server/gate/types.ts'
import type { RecordRef } from '../../../sync-server/storage/storage.ts'
import { type Harness, oak, openOrganisation, ref, worker } from '../../sync-server/gate/harness.ts'
import { differing, readDocument, type Reading } from './reading.ts'
import { whyNot } from './rights.ts'

/** One thing that somebody sends. All of it is JSON, so that what was found can be kept in a file. */
export interface Step {
  readonly worker: string
  /** A device's lease, or a stock client's clientID. */
  readonly client: number
  readonly via: 'link' | 'room'
  /** `account/oak`, `desk/rhea`, or an account that this would make. */
  readonly record: string
  readonly creates: boolean
  /** In hex. */
  readonly update: string
  /** Sent by somebody who does nothing wrong: it must be merged. */
  readonly honest: boolean
}

export interface Answer {
  readonly step: Step
  readonly verdict: Verdict
}

/** What the oracle found. */
export class Harm extends Error {}

const desk = ref('desk', 'rhea')
const lasting = [recordKey('account', 'oak'), recordKey('desk', 'rhea')]

/** A device, and the clientID that the server lent it. */
interface Lent {
  readonly id: string
  readonly lease: number
  lastRefusal: string | null
}

/** ClientIDs that nobody else writes under, but for a chance of one in millions. */
const SPARE_CLIENTS = 4_000_000_000

interface Mirror {
  /** Given everything in the order of the commits. */
  readonly doc: Y.Doc
  /** A replica that showed honest edits before the server had them: the other order. */
  readonly early: Y.Doc
}

export class World {
  readonly #harness: Harness
  readonly #mirrors = new Map<string, Mirror>()
  readonly #published: CommittedChange[] = []
  readonly #devices = new Map<number, Lent>()
  #sent = 0

  private constructor(harness: Harness) {
    this.#harness = harness
    harness.gate.onCommitted(({ changes }) => void this.#published.push(...changes))
  }

  static async open(): Promise<World> {
    const harness = await openOrganisation()
    const world = new World(harness)
    const vic = worker('vic', { accountsQueryType: 'rep', 'repCodes/275': true })
    await harness.gate.submit(vic)
    const rhea = await harness.device('rhea', 900_001)
    await rhea.edit(
      desk,
      [
        { field: 'theme', value: 'dark' },
        { field: 'views/a', value: { q: 'x' } },
      ],
      { creates: true },
    )
    await rhea.edit(oak, [{ field: 'text:notes', value: 'Called twice, nobody there.' }])
    for (const record of [oak, desk]) {
      const state = await world.#state(record)
      if (state === null) throw new Error(`${record.kind} is not there`)
      world.#mirrors.set(recordKey(record.kind, record.id), { doc: opened(state), early: opened(state) })
    }
    world.#published.length = 0
    return world
  }

  /** The document as the server has published it; not to be written. */
  doc(record: string): Y.Doc {
    const mirror = this.#mirrors.get(record)
    if (mirror === undefined) throw new Error(`no document of ${record}`)
    return mirror.doc
  }

  close(): Promise<void> {
    return this.#harness.close()
  }

  /** Sends all at once, and holds what became of it against the oracle. Throws `Harm`. */
  async send(steps: readonly Step[]): Promise<Answer[]> {
    for (const { honest, record, update } of steps)
      if (honest) Y.applyUpdate(this.#mirror(record).early, bytesOf(update))
    // Whoever writes honestly has met the server before: a lease is lent that nobody has written under.
    for (const step of steps) if (step.honest && step.via === 'link') await this.#deviceOf(step)
    const sent = []
    for (const step of steps) {
      const submission = await this.#submission(step)
      sent.push({ step, submission, answer: this.#harness.gate.submit(submission) })
    }
    const publishedBy = new Map<string, Publication[]>()
    const answers: Answer[] = []
    for (const { step, submission, answer } of sent) {
      const verdict = await answer
      answers.push({ step, verdict })
      const device = this.#devices.get(step.client)
      if (verdict.type === 'refused' && submission.edit !== null && device !== undefined)
        device.lastRefusal = submission.edit.id
      publishedBy.set(submission.sessionId, [])
    }
    const verdictBy = new Map(sent.map(({ submission }, index) => [submission.sessionId, answers[index]]))
    this.#takePublished(publishedBy)
    for (const [session, answer] of verdictBy)
      if (answer !== undefined) this.#judge(answer, publishedBy.get(session) ?? [])
    for (const record of lasting) await this.#compare(record)
    if (this.#harness.errors.length > 0) throw new Harm(`the gate failed: ${String(this.#harness.errors[0])}`)
    return answers
  }

  async #submission(step: Step): Promise<UpdateSubmission> {
    const number = ++this.#sent
    const [kind, id] = step.record.split('/') as [Kind, string]
    const submission = {
      type: 'update' as const,
      author: { type: 'worker' as const, workerId: step.worker },
      via: step.via,
      record: { kind, id },
      creates: step.creates,
      update: bytesOf(step.update),
      sessionId: `s${number}`,
    }
    if (step.via === 'room') return { ...submission, edit: null }
    const device = await this.#deviceOf(step)
    const edit = {
      id: `edit-number-${number}`.padEnd(20, '-'),
      deviceId: device.id,
      lease: device.lease,
      claimed: [],
      writtenAt: 1,
      policyVersion: 0,
      lastRefusal: device.lastRefusal,
      replaces: null,
    }
    return { ...submission, edit }
  }

  async #deviceOf(step: Step): Promise<Lent> {
    const device = this.#devices.get(step.client) ?? { ...(await this.#lend(step)), lastRefusal: null }
    this.#devices.set(step.client, device)
    return device
  }

  /**
   * Under the clientID that the step speaks for, unless it is held already, or taken while this asks: the server would
   * lend another one.
   */
  async #lend({ worker, client }: Step): Promise<{ readonly id: string; readonly lease: number }> {
    const isHeld = (await this.#harness.storage.leases([client])).size > 0
    const lend = async (lease: number) => ({ id: (await this.#harness.device(worker, lease)).id, lease })
    const another = () => lend(SPARE_CLIENTS + ++this.#sent)
    return isHeld ? another() : lend(client).catch(another)
  }

  /** Applies what was published, in order, and notes for each socket what its own did. */
  #takePublished(publishedBy: Map<string, Publication[]>): void {
    let latest: Publication | null = null
    for (const change of this.#published.splice(0)) {
      const { record, update, sessionId } = change
      if (update === null) continue
      const key = recordKey(record.kind, record.id)
      // The one record that the server makes by itself, beside a new account.
      if (record.kind === 'contact' && record.id.startsWith('house-')) continue
      const mirror = lasting.includes(key) ? this.#mirror(key) : { doc: new Y.Doc(), early: new Y.Doc() }
      const publication = published(mirror, change, update)
      if (sessionId === null) {
        // The server's own writing for the edit before it (D10): part of what that edit did.
        if (latest === null || latest.key !== key) throw new Harm(`${key}: published by nobody`)
        latest.after = publication.after
        continue
      }
      publishedBy.get(sessionId)?.push(publication)
      latest = publication
    }
  }

  #judge({ step, verdict }: Answer, publications: readonly Publication[]): void {
    const where = `${step.worker} on ${step.record} by ${step.via}: ${verdict.type}`
    if (step.honest && (verdict.type !== 'merged' || verdict.seq === 0))
      throw new Harm(`${where}: an honest edit was not merged: ${JSON.stringify(verdict)}`)
    const written = publications.filter(({ isFiller }) => !isFiller)
    if (verdict.type === 'merged' && verdict.seq > 0 && written.length === 0)
      throw new Harm(`${where}, unpublished`)
    if (step.via === 'link' && !step.creates && leavesGap(step, verdict))
      throw new Harm(`${where}: leaves a gap`)
    // A stock client's message is judged clientID by clientID (GATE 17): what came before the refused part stands.
    const mayBeWritten = step.via === 'room' || (verdict.type === 'merged' && verdict.seq > 0)
    if (written.length > 0 && !mayBeWritten) throw new Harm(`${where}, and yet published`)
    const bytes = bytesOf(step.update)
    for (const { key, update, touched, before, after, isFiller } of publications) {
      if (key !== step.record) throw new Harm(`${where}: written to ${key}`)
      if (isFiller && touched.length > 0) throw new Harm(`${where}: a filler changed ${touched.join()}`)
      if (!isFiller && step.via === 'link' && Buffer.compare(update, bytes) !== 0)
        throw new Harm(`${where}: other bytes were merged than were sent`)
      for (const field of touched) {
        const reason = whyNot(step, field, after.get(field)?.visible)
        if (reason !== null) throw new Harm(`${where}: changed ${field}: ${reason}`)
      }
      if (verdict.type === 'merged' && written.length === 1) compareChanges(where, verdict, before, after)
    }
  }

  /** Live, reloaded, in another order, and as the server has stored it: the same, unit by unit. */
  async #compare(record: string): Promise<void> {
    const { doc, early } = this.#mirror(record)
    const truth = readDocument(doc)
    const [kind, id] = record.split('/') as [Kind, string]
    const stored = await this.#harness.stored(ref(kind, id))
    const copies = {
      reloaded: opened(Y.encodeStateAsUpdate(doc)),
      stored: opened(stored?.state ?? new Uint8Array([0, 0])),
      'in another order': early,
    }
    for (const [name, copy] of Object.entries(copies)) {
      if (copy.store.pendingStructs !== null || copy.store.pendingDs !== null)
        throw new Harm(`${record} ${name}: something waits`)
      const fields = differing(truth, readDocument(copy))
      if (fields.length > 0) throw new Harm(`${record} ${name}: ${fields.join()} differ`)
      if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy)))
        throw new Harm(`${record} ${name}: other clocks`)
    }
    copies.reloaded.destroy()
    copies.stored.destroy()
    for (const field of ['phone', 'name', 'zip', 'annualSales', 'theme', 'text:notes']) {
      const row = stored?.row[field.replace('text:', '')] ?? null
      const seen = truth.get(field)?.visible ?? 'null'
      if (JSON.stringify(row) !== seen && !(row === null && seen === '""'))
        throw new Harm(`${record}: the row says ${field} is ${JSON.stringify(row)}, the document ${seen}`)
    }
  }

  #mirror(record: string): Mirror {
    const mirror = this.#mirrors.get(record)
    if (mirror === undefined) throw new Error(`no document of ${record}`)
    return mirror
  }

  async #state(record: RecordRef): Promise<Uint8Array | null> {
    return (await this.#harness.stored(record))?.state ?? null
  }
}

/** Whether the author's clocks have gone on and the record's have not: what they write next would wait for ever. */
function leavesGap({ worker, record, update }: Step, verdict: Verdict): boolean {
  const mayRead = worker !== 'bob' && (worker !== 'max' || record !== 'desk/rhea')
  const isAnswered =
    verdict.type === 'merged' ? verdict.seq === 0 : verdict.type === 'refused' && !verdict.filler
  return mayRead && isAnswered && Y.decodeUpdate(bytesOf(update)).structs.length > 0
}

interface Publication {
  readonly key: string
  readonly update: Uint8Array
  readonly isFiller: boolean
  readonly touched: readonly string[]
  readonly before: Reading
  after: Reading
}

/** Applies an update to the documents beside the gate, and says what it did there. */
function published({ doc, early }: Mirror, { record }: CommittedChange, update: Uint8Array): Publication {
  const key = recordKey(record.kind, record.id)
  const { structs, ds } = Y.decodeUpdate(update)
  const expected = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (const { id, length } of structs) {
    if ((expected.get(id.client) ?? 0) !== id.clock)
      throw new Harm(`${key}: clocks of ${id.client} do not go on`)
    expected.set(id.client, id.clock + length)
  }
  const before = readDocument(doc)
  Y.applyUpdate(doc, update)
  Y.applyUpdate(early, update)
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Harm(`${key}: something waits`)
  const state = Y.decodeStateVector(Y.encodeStateVector(doc))
  const clients = new Set([...state.keys(), ...expected.keys()])
  for (const client of clients)
    if (state.get(client) !== expected.get(client))
      throw new Harm(`${key}: ${client} is at ${state.get(client)}`)
  const after = reading(key, doc)
  const isFiller =
    ds.clients.size === 0 && structs.length > 0 && structs.every((struct) => struct instanceof Y.GC)
  return { key, update, isFiller, touched: differing(before, after), before, after }
}

function reading(key: string, doc: Y.Doc): Reading {
  try {
    return readDocument(doc)
  } catch (error) {
    throw new Harm(`${key}: ${String(error)}`)
  }
}

/** What the author is told, and the journal keeps, is what a reader sees. */
function compareChanges(
  where: string,
  { changes }: Verdict & { type: 'merged' },
  before: Reading,
  after: Reading,
): void {
  const told = new Map(changes.map((change) => [change.field, change.new]))
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(field)?.visible
    const seen = after.get(field)?.visible
    if (told.has(field)) {
      const value = JSON.stringify(told.get(field))
      if (
        !field.startsWith('text:') &&
        seen !== undefined &&
        seen !== 'null' &&
        sorted(value) !== sorted(seen)
      )
        throw new Harm(`${where}: told that ${field} is ${value}, and it is ${seen}`)
    } else if (meant(field, old) !== meant(field, seen)) {
      throw new Harm(`${where}: ${field} went from ${old} to ${seen}, and nobody was told`)
    }
  }
}

const defaults: ReadonlyMap<string, string> = new Map([
  ['accountKind', '"company"'],
  ['active', 'true'],
])

/** Unset, null, and what stands for it in the row. */
function meant(field: string, visible: string | undefined): string {
  if (visible !== undefined && visible !== 'null' && visible !== '""') {
    return field.includes('/') && visible === 'false' ? 'null' : sorted(visible)
  }
  return defaults.get(field) ?? 'null'
}

/** JSON whose keys are in order. */
function sorted(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

export function opened(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
