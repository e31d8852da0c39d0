/**
 * The fuzzer: people write honestly, and what they wrote is bent before it is sent. Batch after batch on a living
 * record, so that what was admitted is what the next is written on.
 */
import * as Y from 'yjs'
import { mutate } from './mutate.ts'
import { createRandom, type Random } from './random.ts'
import { Harm, opened, type Step, World } from './world.ts'

export interface Figures {
  tried: number
  /** Merged, and something was written. */
  admitted: number
  refused: number
  /** Broke the grammar or the structure. */
  broken: number
  /** Honest edits sent among them, all merged. */
  honest: number
  readonly faults: Map<string, number>
}

export interface Found {
  readonly message: string
  /** What was sent before and left a trace, and at the end what does the harm. */
  readonly steps: readonly Step[]
}

export interface FuzzOptions {
  readonly seed: number
  readonly mutants: number
  readonly figures: Figures
}

export const noFigures = (): Figures => ({
  tried: 0,
  admitted: 0,
  refused: 0,
  broken: 0,
  honest: 0,
  faults: new Map(),
})

/** One organisation's life: quarantines fill, and documents grow. */
const WORLD_MUTANTS = 4_000
const BATCH = 400

/** Writes on one record under one clientID; bent unless honest. */
interface Writer {
  readonly worker: string
  readonly via: Step['via']
  readonly record: string
  readonly creates: boolean
  client: number
  /** What is bent. */
  honest: Uint8Array
}

/** Null when nothing was found. */
export async function fuzzGate({ seed, mutants, figures }: FuzzOptions): Promise<Found | null> {
  for (let begun = 0; begun < mutants; begun += WORLD_MUTANTS) {
    const random = createRandom(seed + begun)
    const world = await World.open()
    try {
      const found = await live(world, random, Math.min(WORLD_MUTANTS, mutants - begun), figures)
      if (found !== null) return found
    } finally {
      await world.close()
    }
  }
  return null
}

async function live(world: World, random: Random, mutants: number, figures: Figures): Promise<Found | null> {
  const writers = cast(random)
  for (const writer of writers) renew(world, random, writer)
  const bystanders = Array.from({ length: 4 }, (_, at) => bystander(world, random, at))
  const clients = [...writers, ...bystanders].map(({ client }) => client)
  const kept: Step[] = []
  for (let tried = 0; tried < mutants; tried += BATCH) {
    const others = [...writers, ...bystanders].map(({ honest }) => honest)
    const clocks = new Map(
      ['account/oak', 'desk/rhea'].map((record) => [
        record,
        Y.decodeStateVector(Y.encodeStateVector(world.doc(record))),
      ]),
    )
    const steps: Step[] = []
    for (let n = tried; n < Math.min(tried + BATCH, mutants); n++) {
      const writer = random.pick(writers)
      const around = { others, clients, clocks: clocks.get(writer.record) ?? new Map<number, number>() }
      const update = mutate(random, writer.honest, around)
      // Each is of its own account: a refused one leaves nothing behind.
      const record = writer.creates ? `account/new-${n}` : writer.record
      steps.push({ ...stepOf(writer, update), record, honest: false })
    }
    // Written before the mutants were there, judged after them.
    for (const one of bystanders) steps.push({ ...stepOf(one, one.honest), honest: true })
    try {
      const answers = await world.send(steps)
      for (const { step, verdict } of answers) {
        count(figures, step, verdict)
        if (verdict.type === 'later') throw new Error('the quarantine is full')
        if (verdict.type === 'merged' || verdict.type === 'refused') kept.push(step)
        const writer = writers.find(({ client }) => client === step.client)
        // A stock client that was refused comes back under another clientID.
        if (step.via === 'room' && verdict.type === 'refused' && writer !== undefined)
          writer.client = newClient(random)
      }
    } catch (error) {
      if (!(error instanceof Harm)) throw error
      return { message: error.message, steps: [...kept, ...steps] }
    }
    for (const writer of writers)
      if (writer.creates || hasMoved(world, writer) || random.chance(0.03)) renew(world, random, writer)
    for (const one of bystanders) renew(world, random, one)
  }
  return null
}

function cast(random: Random): Writer[] {
  const writer = (worker: string, via: Step['via'], record = 'account/oak', creates = false): Writer => ({
    worker,
    via,
    record,
    creates,
    client: newClient(random),
    honest: new Uint8Array(),
  })
  return [
    ...Array.from({ length: 14 }, () => writer('rhea', 'link')),
    ...Array.from({ length: 8 }, () => writer('rhea', 'room')),
    ...Array.from({ length: 6 }, () => writer('max', 'link')),
    writer('max', 'room'),
    writer('vic', 'link'),
    writer('vic', 'room'),
    writer('bob', 'link'),
    ...Array.from({ length: 5 }, () => writer('rhea', 'link', 'desk/rhea')),
    writer('rhea', 'room', 'desk/rhea'),
    writer('max', 'link', 'desk/rhea'),
    ...Array.from({ length: 3 }, () => writer('rhea', 'link', 'account/new', true)),
    writer('vic', 'link', 'account/new', true),
  ]
}

