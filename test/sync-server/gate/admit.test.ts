/** The ten steps of the gate, each with its allowed case beside its denied twin. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { rowFromDoc } from '../../../core/documents/read-record.ts'
import { openDocument } from '../../../core/documents/open-document.ts'
import { account } from '../../../core/records/account.ts'
import { always, codeOf, elm, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

const phone = (value: string | null) => [{ field: 'phone', value }]

/** Bytes and row of a record say the same. */
async function expectWhole(record = oak): Promise<void> {
  const stored = await harness.stored(record)
  if (!stored?.state) throw new Error('no state')
  const doc = openDocument([stored.state])
  expect(doc.store.pendingStructs).toBeNull()
  expect(doc.store.pendingDs).toBeNull()
  expect(rowFromDoc(account, doc, { id: record.id, seq: stored.seq })).toEqual(stored.row)
}

describe('who', () => {
  test('[D7] a rep edits an account of theirs: merged, journalled, durable', async () => {
    const rhea = await harness.device('rhea')
    const verdict = await rhea.edit(oak, phone('101'))
    expect(verdict).toMatchObject({ type: 'merged', changes: [{ field: 'phone', old: '100', new: '101' }] })
    expect((await harness.row(oak))?.phone).toBe('101')
    const [entry] = await harness.storage.journalOf(oak, 1)
    expect(entry).toMatchObject({ author: 'rhea', via: 'link', deviceId: rhea.id, filler: false })
    await expectWhole()
  })

  test('[S9] [D18] an account out of scope: refused as if it did not exist, kept whole, nothing written to it', async () => {
    const bob = await harness.device('bob')
    const before = await harness.stored(oak)
    const hidden = await bob.edit(oak, phone('666'))
    const missing = await bob.edit(ref('account', 'no-such'), phone('666'))
    expect(codeOf(hidden)).toBe('not-found-or-out-of-scope')
    expect({ ...hidden, quarantine: '', seq: 0 }).toEqual({ ...missing, quarantine: '', seq: 0 })
    expect(hidden).toMatchObject({ filler: null })
    expect(await harness.stored(oak)).toEqual(before)
    const kept = await harness.storage.quarantine({ workerId: 'bob', limit: 10 })
    expect(kept.map((entry) => entry.changes[0]?.new)).toEqual(['666', '666'])
  })

  test('[D1] [S9] [GATE 1] in a room a hidden record and a missing one are answered alike, even for bytes that are broken', async () => {
    const broken = new Uint8Array([1, 2, 3])
    for (const record of [oak, ref('account', 'no-such'), ref('contact', 'no-such')]) {
      const room = await harness.room('bob', record)
      expect(await room.submit(broken)).toEqual({ type: 'unreadable' })
      expect(await room.set('phone', '666')).toEqual({ type: 'unreadable' })
    }
    const own = await harness.room('rhea', oak)
    expect(await own.submit(broken)).toMatchObject({ type: 'violation' })
  })

  test('[P1] a worker without the right is refused; a filler takes the edit’s clocks', async () => {
    await harness.write(operator, ref('worker', 'eve'), [{ field: 'accountsQueryType', value: 'all' }])
    const eve = await harness.device('eve')
    const verdict = await eve.edit(oak, phone('666'))
    expect(codeOf(verdict)).toBe('not-held')
    expect(verdict).toMatchObject({ filler: { client: eve.lease, clock: 0, length: 1 } })
    expect((await harness.row(oak))?.phone).toBe('100')
    await expectWhole()
  })

  test('[P5] a worker who was disabled is refused everything, and nothing is lost', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    await harness.write(operator, ref('worker', 'rhea'), [{ field: 'active', value: false }])
    expect(codeOf(await rhea.edit(oak, phone('101')))).toBe('worker-inactive')
    const room = await harness.room('rhea', oak)
    expect(await room.set('phone', '101')).toEqual({ type: 'unreadable' })
    expect(await harness.storage.countQuarantine('rhea')).toBe(1)
  })

  test('[D7] one forbidden field refuses the whole save; nine allowed ones pass', async () => {
    const rhea = await harness.device('rhea')
    const nine = [
      'phone',
      'territory',
      'state',
      'zip',
      'businessType',
      'specialty',
      'country',
      'name',
      'parentId',
    ]
    const allowed = nine.map((field) => ({ field, value: field === 'parentId' ? null : 'US' }))
    expect(codeOf(await rhea.edit(oak, [...allowed, { field: 'aId', value: 'AW1' }]))).toBe('import-owned')
    expect((await harness.row(oak))?.name).toBe('Oak')
    expect(codeOf(await rhea.edit(oak, allowed))).toBe('merged')
    expect((await harness.row(oak))?.name).toBe('US')
    await expectWhole()
  })

  test('[GATE 7] nobody moves an account out of their own scope; a manager who sees all may', async () => {
    await harness.write(operator, ref('worker', 'rhea'), [
      { field: 'groups/sales-manager', value: always },
      { field: 'geographies/US', value: true },
    ])
    const rhea = await harness.device('rhea')
    expect(codeOf(await rhea.edit(oak, [{ field: 'country', value: 'DE' }]))).toBe('moves-out-of-scope')
    expect((await harness.row(oak))?.country).toBe('US')
    const max = await harness.device('max')
    expect(codeOf(await max.edit(oak, [{ field: 'country', value: 'DE' }]))).toBe('merged')
  })
})

