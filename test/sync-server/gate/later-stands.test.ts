/** Two people write one field: the later arrival stands, whatever the clientIDs say, and the loser is told. */
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writerOf } from '../../../core/documents/prove-apply.ts'
import { codeOf, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
afterEach(() => harness.close())

const phone = (value: string) => [{ field: 'phone', value }]
const leases = [7, 2_000_000_000, 4_294_967_295]

describe.each([1, 3_000_000_000, 4_294_967_000])('the server writes under %i', (serverClient) => {
  test('[D10] of three devices that wrote without knowing of each other, the last to arrive stands', async () => {
    harness = await openOrganisation({ serverClient })
    const devices = [
      await harness.device('rhea', leases[0]),
      await harness.device('max', leases[1]),
      await harness.device('ada', leases[2]),
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      for (const device of devices) await device.pull(oak)
      const writes = devices.map((device) =>
        device.write(oak, phone(`${device.workerId} in ${order.join('')}`)),
      )
      for (const index of order) {
        const device = devices[index]!
        expect(codeOf(await device.send(oak, writes[index]!))).toBe('merged')
        const value = `${device.workerId} in ${order.join('')}`
        const stored = await harness.stored(oak)
        const doc = new Y.Doc()
        Y.applyUpdate(doc, stored!.state!)
        expect([stored?.row.phone, doc.getMap('fields').get('phone')]).toEqual([value, value])
      }
    }
  })
})

test('[D10] the value that the server writes once more goes to everybody, its author’s own replica too', async () => {
  harness = await openOrganisation()
  const high = await harness.device('max', 4_294_967_295)
  const low = await harness.device('rhea', 7)
  const state = (await harness.stored(oak))!.state!
  const replicas = [high, low].map(() => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return doc
  })
  const sessions = [high, low].map((device) => `session-${device.id}`)
  const own = [
    { device: high, entry: (await high.pull(oak), high.write(oak, phone('high'))) },
    { device: low, entry: (await low.pull(oak), low.write(oak, phone('low'))) },
  ]
  own.forEach(({ entry }, index) => Y.applyUpdate(replicas[index]!, entry.update))
  harness.gate.onCommitted(({ changes }) => {
    for (const change of changes) {
      replicas.forEach((doc, index) => {
        if (change.update !== null && change.sessionId !== sessions[index]) Y.applyUpdate(doc, change.update)
      })
    }
  })
  for (const { device, entry } of own) await device.send(oak, entry)
  for (const doc of replicas) {
    expect(doc.getMap('fields').get('phone')).toBe('low')
    expect(writerOf(doc, 'phone')).toBe(3_000_000_000)
  }
  const entries = await harness.storage.journalOf(oak, 2)
  expect(entries.map((entry) => [entry.author, entry.changes.length])).toEqual([
    ['rhea', 0],
    ['rhea', 1],
  ])
})

test('[B9] the overwritten worker finds both values; a write that knew the other is no conflict', async () => {
  harness = await openOrganisation()
  const rhea = await harness.device('rhea')
  const max = await harness.device('max')
  await Promise.all([rhea.pull(oak), max.pull(oak)])
  harness.clock.now += 5
  expect(codeOf(await rhea.edit(oak, phone('rhea’s')))).toBe('merged')
  harness.clock.now += 5
  expect(codeOf(await max.edit(oak, phone('max’s')))).toBe('merged')
  const [conflict, ...others] = await harness.storage.conflicts('rhea', 10)
  expect(others).toEqual([])
  expect(conflict).toMatchObject({
    field: 'phone',
    record: oak,
    standing: { value: 'max’s', workerId: 'max', at: harness.clock.now },
    overwritten: { value: 'rhea’s', workerId: 'rhea', at: harness.clock.now - 5 },
  })

  await rhea.pull(oak)
  expect(codeOf(await rhea.edit(oak, phone('knowing')))).toBe('merged')
  expect(await harness.storage.conflicts('max', 10)).toEqual([])
})

test('[D10] a conflict is noted only against another worker: not between one’s own devices, not against an import', async () => {
  harness = await openOrganisation()
  const [one, two] = [await harness.device('rhea'), await harness.device('rhea')]
  await Promise.all([one.pull(oak), two.pull(oak)])
  await one.edit(oak, phone('one'))
  await two.edit(oak, phone('two'))
  expect((await harness.row(oak))?.phone).toBe('two')
  await harness.write(operator, oak, phone('imported'))
  const late = await harness.device('max')
  await late.pull(oak)
  await harness.write(operator, oak, phone('imported again'))
  await late.edit(oak, phone('max'))
  for (const worker of ['rhea', 'max', 'operator'])
    expect(await harness.storage.conflicts(worker, 10)).toEqual([])
})

test('[D17] a right taken away beside a newer grant: the later of the two stands', async () => {
  harness = await openOrganisation()
  const eve = ref('worker', 'eve')
  const right = 'rights/crm.export'
  await harness.write(operator, eve, [{ field: right, value: true }])
  const [one, two] = [await harness.device('ada', 7), await harness.device('ada', 4_000_000_000)]
  await Promise.all([one.pull(eve), two.pull(eve)])
  const take = one.write(eve, [{ field: right, value: null }])
  expect(
    codeOf(
      await two.edit(eve, [
        { field: right, value: true },
        { field: 'rights/crm.delegate', value: true },
      ]),
    ),
  ).toBe('merged')
  expect(codeOf(await one.send(eve, take))).toBe('merged')
  expect((await harness.row(eve))?.rights).toEqual(['crm.delegate'])
  expect(harness.policy.principalOf('eve').rights.get('crm.export')?.outcome).toBe('denied')
})
