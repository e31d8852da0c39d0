import { beforeEach, describe, expect, test } from 'vitest'
import { countRecords, facetValues, listKeys, recordsOfTerm } from '../../../client/reactive/list-keys.ts'
import { readView } from '../../../client/reactive/create-record-view.ts'
import { term, valueTerm } from '../../../client/replica/terms.ts'
import { findByTitle } from '../../../client/search/search.ts'
import { sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { ada } from '../support/people.ts'

let device: TestDevice
beforeEach(async () => {
  const server = new FakeServer(ada)
  server.write('account', 'a1', { name: 'zebra', repCodes: ['275', '276'], territory: 'North' })
  server.write('account', 'a2', { name: 'Äpfel', repCodes: ['275'], territory: 'South' })
  server.write('account', 'a3', { name: 'Bikes', repCodes: ['277'], territory: 'North' })
  server.write('contact', 'c1', { accountId: 'a1', firstName: 'Cora' })
  device = new TestDevice()
  await sync(device, server)
})

describe('lists on the device', () => {
  test('come by title, case and accents folded, one kind at a time', async () => {
    expect(await listKeys(device.db, { kind: 'account' })).toEqual(['account/a2', 'account/a3', 'account/a1'])
    expect(await countRecords(device.db, 'contact')).toBe(1)
  })

  test('are filtered by alternatives within a group, and by all groups', async () => {
    const reps = [term('account', 'rep:276'), term('account', 'rep:277')]
    expect(await listKeys(device.db, { kind: 'account', terms: [reps] })).toEqual([
      'account/a3',
      'account/a1',
    ])
    const north = [valueTerm('account', 'territory', 'North')]
    const terms = [[term('account', 'rep:275')], north]
    expect(await listKeys(device.db, { kind: 'account', terms })).toEqual(['account/a1'])
  })

  test('know their facets and how many each has', async () => {
    expect(await facetValues(device.db, 'account|rep:')).toEqual([
      { value: '275', term: 'account|rep:275', count: 2 },
      { value: '276', term: 'account|rep:276', count: 1 },
      { value: '277', term: 'account|rep:277', count: 1 },
    ])
    expect((await facetValues(device.db, 'account|territory=')).map(({ value }) => value)).toEqual([
      'North',
      'South',
    ])
  })

  test('[L9] follow what is typed here', async () => {
    await device.edit('account', 'a3', { name: 'Aardvark', territory: 'South' })
    expect(await listKeys(device.db, { kind: 'account' })).toEqual(['account/a3', 'account/a2', 'account/a1'])
    const south = [[valueTerm('account', 'territory', 'South')]]
    expect(await listKeys(device.db, { kind: 'account', terms: south })).toEqual(['account/a3', 'account/a2'])
    expect(await findByTitle(device.db, 'account', 'aard')).toEqual(['account/a3'])
  })

  test('bring what hangs on a record, and a record with its account', async () => {
    const contacts = await recordsOfTerm(device.db, term('contact', 'account:a1'))
    expect(contacts.map(({ id }) => id)).toEqual(['c1'])
    await device.edit('contact', 'c1', { phone: '5' })
    const view = await readView(device.db, 'contact', 'c1')
    expect(view).toMatchObject({ account: { name: 'zebra' }, pending: 1, isNew: false })
    expect([...(view?.pendingFields ?? [])]).toEqual(['phone'])
    expect(await readView(device.db, 'contact', 'none')).toBeNull()
  })
})
