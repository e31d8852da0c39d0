import { describe, expect, test } from 'vitest'
import { createSearchIndex } from '../../../client/search/search-index.ts'
import { emptyRow } from '../../../client/replica/shown-row.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'

const account = (id: string, fields: object): Row =>
  ({ ...emptyRow(kindSpecs.account, id), ...fields }) as Row

function filled() {
  const index = createSearchIndex()
  index.put([
    account('a1', { name: 'Zürich Räder AG', repCodes: ['275'], territory: 'North' }),
    account('a2', { name: 'Bike World', zip: '98011' }),
    account('a3', { name: 'World of Bikes', state: 'WA' }),
  ])
  return index
}

describe('search on the device', () => {
  test('finds by the beginning of every word, case and accents folded', () => {
    expect(filled().find('account', 'ZUR rad')).toEqual(['account/a1'])
    expect(filled().find('account', 'bik wor').toSorted()).toEqual(['account/a2', 'account/a3'])
    expect(filled().find('account', 'bik zur')).toEqual([])
    expect(filled().find('account', 'ike')).toEqual([])
  })

  test('finds by searched fields, and by nothing else', () => {
    expect(filled().find('account', '98011')).toEqual(['account/a2'])
    expect(filled().find('account', '275')).toEqual(['account/a1'])
    expect(filled().find('account', 'company')).toEqual([])
    expect(filled().find('contact', 'bike')).toEqual([])
  })

  test('one letter is looked for in titles', () => {
    expect(filled().find('account', 'w').toSorted()).toEqual(['account/a2', 'account/a3'])
  })

  test('[L4] words of a record that left or changed find nothing', () => {
    const index = filled()
    index.remove(['account/a2', 'account/none'])
    index.put([account('a3', { name: 'Cycles' })])
    expect(index.find('account', 'bike')).toEqual([])
    expect(index.find('account', 'cyc')).toEqual(['account/a3'])
  })
})
