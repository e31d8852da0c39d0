/** Bytes that break the rules: 4400, nothing kept, honest clients undisturbed (DESIGN 8, D3, D4). */
import * as fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { step2Frame, updateFrame } from '../../../sync-server/rooms/frames.ts'
import { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

async function storedOak() {
  return (await server.organisation.storage.load([{ kind: 'account', id: 'oak' }])).get('account/oak')
}

async function docOfOak(clientID: number): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const state = (await storedOak())?.state
  if (state) Y.applyUpdate(doc, state)
  doc.clientID = clientID
  return doc
}

/** An edit of the account's present state, as a stock client would send it; an allowed one unless said. */
async function validUpdate(
  clientID: number,
  value = `from ${clientID}`,
  field = 'phone',
): Promise<Uint8Array> {
  const doc = await docOfOak(clientID)
  const before = Y.encodeStateVector(doc)
  doc.getMap('fields').set(field, value)
  return Y.encodeStateAsUpdate(doc, before)
}

/** Sends the frame and tells the code that the server closes with. */
async function codeFor(frame: Uint8Array | string): Promise<number> {
  const raw = await server.raw('account/oak', { worker: 'rhea' })
  await raw.opened
  raw.socket.send(frame)
  return (await raw.closed).code
}

/** Frames that say nothing, or ask for what a reader may have, are no faults. */
function isHarmless(bytes: Uint8Array): boolean {
  const [type, second, third] = bytes
  const asksForState = type === 0 && second === 0
  const saysNothing = type === 0 && (second === 1 || second === 2) && bytes.length === 5 && third === 2
  const nobodyPresent = type === 1 && second === 1 && third === 0
  return asksForState || saysNothing || nobodyPresent || (type === 3 && bytes.length === 1)
}

async function snapshot() {
  const { storage } = server.organisation
  return {
    head: await storage.head(),
    oak: await storedOak(),
    quarantine: await storage.quarantine({ workerId: 'rhea', limit: 9 }),
    leases: await storage.leases([4_000_000_000, 4_000_000_001]),
  }
}

it('every prefix of a valid frame, and of the update in it, closes with 4400 and changes nothing', async () => {
  const update = await validUpdate(77)
  const frame = updateFrame(update)
  const before = await snapshot()
  // Half of them as the answer to the server's step 1, which may be the first thing that comes.
  const prefixes = Array.from({ length: update.length - 1 }, (_, n) => update.subarray(0, n + 1)).filter(
    // [0, 0] would be an update that says nothing.
    (prefix) => prefix.length !== 2 || prefix[0] !== 0,
  )
  const frames = [
    ...Array.from({ length: frame.length }, (_, n) => frame.subarray(0, n)),
    ...prefixes.map((prefix, index) => (index % 2 === 0 ? updateFrame(prefix) : step2Frame(prefix))),
  ]
  expect(frames.length).toBeGreaterThan(40)
  const codes = await Promise.all(frames.map(codeFor))
  expect(new Set(codes)).toEqual(new Set([4400]))
  expect(await snapshot()).toEqual(before)
})

it('random bytes close with 4400 and change nothing, and an honest client goes on', async () => {
  const honest = await server.room('max', 'account', 'oak')
  await honest.synced
  const before = await snapshot()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      fc.pre(!isHarmless(bytes))
      expect(await codeFor(bytes)).toBe(4400)
    }),
    {
      numRuns: 150,
      examples: [[new Uint8Array([4])], [new Uint8Array([64, 2, 123, 125, 0])], [new Uint8Array([2])]],
    },
  )
  expect(await snapshot()).toEqual(before)
  honest.fields.set('phone', 'still here')
  await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('still here')
})

it('text frames and bytes to spare are no frames', async () => {
  const update = await validUpdate(78)
  const before = await snapshot()
  expect(await codeFor('hello')).toBe(4400)
  expect(await codeFor(new Uint8Array([...updateFrame(update), 0]))).toBe(4400)
  expect(await codeFor(updateFrame(new Uint8Array([...update, 0])))).toBe(4400)
  expect(await snapshot()).toEqual(before)
})

it('[L12] the clientID of another worker closes with 4400, one’s own does not', async () => {
  const honest = await server.room('max', 'account', 'oak')
  await honest.synced
  honest.fields.set('phone', 'max’s')
  await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('max’s')
  expect(await codeFor(updateFrame(await validUpdate(honest.doc.clientID)))).toBe(4400)

  const rhea = await server.room('rhea', 'account', 'oak')
  await rhea.synced
  rhea.fields.set('phone', 'rhea’s')
  await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('rhea’s')
})

/** What a second clientID would bring in the same message: each breaks the rules in its own place. */
const hostileParts: Readonly<Record<string, (honest: number) => Promise<Uint8Array>>> = {
  'another worker’s clientID': (honest) => validUpdate(honest, 'forged'),
  'a key that no field could have': () => validUpdate(6, 'odd', '__proto__'),
  async 'a gap in its clocks'() {
    const doc = await docOfOak(6)
    doc.getMap('fields').set('territory', 'skipped')
    const before = Y.encodeStateVector(doc)
    doc.getMap('fields').set('specialty', 'too early')
    return Y.encodeStateAsUpdate(doc, before)
  },
}

