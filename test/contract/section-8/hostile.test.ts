/**
 * Hostile and faulty inputs through real sockets, while an honest client keeps editing: each is answered with the right
 * code, nothing forbidden changes, and nothing honest is lost. Numbers are those of the list that these were collected in.
 */
import * as encoding from 'lib0/encoding'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { eventually } from './eventually.ts'
import {
  closingOf,
  endSockets,
  fetchDocument,
  openRaw,
  openSynced,
  openWithTicket,
  type StockClient,
  step2Frame,
  updateFrame,
  updateOf,
} from './sockets.ts'
import { type Row, type Visitor, World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: World
let ada: Visitor
let rhea: Visitor
let omar: Visitor
let oak: Row
let room: string
/** Somebody who edits all the while, and may. */
let honest: StockClient
let beats = 0
let before: Readonly<Record<string, unknown>>

beforeAll(async () => {
  world = await World.start({ logins: ['rhea', 'mona', 'omar', 'nora'] })
  ada = await world.visitor('ada')
  rhea = await world.visitor('rhea')
  omar = await world.visitor('omar')
  oak = await ada.find('account', 'aId', 'A-1')
  room = `account/${oak.id}`
})
afterAll(() => world.close())

beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  honest = await openSynced(await world.visitor('mona'), room)
  await honestEditArrives()
  before = await forbidden()
})

afterEach(async () => {
  // After whatever was sent: the server lives, the honest go on, nothing forbidden changed, all copies are one.
  await honestEditArrives()
  expect(await forbidden()).toEqual(before)
  expect(honest.closings).toEqual([])
  const newcomer = await openSynced(ada, room)
  expect(newcomer.doc.toJSON()).toEqual({
    fields: honest.fields.toJSON(),
    'text:notes': honest.notes.toJSON(),
  })
  expect(Y.decodeStateVector(Y.encodeStateVector(newcomer.doc))).toEqual(
    Y.decodeStateVector(Y.encodeStateVector(honest.doc)),
  )
  expect(newcomer.doc.store.pendingStructs).toBeNull()
  expect(newcomer.doc.store.pendingDs).toBeNull()
  endSockets()
})

async function honestEditArrives(): Promise<void> {
  const phone = `beat ${++beats}`
  honest.fields.set('phone', phone)
  await eventually(async () => (await ada.row(room)).phone === phone)
}

/** All but what the honest client writes, and the number that each commit raises. */
async function forbidden(): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = { ...(await ada.row(room)) }
  delete row.phone
  delete row.seq
  return row
}

/** ClientIDs that nobody holds, far from each other: a flipped bit of one is none of the others. */
let lastClient = 20_261
const newClient = () => (lastClient = (lastClient * 48_271) % 0x7fff_ffff)
/** The record with a clientID that nobody holds. */
const fresh = () => fetchDocument(rhea, room, newClient())

/** Sends one update and expects it to break the rules: 4400, and nothing kept. */
async function expectViolation(update: Uint8Array, visitor = rhea): Promise<void> {
  const kept = (await visitor.quarantine()).length
  expect((await closingOf(visitor, room, updateFrame(update))).code).toBe(4400)
  expect(await visitor.quarantine()).toHaveLength(kept)
}

/** Sends one update and expects a refusal: a sentence, 4403, and quarantine. */
async function expectRefusal(update: Uint8Array, visitor: Visitor): Promise<void> {
  const kept = (await visitor.quarantine()).length
  const { code, denied } = await closingOf(visitor, room, updateFrame(update))
  expect({ code, sentences: denied.length }).toEqual({ code: 4403, sentences: 1 })
  expect(await visitor.quarantine()).toHaveLength(kept + 1)
}

// Bytes as lib0 and Yjs write them (update format V1).
const bytes = (write: (encoder: encoding.Encoder) => void) => encoding.encode(write)
const endless = [...Array<number>(147).fill(0x80), 1]
type Writer = (encoder: encoding.Encoder) => void
const uint =
  (value: number): Writer =>
  (encoder) =>
    encoding.writeVarUint(encoder, value)
const text =
  (value: string): Writer =>
  (encoder) =>
    encoding.writeVarString(encoder, value)
const raw =
  (...values: readonly number[]): Writer =>
  (encoder) => {
    for (const value of values) encoding.writeUint8(encoder, value)
  }
const noDeletes = uint(0)

