/** Stock clients at the gate: clientIDs, repetition, what a refusal leaves behind. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { codeOf, elm, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

const notes = (doc: Y.Doc) => doc.getText('text:notes')

async function serverDoc(): Promise<Y.Doc> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await harness.stored(oak))!.state!)
  return doc
}

describe('clientIDs', () => {
  test('[L12] one that nobody holds is leased by its first use; another worker’s is foreign', async () => {
    const rhea = await harness.room('rhea', oak, 777)
    expect(codeOf(await rhea.set('phone', '101'))).toBe('merged')
    expect((await harness.storage.leases([777])).get(777)).toMatchObject({
      workerId: 'rhea',
      deviceId: null,
      burnt: false,
    })
    const max = await harness.room('max', oak, 777)
    expect(codeOf(await max.set('phone', '102'))).toBe('foreign-client')
    expect(codeOf(await rhea.set('phone', '103'))).toBe('merged')
  })

  test('[L12] an unreadable record, a broken and an empty message lease nothing', async () => {
    const bob = await harness.room('bob', oak, 778)
    await bob.set('phone', '666')
    const rhea = await harness.room('rhea', oak, 778)
    await rhea.submit(rhea.change((doc) => doc.getMap('fields').set('__proto__', 1)))
    await rhea.submit(new Uint8Array([0, 0]))
    expect((await harness.storage.leases([778])).size).toBe(0)
  })

  test('[GATE 18] a device’s lease and the server’s own clientIDs, of this start and of earlier ones, are foreign', async () => {
    const device = await harness.device('rhea')
    await harness.storage.saveLease({ clientId: 99, workerId: ':server', deviceId: null, burnt: false })
    for (const client of [device.lease, 99, 3_000_000_000]) {
      const room = await harness.room('rhea', oak, client)
      expect(codeOf(await room.set('phone', '101'))).toBe('foreign-client')
    }
  })

  test('[D4] equivocation: other content under clocks that are known is a violation', async () => {
    const one = await harness.room('rhea', oak, 777)
    const twin = await harness.room('rhea', oak, 777)
    expect(codeOf(await one.set('phone', '101'))).toBe('merged')
    expect(codeOf(await twin.set('phone', '102'))).toBe('clock-regression')
    expect((await harness.row(oak))?.phone).toBe('101')
  })
})

describe('repetition', () => {
  test('[L11] a message again, and a joining client’s whole document, are no edits', async () => {
    const room = await harness.room('rhea', oak)
    const update = room.change((doc) => notes(doc).insert(0, 'maple'))
    expect(codeOf(await room.submit(update))).toBe('merged')
    const head = await harness.storage.head()
    for (const again of [update, Y.encodeStateAsUpdate(room.doc)]) {
      expect(await room.submit(again)).toEqual({ type: 'merged', seq: 0, changes: [] })
    }
    expect(await harness.storage.head()).toEqual(head)
  })

  test('[GATE 17] step 2 of two tabs that built on each other is merged whole', async () => {
    const state = (await harness.stored(oak))!.state!
    const one = await harness.room('rhea', oak, 900)
    const two = await harness.room('rhea', oak, 901)
    const share = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
    for (let turn = 0; turn < 5; turn++) {
      one.change((doc) => notes(doc).insert(notes(doc).length, `a${turn} `))
      share(one.doc, two.doc)
      two.change((doc) => notes(doc).insert(notes(doc).length, `b${turn} `))
      share(two.doc, one.doc)
    }
    one.change((doc) => notes(doc).delete(0, 3))
    expect(codeOf(await one.submit(one.step2(state)))).toBe('merged')
    expect((await harness.row(oak))?.notes).toBe(notes(one.doc).toString())
    expect(notes(await serverDoc()).toString()).toBe('b0 a1 b1 a2 b2 a3 b3 a4 b4 ')
  })

  test('[L11] each clientID is judged alone: the forbidden one is refused and kept, the other merged', async () => {
    const state = (await harness.stored(oak))!.state!
    const one = await harness.room('rhea', oak, 900)
    const two = await harness.room('rhea', oak, 901)
    one.change((doc) => doc.getMap('fields').set('phone', '101'))
    two.change((doc) => doc.getMap('fields').set('aId', 'AW-666'))
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc))
    expect(codeOf(await one.submit(one.step2(state)))).toBe('import-owned')
    expect(await harness.row(oak)).toMatchObject({ phone: '101', aId: null })
    expect(await harness.storage.quarantine({ workerId: 'rhea', limit: 9 })).toHaveLength(1)
  })
})

describe('a message that breaks the rules further on', () => {
  const broken = async () => {
    const state = (await harness.stored(oak))!.state!
    const one = await harness.room('rhea', oak, 901)
    const two = await harness.room('rhea', oak, 900)
    one.change((doc) => doc.getMap('fields').set('phone', '101'))
    two.change((doc) => doc.getMap('fields').set('__proto__', '1'))
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc))
    return () => one.submit(one.step2(state))
  }

  test('[L11] takes what was admitted of it with it, and nothing of what others sent in the same batch', async () => {
    const submitBroken = await broken()
    const max = await harness.room('max', oak)
    const bob = await harness.room('bob', elm)
    const answers = await Promise.all([
      max.set('territory', 'before it'),
      submitBroken(),
      bob.set('phone', '276'),
      max.set('specialty', 'after it'),
    ])
    expect(answers.map(codeOf)).toEqual(['merged', 'unknown-key', 'merged', 'merged'])
    expect(await harness.row(oak)).toMatchObject({
      territory: 'before it',
      specialty: 'after it',
      phone: '100',
    })
    expect(await harness.row(elm)).toMatchObject({ phone: '276' })
    const authors = (await harness.storage.journalOf(oak, 9)).map(({ author }) => author)
    expect(authors).not.toContain('rhea')
    // As a cold start reads it.
    expect((await serverDoc()).getMap('fields').get('phone')).toBe('100')
    expect(harness.errors).toEqual([])
  })

  test('[L11] alone or beside others, however often it comes, it leaves no clientID behind', async () => {
    const submitBroken = await broken()
    const head = await harness.storage.head()
    const answers = await Promise.all([submitBroken(), submitBroken(), submitBroken()])
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['unknown-key']))
    expect(await harness.storage.head()).toEqual(head)
    expect((await harness.storage.leases([900, 901])).size).toBe(0)
    expect(codeOf(await (await harness.room('max', oak, 901)).set('phone', '9'))).toBe('merged')
  })
})

describe('after a refusal', () => {
  test('[GATE 19] the clientID is burnt for that record and for no other', async () => {
    const room = await harness.room('rhea', oak, 777)
    expect(codeOf(await room.set('aId', 'AW-666'))).toBe('import-owned')
    expect(codeOf(await room.set('phone', '101'))).toBe('foreign-client')
    const other = await harness.room('rhea', ref('desk', 'rhea'), 777)
    expect(codeOf(await other.set('theme', 'dark'))).toBe('merged')
  })

  test('[GATE 19] the deletion inside a refused overwrite, repeated by later messages, deletes nothing', async () => {
    await harness.write(operator, oak, [{ field: 'aId', value: 'AW-1' }])
    const room = await harness.room('rhea', oak, 777)
    expect(codeOf(await room.set('aId', 'AW-666'))).toBe('import-owned')
    // The page is loaded again with the old document in it, under a new clientID.
    room.doc.clientID = 778
    const server = (await harness.stored(oak))!.state!
    room.change((doc) => doc.getMap('fields').set('phone', '101'))
    expect(codeOf(await room.submit(room.step2(server)))).toBe('merged')
    expect(await harness.row(oak)).toMatchObject({ aId: 'AW-1', phone: '101' })
  })

  test('[GATE 19] a server that was started anew remembers it from the quarantine', async () => {
    await harness.write(operator, oak, [{ field: 'aId', value: 'AW-1' }])
    const room = await harness.room('rhea', oak, 777)
    await room.set('aId', 'AW-666')
    const { createGate } = await import('../../../sync-server/gate/create-gate.ts')
    const gate = await createGate({
      storage: harness.storage,
      policy: harness.policy,
      now: () => harness.clock.now,
      random: { id: () => 'again', clientId: () => 123_456 },
      limits: { rate: 0 },
      log: { error: () => undefined },
    })
    const submit = (update: Uint8Array) =>
      gate.submit({
        type: 'update',
        author: { type: 'worker', workerId: 'rhea' },
        via: 'room',
        record: oak,
        creates: false,
        update,
        sessionId: 'new',
        edit: null,
      })
    expect(codeOf(await submit(room.change((doc) => doc.getMap('fields').set('phone', '1'))))).toBe(
      'foreign-client',
    )
    const everything = Y.encodeStateAsUpdate(
      room.doc,
      Y.encodeStateVectorFromUpdate((await harness.stored(oak))!.state!),
    )
    room.doc.clientID = 779
    expect((await submit(everything)).type).not.toBe('merged')
    expect((await harness.row(oak))?.aId).toBe('AW-1')
  })

  test('[D18] what a room was refused is kept with the changes that the gate read', async () => {
    const room = await harness.room('rhea', oak)
    await room.edit((doc) => {
      doc.getMap('fields').set('aId', 'AW-666')
      doc.getMap('fields').set('phone', '101')
    })
    const [kept] = await harness.storage.quarantine({ workerId: 'rhea', limit: 1 })
    expect(kept).toMatchObject({
      deviceId: null,
      editId: null,
      changes: [
        { field: 'aId', old: null, new: 'AW-666' },
        { field: 'phone', old: '100', new: '101' },
      ],
    })
  })
})
