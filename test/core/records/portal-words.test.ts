/** Which label set and which board a worker's portal shows (U-08, U-09, U-26). */
import { describe, expect, it } from 'vitest'
import { emptyRow } from '../../../core/documents/row-after-writes.ts'
import { noticesOf } from '../../../core/records/board.ts'
import type { Kind, Row } from '../../../core/records/kind-spec.ts'
import { boardFor, labelIn, labelSetFor, labelsOf } from '../../../core/records/portal-words.ts'
import { kindSpecs } from '../../../core/records/registry.ts'

const row = (kind: Kind, id: string, fields: object = {}): Row => ({
  ...emptyRow(kindSpecs[kind], id),
  ...fields,
})
const own = row('label-set', 'own', { labels: { 'account.phone': 'Shop phone' } })
const common = row('label-set', 'common', { labels: { 'account.phone': 'Ring', 'account.zip': 'Postcode' } })
const hall = row('board', 'hall', { active: true })
const yard = row('board', 'yard', { active: true })
const held = [own, common, hall, yard]
const find = (kind: Kind, id: string) => held.find((one) => one.kind === kind && one.id === id) ?? null
const settings = row('settings', 'organization', { defaultLabelSet: 'common', defaultBoard: 'hall' })
const of = (worker: object, organisation: Row | null = settings) => ({
  worker: row('worker', 'rhea', worker),
  settings: organisation,
  find,
})
const phone = (worker: object, organisation?: Row | null) =>
  labelIn(labelsOf(labelSetFor(of(worker, organisation))), 'account', 'phone')

describe('[S15] [U-26] the label set of a worker', () => {
  it('[U-26] [U-09] is their own before the organisation’s', () => {
    expect(phone({ labelSet: 'own' })).toBe('Shop phone')
  })

  it('[U-26] is the organisation’s where they have none of their own', () => {
    expect(phone({})).toBe('Ring')
  })

  it('[U-26] is the shipped labels where neither has one', () => {
    expect(phone({}, row('settings', 'organization'))).toBe('Phone')
    expect(phone({}, null)).toBe('Phone')
  })

  it('[U-26] is the next in order where the record is not there', () => {
    expect(phone({ labelSet: 'gone' })).toBe('Ring')
  })

  it('[U-26] is one set, whole: what it does not name keeps the label that ships', () => {
    const labels = labelsOf(labelSetFor(of({ labelSet: 'own' })))
    expect(labelIn(labels, 'account', 'zip')).toBe('Zip')
    expect(labelIn(labelsOf(labelSetFor(of({}))), 'account', 'zip')).toBe('Postcode')
  })

  it('[U-26] that is switched off leaves the place to the next', () => {
    const off = (kind: Kind, id: string) => (id === 'own' ? { ...own, active: false } : find(kind, id))
    expect(labelSetFor({ ...of({ labelSet: 'own' }), find: off })?.id).toBe('common')
  })

  it('says nothing by what is blank, too long or no text, and invents no field', () => {
    const labels = labelsOf(row('label-set', 'x', { labels: { 'account.phone': ' ', 'account.zip': 7 } }))
    expect([labelIn(labels, 'account', 'phone'), labelIn(labels, 'account', 'zip')]).toEqual(['Phone', 'Zip'])
    expect(labelIn({}, 'account', 'toString')).toBe('toString')
  })
})

describe('[S15] [U-26] the bulletin board of a worker', () => {
  it('[U-08] is their own, else the organisation’s, else none', () => {
    expect(boardFor(of({ board: 'yard' }))?.id).toBe('yard')
    expect(boardFor(of({}))?.id).toBe('hall')
    expect(boardFor(of({}, null))).toBeNull()
  })

  it('[U-08] that is switched off leaves the place to the next', () => {
    const off = (id: string) => (id === 'yard' ? { ...yard, active: false } : find('board', id))
    const found = boardFor({ ...of({ board: 'yard' }), find: (_, id) => off(id) })
    expect(found?.id).toBe('hall')
  })

  it('[U-08] shows the latest notice first, and leaves out what cannot be read', () => {
    const notices = {
      a: { title: 'Old', body: '', at: '2026-01-01T00:00:00.000Z' },
      b: { title: 'New', body: '', at: '2026-02-01T00:00:00.000Z' },
      c: { title: 7 },
      d: null,
    }
    expect(noticesOf({ ...hall, notices }).map(({ title }) => title)).toEqual(['New', 'Old'])
    expect(noticesOf({ ...hall, notices: null })).toEqual([])
  })
})