/** An update of one client group with these structs, as written. */
function update(
  client: number,
  clock: number,
  structs: readonly Writer[],
  deletes: Writer = noDeletes,
): Uint8Array {
  return bytes((encoder) => {
    for (const write of [uint(1), uint(structs.length), uint(client), uint(clock), ...structs, deletes])
      write(encoder)
  })
}

/** A map item under a root: content 8 is JSON values, 4 a string, 1 deleted, 7 a type, 9 a document, 6 a format, 5 an embed. */
const item =
  (key: string, content: number, ...parts: readonly Writer[]): Writer =>
  (encoder) => {
    encoding.writeUint8(encoder, 0x20 | content)
    for (const part of [uint(1), text('fields'), text(key), ...parts]) part(encoder)
  }
const any = (key: string, ...value: readonly number[]): Writer => item(key, 8, uint(1), raw(...value))
const listItem =
  (root: string, content: number, ...parts: readonly Writer[]): Writer =>
  (encoder) => {
    encoding.writeUint8(encoder, content)
    for (const part of [uint(1), text(root), ...parts]) part(encoder)
  }

describe('the decoder', () => {
  it.each<[string, () => Uint8Array]>([
    ['1. an endless clock', () => new Uint8Array([1, 1, 5, ...endless, 0, 1, 0])],
    ['2. an endless delete range', () => new Uint8Array([0, 1, 5, 1, ...endless, 1])],
    ['2. an endless delete length', () => new Uint8Array([0, 1, 5, 1, 0, ...endless])],
    ['3. an endless filler', () => new Uint8Array([1, 1, 5, 0, 0, ...endless, 0])],
    ['3. an endless clientID', () => new Uint8Array([1, 1, ...endless, 0, 0, 1, 0])],
    [
      '5. a clock beyond 2^53',
      () => new Uint8Array([1, 1, 5, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0, 1, 0]),
    ],
    [
      '6. 32,000,000 structs in seven bytes',
      () => bytes((e) => [uint(1), uint(32_000_000), uint(5)].map((w) => w(e))),
    ],
    ['6. 2^32 client groups', () => bytes((e) => encoding.writeVarUint(e, 2 ** 32))],
    ['7. a V2 update', () => Y.encodeStateAsUpdateV2(new Y.Doc())],
    [
      '8. values nested 5,000 deep',
      () => update(5, 0, [any('phone', ...Array<number[]>(5_000).fill([117, 1]).flat(), 126)]),
    ],
    [
      '9. a string longer than its frame',
      () => update(5, 0, [item('phone', 8, uint(1), raw(119, 0x80, 0x40))]),
    ],
    ['10. UTF-8 that is none', () => update(5, 0, [any('phone', 119, 2, 0xc3, 0x28)])],
    ['10. a lone surrogate', () => update(5, 0, [any('phone', 119, 3, 0xed, 0xa0, 0x80)])],
    ['10. a key of 50 kB', () => update(5, 0, [any('k'.repeat(50_000), 126)])],
    ['11. a trailing byte', () => new Uint8Array([...update(5, 0, [any('phone', 119, 1, 65)]), 0])],
    [
      '11. an overlong number',
      () => new Uint8Array([0x81, 0, ...update(5, 0, [any('phone', 119, 1, 65)]).subarray(1)]),
    ],
    ['12. one byte', () => new Uint8Array([7])],
    ['14. a BigInt', () => update(5, 0, [any('employees', 122, 0, 0, 0, 0, 0, 0, 0, 9)])],
    ['14. undefined', () => update(5, 0, [any('employees', 127)])],
    ['14. not a number', () => update(5, 0, [any('employees', 123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0)])],
    ['14. infinity', () => update(5, 0, [any('employees', 123, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0)])],
    ['14. binary content', () => update(5, 0, [item('phone', 3, uint(1), raw(65))])],
  ])('%s breaks the rules', async (_name, make) => {
    await expectViolation(make())
  })

  it.each(['__proto__', 'constructor', 'toString', 'prototype', 'repCodes/__proto__'])(
    '13. `%s` as a key is never a field',
    async (key) => {
      const doc = await fresh()
      const { code } = await closingOf(
        rhea,
        room,
        updateFrame(updateOf(doc, () => doc.getMap('fields').set(key, true))),
      )
      // No field could have the first; the others are fields that no account has, at the most.
      expect(key.startsWith('__') ? [4400] : [4400, 4403]).toContain(code)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )

  it('13. `__proto__` as a root, and inside a value', async () => {
    const doc = await fresh()
    await expectViolation(updateOf(doc, () => doc.getMap('__proto__').set('x', 1)))
    await expectViolation(
      update(newClient(), 0, [item('phone', 8, uint(1), raw(118, 1), text('__proto__'), raw(118, 0))]),
    )
  })

  it('12. every truncation and a flip of every bit of a valid update: answered, and nothing forbidden merged', async () => {
    const doc = await fresh()
    const valid = updateOf(doc, () => doc.getMap('fields').set('aId', 'STOLEN'))
    const broken = [...valid.keys()].slice(1).map((end) => valid.subarray(0, end))
    for (let bit = 0; bit < valid.length * 8; bit++) {
      const flipped = valid.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      broken.push(flipped)
    }
    for (let from = 0; from < broken.length; from += 50) {
      const codes = await Promise.all(
        broken.slice(from, from + 50).map(async (one) => (await answerOf(omar, updateFrame(one))).code),
      )
      for (const code of codes) expect([4400, 4403, 'open']).toContain(code)
    }
  })

  it('frames that are no frames', async () => {
    for (const frame of ['text', new Uint8Array(), new Uint8Array([9, 9]), new Uint8Array([0, 9, 1, 0])])
      expect((await closingOf(rhea, room, frame)).code).toBe(4400)
  })
})

/** Sends a frame and tells how it was answered: the code, or that the server then still answered on the same socket. */
async function answerOf(visitor: Visitor, frame: Uint8Array): Promise<{ code: number | 'open' }> {
  const { socket, closed } = await openWithTicket(visitor, room)
  socket.send(frame)
  // An empty state vector asks for everything: frames are answered in their order.
  const isAnswered = new Promise<{ code: 'open' }>((resolve) => {
    socket.on('message', (data: Buffer) => data[0] === 0 && data[1] === 1 && resolve({ code: 'open' }))
  })
  socket.send(new Uint8Array([0, 0, 1, 0]))
  const answer = await Promise.race([closed, isAnswered])
  socket.terminate()
  return answer
}

describe('meaning', () => {
  it('15. a colleague’s clientID, and the server’s', async () => {
    const doc = await fetchDocument(rhea, room, honest.doc.clientID)
    await expectViolation(updateOf(doc, () => doc.getMap('fields').set('territory', 'x')))
    const others = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()].filter(
      (id) => id !== honest.doc.clientID,
    )
    for (const id of others.slice(0, 3)) {
      const theirs = await fetchDocument(omar, room, id)
      await expectViolation(
        updateOf(theirs, () => theirs.getMap('fields').set('territory', 'x')),
        omar,
      )
    }
  })

  it('16. a filler over a colleague’s next clocks, and over one’s own', async () => {
    const clock = Y.getState(honest.doc.store, honest.doc.clientID)
    await expectViolation(update(honest.doc.clientID, clock, [bytesOf(0, 50)]))
    expect((await answerOf(rhea, updateFrame(update(newClient(), 0, [bytesOf(0, 5)])))).code).not.toBe(4403)
  })

  it('17. the same clock with other content on two sockets: one of them at the most stands', async () => {
    const id = newClient()
    const [one, two] = await Promise.all([fetchDocument(rhea, room, id), fetchDocument(rhea, room, id)])
    const frames = [one, two].map((doc, n) =>
      updateFrame(updateOf(doc, () => doc.getMap('fields').set('zip', `${n}`))),
    )
    const sockets = await Promise.all(frames.map(() => openWithTicket(rhea, room)))
    sockets.forEach((socket, n) => socket.socket.send(frames[n] ?? ''))
    await Promise.race(sockets.map((socket) => socket.closed))
    const { zip } = await ada.row(room)
    const newcomer = await openSynced(ada, room)
    expect(newcomer.fields.get('zip')).toBe(zip)
    newcomer.fields.set('zip', '38103')
    await eventually(async () => (await ada.row(room)).zip === '38103')
  })

  it('18. a gap in the clocks, and a clock that goes back with other content', async () => {
    const doc = await fresh()
    updateOf(doc, () => doc.getMap('fields').set('zip', 'skipped'))
    const later = updateOf(doc, () => doc.getMap('fields').set('territory', 'later'))
    // Once step 2 has come, nothing can come any more that it would build on.
    const { code } = await closingOf(rhea, room, step2Frame(new Uint8Array([0, 0])), updateFrame(later))
    expect(code).toBe(4400)
  })

  it('18. a gap before step 2 is waited for, for a while only', async () => {
    const doc = await fresh()
    updateOf(doc, () => doc.getMap('fields').set('zip', 'skipped'))
    await expectViolation(updateOf(doc, () => doc.getMap('fields').set('territory', 'later')))
  })

  it('19. an origin that is the item itself', async () => {
    const id = newClient()
    const self: Writer = (e) =>
      [raw(0x80 | 4), uint(id), uint(0), text('x')].map((w) => typeof w === 'function' && w(e))
    expect((await closingOf(rhea, room, step2Frame(update(id, 0, [self])))).code).toBe(4400)
  })

  it('20. an origin that does not exist yet', async () => {
    const ahead = Y.getState(honest.doc.store, honest.doc.clientID) + 5
    const lean: Writer = (e) =>
      [raw(0x80 | 8), uint(honest.doc.clientID), uint(ahead), uint(1), raw(126)].map((w) => w(e))
    expect((await closingOf(rhea, room, step2Frame(update(newClient(), 0, [lean])))).code).toBe(4400)
  })

  it('21. deleting what does not exist yet', async () => {
    const ahead = Y.getState(honest.doc.store, honest.doc.clientID) + 5
    const deletes = bytes((e) =>
      [uint(0), uint(1), uint(honest.doc.clientID), uint(1), uint(ahead), uint(3)].map((w) => w(e)),
    )
    expect((await closingOf(rhea, room, step2Frame(deletes))).code).toBe(4400)
  })

  it('22. a forbidden key reached by its origin alone, or by deletion alone, is decided like any', async () => {
    const doc = await fresh()
    const aId = doc.getMap('fields')._map.get('aId')
    if (!aId) throw new Error('oak has an a_id')
    const byOrigin: Writer = (e) =>
      [raw(0x80 | 8), uint(aId.id.client), uint(aId.id.clock), uint(1), raw(119), text('STOLEN')].map((w) =>
        w(e),
      )
    await expectRefusal(update(newClient(), 0, [byOrigin]), rhea)
    // Another item for each: the deletions of what was refused to a worker come again with every message of a stock
    // client, and are no new edits.
    for (const [key, visitor] of [
      ['repCodes/275', rhea],
      ['name', await world.visitor('nora')],
    ] as const) {
      const held = doc.getMap('fields')._map.get(key)
      if (!held) throw new Error(`oak has ${key}`)
      const parts = [uint(0), uint(1), uint(held.id.client), uint(1), uint(held.id.clock), uint(1)]
      await expectRefusal(
        bytes((encoder) => parts.forEach((write) => write(encoder))),
        visitor,
      )
    }
    const byRight: Writer = (e) =>
      [raw(0x40 | 8), uint(aId.id.client), uint(aId.id.clock), uint(1), raw(119), text('STOLEN')].map((w) =>
        w(e),
      )
    await expectViolation(update(newClient(), 0, [byRight]))
  })

  it('23. one client in two groups', async () => {
    const id = newClient()
    const group: Writer = (e) => [uint(1), uint(id), uint(0), any('zip', 119, 1, 65)].map((w) => w(e))
    await expectViolation(bytes((e) => [uint(2), group, group, noDeletes].map((w) => w(e))))
  })

  it('25. an origin in one field and a right origin in another', async () => {
    const doc = await fresh()
    const { _map } = doc.getMap('fields')
    const [one, other] = [_map.get('territory'), _map.get('aId')]
    if (!one || !other) throw new Error('oak has both')
    const across: Writer = (e) =>
      [
        raw(0xc0 | 8),
        ...[one, other].flatMap(({ id }) => [uint(id.client), uint(id.clock)]),
        uint(1),
        raw(119),
        text('x'),
      ].map((w) => w(e))
    await expectViolation(update(newClient(), 0, [across]))
  })

  it('26. list items in the map, keys on a text, roots that do not exist, very many roots', async () => {
    await expectViolation(update(newClient(), 0, [listItem('fields', 4, text('list'))]))
    await expectViolation(update(newClient(), 0, [listItem('elsewhere', 4, text('x'))]))
    await expectViolation(update(newClient(), 0, [listItem('text:nothing', 4, text('x'))]))
    const keyOnText: Writer = (e) =>
      [raw(0x20 | 8), uint(1), text('text:notes'), text('bold'), uint(1), raw(120)].map((w) => w(e))
    await expectViolation(update(newClient(), 0, [keyOnText]))
    const roots = Array.from({ length: 1_900 }, (_, n) => listItem(`r${n}`, 8, uint(1), raw(126)))
    await expectViolation(update(newClient(), 0, roots))
    const tooMany = Array.from({ length: 2_001 }, (_, n) => any(`repCodes/${n}`, 120))
    await expectViolation(update(newClient(), 0, tooMany))
  })

  it('27. sub-documents, nested types, XML, embeds and formats', async () => {
    const cases: readonly ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('fields').set('phone', new Y.Doc({ guid: oak.id, autoLoad: true })),
      (doc) => doc.getMap('fields').set('phone', new Y.Map()),
      (doc) => doc.getMap('fields').set('phone', new Y.Text('nested')),
      (doc) => doc.getMap('fields').set('phone', new Y.XmlElement('script')),
      (doc) => doc.getText('text:notes').insertEmbed(0, { image: 'x' }),
      (doc) => doc.getText('text:notes').insert(0, 'bold', { bold: true }),
      (doc) => {
        let map = doc.getMap('fields')
        for (let depth = 0; depth < 500; depth++) {
          const inner = new Y.Map()
          map.set('phone', inner)
          map = inner
        }
      },
    ]
    for (const edit of cases) {
      const doc = await fresh()
      await expectViolation(updateOf(doc, edit))
    }
  })

  it('28. the greatest clientID wins nothing that was not allowed, and the later arrival stands', async () => {
    const doc = await fetchDocument(omar, room, 2 ** 32 - 1)
    await expectRefusal(
      updateOf(doc, () => doc.getMap('fields').set('territory', 'Mine')),
      omar,
    )
    const high = await fetchDocument(rhea, room, 2 ** 32 - 2)
    const stale = await fetchDocument(rhea, room, 3)
    expect(
      (await answerOf(rhea, updateFrame(updateOf(high, () => high.getMap('fields').set('zip', 'first')))))
        .code,
    ).toBe('open')
    expect(
      (await answerOf(rhea, updateFrame(updateOf(stale, () => stale.getMap('fields').set('zip', 'second')))))
        .code,
    ).toBe('open')
    await eventually(async () => (await ada.row(room)).zip === 'second')
    const newcomer = await openSynced(ada, room)
    expect(newcomer.fields.get('zip')).toBe('second')
    newcomer.fields.set('zip', '38103')
    await eventually(async () => (await ada.row(room)).zip === '38103')
  })

  it('29. an update over 64 KiB, or one that is costly to apply, never stalls the others', async () => {
    const doc = await fresh()
    const large = updateOf(doc, () => doc.getText('text:notes').insert(0, 'x'.repeat(70_000)))
    expect([4400, 1009]).toContain((await closingOf(rhea, room, updateFrame(large))).code)
    const costly = Array.from({ length: 1_900 }, () => listItem('text:notes', 4, text('x')))
    await expectViolation(update(newClient(), 0, costly))
  })

  it('29. a thousand overwrites of one field leave one value', async () => {
    const client = await openSynced(rhea, room)
    const { territory } = await ada.row(room)
    for (let n = 0; n < 1_000; n++) client.fields.set('territory', `churn ${n}`)
    client.fields.set('territory', territory)
    await eventually(() => honest.fields.get('territory') === territory && honest.closings.length === 0)
    await eventually(async () => (await ada.row(room)).territory === territory)
    expect(client.closings).toEqual([])
  })

  it('31. an edit that leans on a refused one is not merged; the next, independent one of a fresh document is', async () => {
    const doc = await fetchDocument(omar, room, newClient())
    const refused = updateOf(doc, () => doc.getText('text:notes').insert(0, 'refused'))
    const leaning = updateOf(doc, () => doc.getText('text:notes').insert(3, 'leaning'))
    await expectRefusal(refused, omar)
    expect([4400, 4403]).toContain((await closingOf(omar, room, updateFrame(leaning))).code)
    expect((await ada.row(room)).notes ?? '').not.toMatch(/refused|leaning/)
  })

  it('31. what follows a refused frame on the same socket is not judged any more', async () => {
    const doc = await fetchDocument(rhea, room, newClient())
    const frames = [
      updateFrame(updateOf(doc, () => doc.getMap('fields').set('aId', 'STOLEN'))),
      updateFrame(updateOf(doc, () => doc.getMap('fields').set('specialty', 'after it'))),
    ]
    expect((await closingOf(rhea, room, ...frames)).code).toBe(4403)
  })
})