/** Low, middle and high ones: Yjs orders by them. */
function newClient(random: Random): number {
  return 1_000 + (random.chance(0.3) ? random.int(60_000) : random.int(2 ** 32 - 2_000))
}

function bystander(world: World, random: Random, at: number): Writer {
  const record = at === 3 ? 'desk/rhea' : 'account/oak'
  const one: Writer = {
    worker: at === 1 ? 'max' : 'rhea',
    via: 'link',
    record,
    creates: false,
    client: newClient(random),
    honest: new Uint8Array(),
  }
  renew(world, random, one)
  return one
}

function hasMoved(world: World, { client, record, honest }: Writer): boolean {
  const { structs } = Y.decodeUpdate(honest)
  const first = structs.find(({ id }) => id.client === client)
  const clock = Y.getState(world.doc(record).store, client)
  return first === undefined ? structs.length > 0 : first.id.clock !== clock
}

/** Writes something honest on what the server has now. */
function renew(world: World, random: Random, writer: Writer): void {
  const doc = writer.creates ? new Y.Doc() : opened(Y.encodeStateAsUpdate(world.doc(writer.record)))
  doc.clientID = writer.client
  let update: Uint8Array | null = null
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes
  })
  doc.transact(() => {
    if (writer.creates) create(doc, random)
    else for (let n = random.chance(0.4) ? 1 : 1 + random.int(4); n > 0; n--) act(doc, random, writer.record)
    // A deletion of what is not there says nothing.
    if (update === null && !writer.creates && doc.getMap('fields').size >= 0)
      touch(doc, random, writer.record)
  })
  // A stock client's step 2 tells everything that it knows.
  const whole = writer.via === 'room' && random.chance(0.1)
  writer.honest = whole ? Y.encodeStateAsUpdate(doc) : (update ?? new Uint8Array([0, 0]))
  doc.destroy()
}

const words = ['a', 'word ', 'x😀y', 'ünï', '100', '\ufeffb', 'Long enough to be cut in the middle. ']

function act(doc: Y.Doc, random: Random, record: string): void {
  const notes = doc.getText('text:notes')
  const kind = record === 'desk/rhea' ? 0 : random.int(5)
  if (kind < 2) touch(doc, random, record)
  else if (kind === 2 || notes.length === 0) {
    if (notes.length < 2_000) notes.insert(random.int(notes.length + 1), random.pick(words))
  } else {
    const at = random.int(notes.length)
    notes.delete(at, Math.min(1 + random.int(6), notes.length - at))
    if (kind === 4) notes.insert(at, random.pick(words))
  }
}

function touch(doc: Y.Doc, random: Random, record: string): void {
  const fields = doc.getMap('fields')
  if (record === 'desk/rhea') {
    const choices: [string, unknown][] = [
      ['theme', random.pick(['light', 'dark'])],
      [`favourites/${random.pick(['a', 'b', 'c'])}`, random.pick([true, null])],
      [`views/${random.pick(['a', 'b'])}`, { q: random.pick(words), limit: random.int(9) }],
      ['language', random.pick(['en', null])],
    ]
    fields.set(...random.pick(choices))
    return
  }
  const choices: [string, unknown][] = [
    ['phone', String(random.int(1_000))],
    ['state', random.pick(['WA', 'OR', null])],
    ['zip', String(random.int(100_000))],
    ['name', random.pick(['Oak', 'Oak & Sons'])],
    ['active', random.chance(0.5)],
    ['specialty', random.pick(words)],
    ['annualSales', random.pick([0, 12.5, 70_000, 2 ** 40])],
  ]
  fields.set(...random.pick(choices))
}

function create(doc: Y.Doc, random: Random): void {
  const fields = doc.getMap('fields')
  fields.set('name', 'New')
  fields.set('repCodes/275', true)
  if (random.chance(0.5)) fields.set('phone', '5')
  if (random.chance(0.5)) doc.getText('text:notes').insert(0, random.pick(words))
}

function stepOf({ worker, client, via, record, creates }: Writer, update: Uint8Array): Omit<Step, 'honest'> {
  return { worker, client, via, record, creates, update: Buffer.from(update).toString('hex') }
}

function count(figures: Figures, { honest }: Step, verdict: { readonly type: string }): void {
  if (honest) {
    figures.honest++
    return
  }
  figures.tried++
  if (verdict.type === 'merged' && 'seq' in verdict && verdict.seq !== 0) figures.admitted++
  else if (verdict.type === 'refused') figures.refused++
  else if (verdict.type === 'violation') figures.broken++
  if ('fault' in verdict) {
    const fault = String(verdict.fault)
    figures.faults.set(fault, (figures.faults.get(fault) ?? 0) + 1)
  }
}