describe('known edits', () => {
  test('[D2] the same edit again gets the same verdict; the record is written once', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const entry = rhea.write(oak, phone('101'))
    const submission = rhea.submission(oak, entry)
    const [first, second] = await Promise.all([
      harness.gate.submit(submission),
      harness.gate.submit(submission),
    ])
    const third = await harness.gate.submit(submission)
    expect(first).toMatchObject({ type: 'merged' })
    for (const again of [second, third])
      expect(again).toMatchObject({ type: 'merged', seq: first.type === 'merged' ? first.seq : -1 })
    expect(
      (await harness.storage.journalOf(oak, 10)).filter((entry) => entry.author === 'rhea'),
    ).toHaveLength(1)
  })

  test('[D2] the same id with other bytes is a violation; under another device it is another edit', async () => {
    const [one, other] = [await harness.device('rhea'), await harness.device('rhea')]
    const editId = 'edit-number-one-0'
    expect(codeOf(await one.edit(oak, phone('101'), { editId }))).toBe('merged')
    expect(codeOf(await one.edit(oak, phone('102'), { editId }))).toBe('edit-id-reused')
    expect(codeOf(await other.edit(oak, phone('103'), { editId }))).toBe('merged')
    expect((await harness.row(oak))?.phone).toBe('103')
  })

  test('[D2] a refusal is answered again, too, after the right has come', async () => {
    const bob = await harness.device('bob')
    await bob.pull(oak)
    const submission = bob.submission(oak, bob.write(oak, phone('101')))
    const refused = await harness.gate.submit(submission)
    await harness.write(operator, ref('worker', 'bob'), [{ field: 'accountsQueryType', value: 'all' }])
    expect(await harness.gate.submit(submission)).toEqual(refused)
  })
})