const bytesOf =
  (...values: readonly number[]): Writer =>
  (encoder) => {
    for (const value of values) encoding.writeVarUint(encoder, value)
  }

describe('protocol and session', () => {
  it('32. an accepted frame, sent 1,000 times, counts once', async () => {
    const doc = await fresh()
    const { territory } = await ada.row(room)
    const frame = updateFrame(updateOf(doc, () => doc.getMap('fields').set('territory', 'once')))
    const socket = await openWithTicket(rhea, room)
    for (let n = 0; n < 1_000; n++) socket.socket.send(frame)
    await eventually(async () => (await ada.row(room)).territory === 'once')
    const { seq } = await ada.row(room)
    await eventually(() => honest.fields.get('territory') === 'once')
    honest.fields.set('territory', territory)
    await eventually(async () => (await ada.row(room)).territory === territory)
    for (let n = 0; n < 100; n++) socket.socket.send(frame)
    expect((await answerOf(rhea, frame)).code).toBe('open')
    expect((await ada.row(room)).territory).toBe(territory)
    expect((await ada.row(room)).seq - seq).toBeLessThan(5)
    expect(socket.socket.readyState).toBe(socket.socket.OPEN)
  })

  it('33. cut before it hears anything, a client finds its edit there, once', async () => {
    const doc = await fresh()
    const { notes } = await ada.row(room)
    const frame = updateFrame(updateOf(doc, () => doc.getText('text:notes').insert(0, 'cut;')))
    const socket = await openWithTicket(rhea, room)
    await new Promise((resolve) => socket.socket.send(frame, resolve))
    socket.socket.terminate()
    const back = await openSynced(rhea, room, { doc })
    await eventually(async () => (await ada.row(room)).notes === `cut;${String(notes ?? '')}`)
    expect(back.notes.toJSON()).toBe((await ada.row(room)).notes)
    back.notes.delete(0, 4)
    await eventually(async () => ((await ada.row(room)).notes ?? '') === (notes ?? ''))
  })

  it('34. edits sent before the ticket was looked at, or without one, are nothing', async () => {
    const doc = await fresh()
    const frame = updateFrame(updateOf(doc, () => doc.getMap('fields').set('territory', 'early')))
    for (const query of ['', '?ticket=nonsense']) {
      const socket = openRaw(world.url, `/rooms/${room}${query}`, { origin: world.url })
      socket.socket.once('open', () => socket.socket.send(frame))
      expect((await socket.closed).code).toBe(4401)
    }
  })

  it('36. a right given and taken while edits stream: none is merged without it', async () => {
    const worker = await openSynced(ada, `worker/${omar.id}`)
    const right = 'rights/SU-ALLOW-ACCOUNT-EDITS'
    const { specialty } = await ada.row(room)
    let closings = 0
    for (let round = 0; round < 8; round++) {
      worker.fields.set(right, round % 2 === 0 ? true : null)
      const client = await openSynced(omar, room)
      client.fields.set('specialty', `round ${round}`)
      await new Promise((resolve) => setImmediate(resolve))
      worker.fields.set(right, round % 2 === 0 ? null : true)
      client.fields.set('specialty', `round ${round} again`)
      await Promise.race([
        client.closed.then(() => closings++),
        eventually(() => honest.fields.get('specialty') === `round ${round} again`),
      ])
      client.provider.destroy()
    }
    worker.fields.set(right, null)
    await eventually(async () => {
      expect((await ada.row(`worker/${omar.id}`)).rights).toEqual([])
      return true
    })
    expect(closings).toBeGreaterThan(0)
    const last = await openSynced(omar, room)
    last.fields.set('specialty', 'without')
    expect((await last.closed).code).toBe(4403)
    expect((await ada.row(room)).specialty).not.toBe('without')
    const admin = await openSynced(ada, room)
    admin.fields.set('specialty', specialty)
    await eventually(async () => (await ada.row(room)).specialty === specialty)
  })
})
