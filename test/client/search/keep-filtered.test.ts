import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepFiltered } from '../../../client/search/keep-filtered.ts'
import { findByTitle } from '../../../client/search/search.ts'
import { emptyRow } from '../../../client/replica/shown-row.ts'
import { type Kind, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { sortTitle } from '../../../core/records/search-words.ts'
import { TestDevice } from '../support/device.ts'

const keysOf = (kind: Kind, ...ids: string[]) => ids.map((id) => recordKey(kind, id))

describe('the search filter on the device', () => {
  let device: TestDevice
  beforeEach(async () => {
    device = new TestDevice()
    await put('account', 'a1', { name: 'Bike World', state: 'WA' })
    await put('account', 'a2', { name: 'Bike Barn', state: 'LA' })
    await put('contact', 'c1', { accountId: 'a1', lastName: 'Cole' })
    await put('contact', 'c2', { accountId: 'a2', lastName: 'Dunn' })
    await put('contact', 'c3', { accountId: 'not-here', lastName: 'Eck' })
    await put('colleague', 'w1', { name: 'Rhea' })
  })
  afterEach(() => device.db.close())

  async function put(kind: Kind, id: string, fields: object): Promise<void> {
    const row = { ...emptyRow(kindSpecs[kind], id), ...fields } as Row
    await device.db.records.put({
      key: recordKey(kind, id),
      kind,
      id,
      row,
      sort: sortTitle(kindSpecs[kind], row),
      terms: [],
    } as never)
  }

  test('[S11] leaves out accounts that do not pass, in the order in which they were found', async () => {
    const found = keysOf('account', 'a2', 'a1')
    expect(await keepFiltered(device.db, 'account', found, ['state=WA'], 10)).toEqual(['account/a1'])
    expect(await keepFiltered(device.db, 'account', found, [], 10)).toEqual(found)
    expect(await keepFiltered(device.db, 'account', found, ['state=WA', 'state=LA'], 1)).toEqual([
      'account/a2',
    ])
    expect(await keepFiltered(device.db, 'account', found, ['odd'], 10)).toEqual([])
  })

  test('[S5] [S11] what hangs on an account passes with it; other kinds pass always', async () => {
    const found = keysOf('contact', 'c1', 'c2', 'c3')
    expect(await keepFiltered(device.db, 'contact', found, ['state=WA'], 10)).toEqual(['contact/c1'])
    const others = keysOf('colleague', 'w1')
    expect(await keepFiltered(device.db, 'colleague', others, ['state=WA'], 10)).toEqual(others)
  })

  test('[S11] the titles that are found before the index is there are filtered too', async () => {
    expect(await findByTitle(device.db, 'account', 'bike')).toHaveLength(2)
    expect(await findByTitle(device.db, 'account', 'bike', ['state=LA'])).toEqual(['account/a2'])
  })
})