it.each(Object.keys(hostileParts))(
  '[L11] a step 2 with good parts and %s: 4400, and nothing of it is kept or shown',
  async (what) => {
    const honest = await server.room('max', 'account', 'oak')
    await honest.synced
    honest.fields.set('phone', 'max’s')
    await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('max’s')
    // One part would be merged, one refused and kept. Yjs writes the higher clientIDs first.
    const good = [await validUpdate(4_000_000_001), await validUpdate(4_000_000_000, 'AW-666', 'aId')]
    const hostile = (await hostileParts[what]?.(honest.doc.clientID)) ?? good[0]
    const before = await snapshot()
    const witness = await server.raw('account/oak', { worker: 'max' })
    await witness.opened
    await expect.poll(() => witness.frames.length).toBeGreaterThan(0)
    const seen = witness.frames.length

    expect(await codeFor(step2Frame(Y.mergeUpdates([...good, hostile as Uint8Array])))).toBe(4400)
    expect(await snapshot()).toEqual(before)
    honest.fields.set('phone', 'after it')
    await expect.poll(() => witness.frames.length).toBe(seen + 1)
    await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('after it')
    expect((await server.organisation.storage.head()).number).toBe(before.head.number + 1)

    // Its twin: the same parts without the hostile one.
    expect(await codeFor(step2Frame(Y.mergeUpdates(good)))).toBe(4403)
    expect(await server.row('account', 'oak')).toMatchObject({ phone: 'from 4000000001', aId: 'A-1' })
    expect((await snapshot()).quarantine).not.toEqual([])
  },
)

it('`__proto__` as a key closes with 4400; a field that no account has is refused with 4403 and kept', async () => {
  for (const key of ['__proto__', 'constructor']) {
    const rhea = await server.room('rhea', 'account', 'oak')
    await rhea.synced
    rhea.fields.set(key, 1)
    expect((await rhea.closed).code).toBe(4400)
  }
  expect(await server.organisation.storage.quarantine({ workerId: 'rhea', limit: 10 })).toEqual([])
  const rhea = await server.room('rhea', 'account', 'oak')
  await rhea.synced
  rhea.fields.set('salary', 1)
  expect((await rhea.closed).code).toBe(4403)
  expect(await server.organisation.storage.quarantine({ workerId: 'rhea', limit: 10 })).toHaveLength(1)
})

it('an update that runs ahead is held until step 2 has come, and merged with it (GATE 17)', async () => {
  const doc = new Y.Doc()
  const stored = await server.organisation.storage.load([{ kind: 'account', id: 'oak' }])
  const state = stored.get('account/oak')?.state
  if (!state) throw new Error('oak is there')
  Y.applyUpdate(doc, state)
  const fields = doc.getMap('fields')
  const before = Y.encodeStateVector(doc)
  fields.set('territory', 'first')
  const first = Y.encodeStateAsUpdate(doc, before)
  const between = Y.encodeStateVector(doc)
  fields.set('phone', 'second')
  const second = Y.encodeStateAsUpdate(doc, between)

  const held = await server.raw('account/oak', { worker: 'rhea' })
  await held.opened
  held.socket.send(updateFrame(second))
  held.socket.send(step2Frame(first))
  await expect.poll(async () => (await server.row('account', 'oak'))?.phone).toBe('second')
  expect(await server.row('account', 'oak')).toMatchObject({ territory: 'first' })

  // After step 2 nothing can come any more that it would build on.
  const after = Y.encodeStateVector(doc)
  fields.set('phone', 'third')
  const third = Y.encodeStateVector(doc)
  fields.set('phone', 'fourth')
  expect(after).not.toEqual(third)
  held.socket.send(updateFrame(Y.encodeStateAsUpdate(doc, third)))
  expect((await held.closed).code).toBe(4400)
  expect(await server.row('account', 'oak')).toMatchObject({ phone: 'second' })
})

it('a state vector that never ends is no state vector', async () => {
  const endless = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint8Array(encoder, new Uint8Array([...Array<number>(147).fill(0x80), 1]))
  })
  expect(await codeFor(endless)).toBe(4400)
})

it('[GATE 17] what is held until step 2 has a limit, and beyond it closes with 4400', async () => {
  const doc = new Y.Doc()
  const before = Y.encodeStateVector(doc)
  const texts = [1, 20_000, 20_000, 40_000].map((length) => {
    const known = Y.encodeStateVector(doc)
    doc.getText('text:notes').insert(0, 'x'.repeat(length))
    return Y.encodeStateAsUpdate(doc, known)
  })
  const [first, ...ahead] = texts
  const within = await server.raw('account/ash', { worker: 'rhea' })
  await within.opened
  for (const update of ahead.slice(0, 2)) within.socket.send(updateFrame(update))
  within.socket.send(step2Frame(first ?? before))
  await expect.poll(async () => String((await server.row('account', 'ash'))?.notes).length).toBe(40_001)

  const beyond = await server.raw('account/oak', { worker: 'rhea' })
  await beyond.opened
  for (const update of ahead) beyond.socket.send(updateFrame(update))
  beyond.socket.send(step2Frame(first ?? before))
  expect(await beyond.closed).toEqual({ code: 4400, reason: 'clock-gap' })
  expect(String((await server.row('account', 'oak'))?.notes).length).toBeLessThan(40_001)
})
