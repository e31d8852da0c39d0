/** Refused: nothing of it is merged, all of it is kept, and the author's next edits still fit. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { QUARANTINE_PER_WORKER_MAX } from '../../../core/protocol/limits.ts'
import { openDocument } from '../../../core/documents/open-document.ts'
import { codeOf, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

const field = (name: string, value: string | boolean | null) => [{ field: name, value }]
const forbidden = field('aId', 'AW-666')

describe('fillers', () => {
  test('[D12] an independent edit after a refused one is merged', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const first = rhea.write(oak, forbidden)
    const second = rhea.write(oak, field('phone', '101'))
    expect(await rhea.send(oak, first)).toMatchObject({
      type: 'refused',
      filler: { client: rhea.lease, clock: 0, length: 1 },
    })
    expect(codeOf(await rhea.send(oak, second))).toBe('merged')
    expect(await harness.row(oak)).toMatchObject({ aId: null, phone: '101' })
    expect(rhea.row(oak)).toMatchObject({ aId: null, phone: '101' })
  })

  test('[D12] [GATE 12] the filler is as long as the whole update, and deletes nothing of what that deletes', async () => {
    await harness.write(operator, oak, field('aId', 'AW-1'))
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const first = rhea.write(oak, [...field('text:notes', 'maple'), ...forbidden])
    const second = rhea.write(oak, field('phone', '101'))
    expect(await rhea.send(oak, first)).toMatchObject({ type: 'refused', filler: { length: 6 } })
    expect(codeOf(await rhea.send(oak, second))).toBe('merged')
    const fields = openDocument([(await harness.stored(oak))!.state!]).getMap('fields')
    expect([fields.get('aId'), fields.get('phone')]).toEqual(['AW-1', '101'])
  })

  test('[D12] the filler takes a number, is published, and says nothing of the content', async () => {
    const rhea = await harness.device('rhea')
    const { number } = await harness.storage.head()
    const verdict = await rhea.edit(oak, forbidden)
    expect(verdict).toMatchObject({ type: 'refused', seq: number + 1 })
    const [change] = harness.batches.at(-1)?.changes ?? []
    expect(change).toMatchObject({ seq: number + 1, rowBefore: { aId: null }, row: { aId: null } })
    expect(Buffer.from(change?.update ?? []).includes('AW-666')).toBe(false)
    expect(Buffer.from((await harness.stored(oak))?.state ?? []).includes('AW-666')).toBe(false)
    const [entry] = await harness.storage.journalOf(oak, 1)
    expect(entry).toMatchObject({ filler: true, changes: [], author: 'rhea' })
  })

  test('[D12] [D16] a refused deletion leaves no filler, and the record as it was', async () => {
    await harness.write(operator, oak, field('aId', 'AW-1'))
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const deletion = rhea.author(oak, (doc) => {
      let update: Uint8Array = new Uint8Array()
      doc.on('update', (bytes: Uint8Array) => {
        update = bytes
      })
      doc.getMap('fields').delete('aId')
      return { update, changes: [] }
    })
    const before = await harness.stored(oak)
    expect(await rhea.send(oak, deletion)).toMatchObject({ type: 'refused', filler: null })
    expect(await harness.stored(oak)).toEqual(before)
  })

  test('[D14] what leans on refused content is refused as depending on it, with a filler of its own', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const wrong = rhea.write(oak, forbidden)
    const correction = rhea.write(oak, field('aId', 'AW-7'))
    const independent = rhea.write(oak, field('phone', '101'))
    expect(codeOf(await rhea.send(oak, wrong))).toBe('import-owned')
    expect(await rhea.send(oak, correction)).toMatchObject({
      reasons: [{ code: 'depends-on-refused', rule: 'D14' }],
      filler: { clock: 1, length: 1 },
    })
    expect(codeOf(await rhea.send(oak, independent))).toBe('merged')
    expect(await harness.storage.countQuarantine('rhea')).toBe(2)
  })

  test('[GATE 14] text written before its device saw a refusal on that text depends on it; after seeing it, not', async () => {
    await harness.write(operator, oak, field('text:notes', 'price 100 EUR'))
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const deny = { field: 'features/SU-ALLOW-ACCOUNT-EDITS', value: 'deny' }
    const erase = rhea.write(oak, field('text:notes', 'price  EUR'))
    const insert = rhea.write(oak, field('text:notes', 'price 250 EUR'))
    const unawareErase = rhea.submission(oak, erase)
    const unawareInsert = rhea.submission(oak, insert)

    await harness.write(operator, ref('group', 'sales-rep'), [deny])
    const refused = await harness.gate.submit(unawareErase)
    expect(codeOf(refused)).toBe('denied-by-group')
    await harness.write(operator, ref('group', 'sales-rep'), [{ ...deny, value: 'allow' }])
    const dependent = await harness.gate.submit(unawareInsert)
    expect(codeOf(dependent)).toBe('depends-on-refused')
    expect((await harness.row(oak))?.notes).toBe('price 100 EUR')

    rhea.receive(oak, erase, unawareErase, refused)
    rhea.receive(oak, insert, unawareInsert, dependent)
    expect(codeOf(await rhea.edit(oak, field('text:notes', 'price 250 EUR')))).toBe('merged')
    expect((await harness.row(oak))?.notes).toBe('price 250 EUR')
  })

  test('[D18] the quarantine holds the whole edit, what its author claims, and why', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const { update, changes: written } = rhea.write(oak, [...forbidden, ...field('phone', '101')])
    const entry = { update, changes: written.map((change) => ({ ...change, old: 'as it stood here' })) }
    await rhea.send(oak, entry)
    const [kept] = await harness.storage.quarantine({ workerId: 'rhea', limit: 1 })
    expect(kept).toMatchObject({
      workerId: 'rhea',
      record: oak,
      reasons: [{ code: 'import-owned', rule: 'P24' }],
      settled: null,
    })
    expect(kept?.changes).toEqual(entry.changes)
    expect(kept?.update).toEqual(entry.update)
    expect(kept?.sentence).toMatch(/A_ID/)
  })
})

describe('creations', () => {
  const birch = ref('account', 'birch')

  test('[P24] a manager makes an account with own codes; a rep may not make any; neither may give foreign codes', async () => {
    const make = (codes: readonly string[]) => [
      ...field('name', 'Birch'),
      ...field('accountKind', 'company'),
      ...field('active', true),
      ...codes.map((code) => ({ field: `repCodes/${code}`, value: true })),
    ]
    const rhea = await harness.device('rhea')
    const max = await harness.device('max')
    expect(codeOf(await rhea.edit(birch, make(['275']), { creates: true }))).toBe('not-held')
    expect(codeOf(await max.edit(ref('account', 'beech'), make(['276']), { creates: true }))).toBe(
      'rep-codes-not-own',
    )
    expect(codeOf(await max.edit(birch, make(['275']), { creates: true }))).toBe('merged')
    expect(await harness.row(birch)).toMatchObject({ name: 'Birch', repCodes: ['275'] })
  })

  test('[D13] a refused creation leaves no record and no filler; its later edits and its children depend on it', async () => {
    const rhea = await harness.device('rhea')
    const before = await harness.storage.head()
    const creation = await rhea.edit(
      birch,
      [...field('name', 'Birch'), ...field('accountKind', 'company'), ...field('active', true)],
      { creates: true },
    )
    expect(creation).toMatchObject({ type: 'refused', filler: null })
    expect(await harness.stored(birch)).toBeNull()
    expect(codeOf(await rhea.edit(birch, field('phone', '1')))).toBe('depends-on-refused')
    const child = [...field('accountId', 'birch'), ...field('lastName', 'Lee'), ...field('active', true)]
    expect(codeOf(await rhea.edit(ref('contact', 'lee'), child, { creates: true }))).toBe(
      'depends-on-refused',
    )
    expect(await harness.storage.head()).toEqual(before)
    expect(await harness.storage.countQuarantine('rhea')).toBe(3)
    // To somebody else it is simply not there.
    const bob = await harness.device('bob')
    expect(codeOf(await bob.edit(birch, field('phone', '1')))).toBe('not-found-or-out-of-scope')
  })

  test('[S9] [P21] a contact under a hidden account and under a missing one are refused alike; under an own one it is made', async () => {
    const rhea = await harness.device('rhea')
    const make = (id: string, accountId: string) =>
      rhea.edit(
        ref('contact', id),
        [...field('accountId', accountId), ...field('lastName', 'Lee'), ...field('active', true)],
        { creates: true },
      )
    const hidden = await make('lee-1', 'elm')
    const missing = await make('lee-2', 'nowhere')
    expect(codeOf(hidden)).toBe('parent-not-found')
    expect(codeOf(missing)).toBe('parent-not-found')
    expect(codeOf(await make('lee-3', 'oak'))).toBe('merged')
    expect((await harness.stored(ref('contact', 'lee-3')))?.keys).toEqual(['account:oak', 'rep:275'])
  })

  test('[D13] an id that is taken is refused, and the record stays as it was', async () => {
    const max = await harness.device('max')
    const before = await harness.stored(oak)
    const entry = max.author(oak, () => {
      const doc = openDocument()
      doc.clientID = max.lease
      let update: Uint8Array = new Uint8Array()
      doc.on('update', (bytes: Uint8Array) => {
        update = bytes
      })
      doc.getMap('fields').set('name', 'Impostor')
      return { update, changes: [] }
    })
    expect(await harness.gate.submit(max.submission(oak, entry, { creates: true }))).toMatchObject({
      type: 'refused',
      filler: null,
    })
    expect(await harness.stored(oak)).toEqual(before)
  })

  test('[S8] a desk begins with its owner’s first write, and is nobody else’s', async () => {
    const desk = ref('desk', 'rhea')
    const rhea = await harness.device('rhea')
    const bob = await harness.device('bob')
    expect(codeOf(await bob.edit(desk, field('theme', 'dark')))).toBe('not-found-or-out-of-scope')
    expect(codeOf(await rhea.edit(desk, field('theme', 'dark')))).toBe('merged')
    expect(codeOf(await rhea.edit(desk, field('language', 'nl')))).toBe('merged')
    expect(await harness.row(desk)).toMatchObject({ theme: 'dark', language: 'nl' })
    expect(codeOf(await bob.edit(desk, field('theme', 'light')))).toBe('not-found-or-out-of-scope')
  })
})

describe('limits', () => {
  test('[GATE 16] a full quarantine gives no verdict: the edit stays where it is', async () => {
    await harness.close()
    harness = await openOrganisation({
      wrap: (storage) => ({ ...storage, countQuarantine: async () => QUARANTINE_PER_WORKER_MAX }),
    })
    const rhea = await harness.device('rhea')
    expect((await rhea.edit(oak, forbidden)).type).toBe('later')
    expect(await harness.storage.quarantine({ workerId: 'rhea', limit: 1 })).toEqual([])
    expect((await harness.storage.journalOf(oak, 1))[0]?.filler).toBe(false)
  })

  test('[GATE 16] [D28] a worker who has made one record grow enough waits; others write it, and they write others', async () => {
    await harness.close()
    harness = await openOrganisation({ growthBytes: 400 })
    const other = ref('account', 'ash')
    await harness.write(operator, other, [...field('name', 'Ash'), ...field('repCodes/275', true)], {
      creates: true,
    })
    const [rhea, max] = [await harness.device('rhea'), await harness.device('max')]
    await Promise.all([rhea.pull(oak), rhea.pull(other), max.pull(oak)])
    const long = (text: string) => field('phone', text.padEnd(50, '.'))
    let last = rhea.write(oak, long('rhea'))
    let verdict = await rhea.send(oak, last)
    expect(codeOf(verdict)).toBe('merged')
    for (let n = 0; n < 5 && codeOf(verdict) === 'merged'; n++) {
      last = rhea.write(oak, long(`rhea ${n}`))
      verdict = await rhea.send(oak, last)
    }
    expect(verdict).toEqual({ type: 'later', afterMs: expect.any(Number) })
    expect(codeOf(await max.edit(oak, long('max')))).toBe('merged')
    expect(codeOf(await rhea.edit(other, long('rhea')))).toBe('merged')
    harness.clock.now += verdict.type === 'later' ? verdict.afterMs : 0
    expect(codeOf(await rhea.send(oak, last))).toBe('merged')
  })

  test('a device over its rate is told when to come again; another device is not held up', async () => {
    await harness.close()
    harness = await openOrganisation({ rate: 2 })
    const rhea = await harness.device('rhea')
    const bob = await harness.device('bob')
    for (const value of ['1', '2']) expect(codeOf(await rhea.edit(oak, field('phone', value)))).toBe('merged')
    const third = rhea.write(oak, field('phone', '3'))
    expect(await rhea.send(oak, third)).toEqual({ type: 'later', afterMs: 500 })
    expect(codeOf(await bob.edit(ref('account', 'elm'), field('phone', '3')))).toBe('merged')
    harness.clock.now += 499
    expect(await rhea.send(oak, third)).toEqual({ type: 'later', afterMs: 1 })
    harness.clock.now += 1
    expect(codeOf(await rhea.send(oak, third))).toBe('merged')
  })
})

describe('commits that fail', () => {
  test('[D19] [GATE 10] a document that is thrown away comes back with what its batch had merged before', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const tooLong = 'x'.repeat(50_000)
    await rhea.edit(oak, field('text:notes', tooLong))
    await rhea.edit(oak, field('text:notes', tooLong + tooLong))
    const max = await harness.device('max')
    const ada = await harness.device('ada')
    await Promise.all([max.pull(oak), ada.pull(oak)])
    const [before, refused, after] = await Promise.all([
      max.send(oak, max.write(oak, field('phone', '101'))),
      rhea.send(oak, rhea.write(oak, field('text:notes', `${tooLong}${tooLong}!`))),
      ada.send(oak, ada.write(oak, field('specialty', 'Road'))),
    ])
    expect([before, refused, after].map(codeOf)).toEqual(['merged', 'value-invalid', 'merged'])
    const fields = openDocument([(await harness.stored(oak))!.state!]).getMap('fields')
    expect([fields.get('phone'), fields.get('specialty')]).toEqual(['101', 'Road'])
  })

  test('[D19] nothing that the batch moved remains; the same edit is merged afterwards', async () => {
    await harness.close()
    let failing = false
    harness = await openOrganisation({
      wrap: (storage) => ({
        ...storage,
        commit: (commit) => (failing ? Promise.reject(new Error('disk full')) : storage.commit(commit)),
      }),
    })
    const rhea = await harness.device('rhea')
    await rhea.edit(oak, field('phone', '101'))
    const told = harness.batches.length
    const before = [await harness.stored(oak), await harness.storage.head(), harness.policy.directory]

    failing = true
    const kept = rhea.write(oak, field('phone', '102'))
    const [edit, flip] = await Promise.all([
      rhea.send(oak, kept),
      harness.write(operator, ref('worker', 'bob'), field('active', false)),
    ])
    expect([edit.type, flip.type]).toEqual(['later', 'later'])
    expect([await harness.stored(oak), await harness.storage.head(), harness.policy.directory]).toEqual(
      before,
    )
    expect(harness.batches).toHaveLength(told)
    expect(harness.errors).toHaveLength(1)

    failing = false
    expect(codeOf(await rhea.send(oak, kept))).toBe('merged')
    expect((await harness.row(oak))?.phone).toBe('102')
    // No number was left out.
    expect(before[1]).toMatchObject({ number: (await harness.storage.head()).number - 1 })
    expect(harness.policy.principalOf('bob').live).toBe(true)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await harness.stored(oak))?.state ?? new Uint8Array([0, 0]))
    expect(doc.getMap('fields').get('phone')).toBe('102')
  })

  test('a submission that cannot be decided does not keep the others of its batch from their verdicts', async () => {
    await harness.close()
    harness = await openOrganisation({
      wrap: (storage) => ({
        ...storage,
        recordsUnder: () => Promise.reject(new Error('a row is damaged')),
      }),
    })
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const [poisoned, honest] = await Promise.all([
      harness.write(operator, ref('account', 'elm'), field('territory', 'North')),
      rhea.send(oak, rhea.write(oak, field('phone', '101'))),
    ])
    expect(poisoned.type).toBe('later')
    expect(honest.type).toBe('merged')
  })
})