describe('structure', () => {
  test('[D3] every proper beginning of a valid update is a violation and changes nothing', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const entry = rhea.write(oak, [
      { field: 'phone', value: '101' },
      { field: 'text:notes', value: 'likes maple' },
    ])
    const before = await harness.stored(oak)
    const head = await harness.storage.head()
    for (let length = 0; length < entry.update.length; length++) {
      const cut = { ...entry, update: entry.update.slice(0, length) }
      const verdict = await harness.gate.submit(rhea.submission(oak, cut))
      expect(verdict.type, `cut at ${length}`).toBe('violation')
    }
    expect(await harness.stored(oak)).toEqual(before)
    expect(await harness.storage.head()).toEqual(head)
    expect(codeOf(await rhea.send(oak, entry))).toBe('merged')
  })

  test('[D4] only the device’s present lease passes', async () => {
    const rhea = await harness.device('rhea')
    const bob = await harness.device('bob')
    await rhea.pull(oak)
    const submission = rhea.submission(oak, rhea.write(oak, phone('101')))
    const under = (deviceId: string, lease: number) =>
      harness.gate.submit({ ...submission, edit: { ...submission.edit!, deviceId, lease } })
    expect(codeOf(await under(bob.id, rhea.lease))).toBe('foreign-client')
    expect(codeOf(await under(rhea.id, bob.lease))).toBe('foreign-client')
    await harness.storage.saveLease({
      clientId: rhea.lease,
      workerId: 'rhea',
      deviceId: rhea.id,
      burnt: true,
    })
    expect(codeOf(await harness.gate.submit(submission))).toBe('foreign-client')
    expect((await harness.row(oak))?.phone).toBe('100')
  })

  test('[D4] a gap, a repetition under a new id, and another content for known clocks are violations', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const first = rhea.write(oak, phone('101'))
    const second = rhea.write(oak, phone('102'))
    expect(codeOf(await harness.gate.submit(rhea.submission(oak, second)))).toBe('clock-gap')
    expect(codeOf(await rhea.send(oak, first))).toBe('merged')
    expect(codeOf(await harness.gate.submit(rhea.submission(oak, first)))).toBe('clock-regression')
    expect(codeOf(await rhea.send(oak, second))).toBe('merged')
  })

  test('[D15] an update that touches nothing is merged and stored nowhere', async () => {
    const rhea = await harness.device('rhea')
    const head = await harness.storage.head()
    const nothing = { update: new Uint8Array([0, 0]), changes: [] }
    await rhea.pull(oak)
    const submission = rhea.submission(oak, nothing, { editId: 'edit-of-nothing-' })
    expect(await harness.gate.submit(submission)).toEqual({ type: 'merged', seq: 0, changes: [] })
    expect(await harness.storage.head()).toEqual(head)
    expect(await harness.storage.verdict(rhea.id, 'edit-of-nothing-')).toBeNull()
  })
})

describe('values', () => {
  test('[D8] the resulting row is validated: a required field cannot be cleared, a set holds entries only', async () => {
    const ada = await harness.device('ada')
    expect(codeOf(await ada.edit(oak, [{ field: 'name', value: null }]))).toBe('value-required')
    expect(codeOf(await ada.edit(oak, [{ field: 'repCodes/300', value: 'yes' }]))).toBe('value-invalid')
    expect(codeOf(await ada.edit(oak, [{ field: 'employees', value: -1 }]))).toBe('value-invalid')
    expect(codeOf(await ada.edit(oak, [{ field: 'colour', value: 'red' }]))).toBe('unknown-field')
    expect(codeOf(await ada.edit(oak, [{ field: 'repCodes', value: 'x' }]))).toBe('unknown-field')
    expect(codeOf(await ada.edit(oak, [{ field: 'repCodes/300', value: true }]))).toBe('merged')
    expect((await harness.row(oak))?.repCodes).toEqual(['275', '300'])
    await expectWhole()
  })

  test('[D8] [GATE 8] a new record is validated whole: what nobody wrote is missing, too', async () => {
    const max = await harness.device('max')
    const birch = ref('account', 'birch')
    const code = { field: 'repCodes/275', value: true }
    const kind = { field: 'accountKind', value: 'company' }
    const name = { field: 'name', value: 'Birch' }
    const active = { field: 'active', value: true }
    expect(codeOf(await max.edit(birch, [code, kind, active], { creates: true }))).toBe('value-required')
    const again = ref('account', 'birch-2')
    expect(codeOf(await max.edit(again, [code, kind, active, name], { creates: true }))).toBe('merged')
  })

  test('[D8] a text has a longest length, wherever its pieces come from', async () => {
    const rhea = await harness.device('rhea')
    const part = 'x'.repeat(50_000)
    expect(codeOf(await rhea.edit(oak, [{ field: 'text:notes', value: part }]))).toBe('merged')
    expect(codeOf(await rhea.edit(oak, [{ field: 'text:notes', value: part + part }]))).toBe('merged')
    const verdict = await rhea.edit(oak, [{ field: 'text:notes', value: `${part}${part}!` }])
    expect(codeOf(verdict)).toBe('value-invalid')
    expect(verdict).toMatchObject({ filler: { length: 1 } })
    expect(String((await harness.row(oak))?.notes)).toHaveLength(100_000)
    await expectWhole()
  })

  test('[D17] a room’s bare deletion clears the current value; beside a newer one it changes nothing', async () => {
    const room = await harness.room('rhea', oak)
    const late = await harness.room('rhea', oak)
    expect(codeOf(await room.edit((doc) => doc.getMap('fields').delete('phone')))).toBe('merged')
    expect((await harness.row(oak))?.phone).toBeNull()
    expect(codeOf(await room.set('phone', '101'))).toBe('merged')
    const repeated = late.change((doc) => doc.getMap('fields').delete('phone'))
    expect(await late.submit(repeated)).toEqual({ type: 'merged', seq: 0, changes: [] })
    expect((await harness.row(oak))?.phone).toBe('101')
  })

  test('[P21] a reference names a record that exists and that its author may read', async () => {
    const rhea = await harness.device('rhea')
    const parent = async (id: string) => codeOf(await rhea.edit(oak, [{ field: 'parentId', value: id }]))
    expect(await parent('no-such')).toBe('parent-not-found')
    expect(await parent('elm')).toBe('parent-not-found')
    await harness.write(
      operator,
      ref('account', 'ash'),
      [
        { field: 'name', value: 'Ash' },
        { field: 'repCodes/275', value: true },
      ],
      { creates: true },
    )
    expect(await parent('ash')).toBe('merged')
  })

  test('[P19] accounts stand in no circle', async () => {
    const max = await harness.device('max')
    expect(codeOf(await max.edit(oak, [{ field: 'parentId', value: 'elm' }]))).toBe('merged')
    expect(codeOf(await max.edit(elm, [{ field: 'parentId', value: 'oak' }]))).toBe('cycle')
    expect(codeOf(await max.edit(elm, [{ field: 'parentId', value: 'elm' }]))).toBe('cycle')
  })

  test('[D8] unique values are unique after folding, inside one batch too', async () => {
    const set = (id: string, aId: string | null) =>
      harness.write(operator, ref('account', id), [{ field: 'aId', value: aId }])
    const [one, two] = await Promise.all([set('oak', 'AW-1'), set('elm', ' aw-1')])
    expect([codeOf(one), codeOf(two)]).toEqual(['merged', 'not-unique'])
    const [freed, taken] = await Promise.all([set('oak', null), set('elm', 'aw-1')])
    expect([codeOf(freed), codeOf(taken)]).toEqual(['merged', 'merged'])
  })
})

test('[D11] listeners hear of a change after it is durable and before its author is answered', async () => {
  const order: string[] = []
  harness.gate.onCommitted((batch) => {
    order.push(`told ${batch.changes[0]?.row.phone}`)
  })
  const rhea = await harness.device('rhea')
  await rhea.pull(oak)
  await harness.gate
    .submit(rhea.submission(oak, rhea.write(oak, phone('101'))))
    .then(() => order.push('answered'))
  expect(order).toEqual(['told 101', 'answered'])
  expect((await harness.row(oak))?.phone).toBe('101')
})

test('[I7] sequence numbers are dense and the chain has no gap', async () => {
  const rhea = await harness.device('rhea')
  await rhea.edit(oak, phone('101'))
  const { number, chain } = await harness.storage.head()
  expect(await harness.storage.chainAt(number)).toBe(chain)
  for (let seq = 1; seq <= number; seq++) expect(await harness.storage.chainAt(seq)).toMatch(/^[0-9a-f]{64}$/)
})

test('a stock document’s update is what is published, to the byte', async () => {
  const room = await harness.room('rhea', oak)
  const update = room.change((doc) => doc.getMap('fields').set('phone', '101'))
  await room.submit(update)
  expect(harness.batches.at(-1)?.changes[0]).toMatchObject({ update, sessionId: room.sessionId })
  const replica = new Y.Doc()
  for (const change of (await harness.stored(oak))?.state ? [(await harness.stored(oak))!.state!] : [])
    Y.applyUpdate(replica, change)
  expect(replica.getMap('fields').get('phone')).toBe('101')
})
