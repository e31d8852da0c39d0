/** Imports: one batch in order, all or nothing, by the rules of whoever imports. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WritesSubmission } from '../../../sync-server/gate/types.ts'
import { codeOf, creation, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

const account = (id: string, fields = {}): WritesSubmission => ({
  ...creation('account', id, { name: id, aId: `AW-${id}`, 'repCodes/275': true, ...fields }),
  via: 'import',
})
const contact = (id: string, accountId: string): WritesSubmission => ({
  ...creation('contact', id, { accountId, lastName: id, externalId: id }),
  via: 'import',
})

test('an import is one commit: accounts, their House Contacts, and contacts that name accounts of the same file', async () => {
  const progress: number[] = []
  const verdicts = await harness.gate.submitAll(
    [account('a'), account('b', { parentId: 'a' }), contact('c', 'b')],
    { atomic: true, onProgress: (done) => progress.push(done) },
  )
  expect(verdicts.map(codeOf)).toEqual(['merged', 'merged', 'merged'])
  expect(harness.batches).toHaveLength(1)
  expect(harness.batches[0]?.changes.map(({ record }) => record.id)).toEqual([
    'a',
    'house-a',
    'b',
    'house-b',
    'c',
  ])
  expect(await harness.row(ref('account', 'b'))).toMatchObject({
    parentId: 'a',
    active: true,
    accountKind: 'company',
  })
  expect(progress).toEqual([3])
})

test('one refusal and nothing is committed; every line is told', async () => {
  const head = await harness.storage.head()
  const verdicts = await harness.gate.submitAll(
    [account('a'), account('b', { aId: 'aw-A' }), contact('c', 'nowhere'), account('d')],
    { atomic: true },
  )
  expect(verdicts.map(codeOf)).toEqual(['merged', 'not-unique', 'parent-not-found', 'merged'])
  expect(await harness.storage.head()).toEqual(head)
  expect(await harness.stored(ref('account', 'a'))).toBeNull()
  expect(await harness.storage.quarantine({ workerId: null, limit: 9 })).toEqual([])
  expect(harness.batches).toEqual([])
})

test('a dry run decides everything and commits nothing; what it said then happens', async () => {
  const head = await harness.storage.head()
  const submissions = [account('a'), contact('c', 'a')]
  const dry = await harness.gate.submitAll(submissions, { atomic: true, dryRun: true })
  expect(await harness.storage.head()).toEqual(head)
  const real = await harness.gate.submitAll(submissions, { atomic: true })
  expect(real).toEqual(dry)
})

test('what is there already is no change', async () => {
  const verdict = await harness.write(operator, oak, [
    { field: 'phone', value: '100' },
    { field: 'repCodes/275', value: true },
    { field: 'repCodes/999', value: null },
  ])
  expect(verdict).toEqual({ type: 'merged', seq: 0, changes: [] })
})

test('edits that arrive meanwhile wait, and see what the import did', async () => {
  const rhea = await harness.device('rhea')
  await rhea.pull(oak)
  const edit = rhea.submission(oak, rhea.write(oak, [{ field: 'parentId', value: 'a' }]))
  const many = Array.from({ length: 450 }, (_, index) => account(`many-${index}`))
  const [verdicts, verdict] = await Promise.all([
    harness.gate.submitAll([...many, account('a')], { atomic: true }),
    harness.gate.submit(edit),
  ])
  expect(verdicts.every(({ type }) => type === 'merged')).toBe(true)
  expect(codeOf(verdict)).toBe('merged')
  expect(harness.batches).toHaveLength(2)
})

describe('on a worker’s behalf', () => {
  const by = (workerId: string, submission: WritesSubmission): WritesSubmission => ({
    ...submission,
    author: { type: 'worker', workerId },
  })
  const one = (submission: WritesSubmission) => harness.gate.submit(submission).then(codeOf)

  test('[P24] import-owned fields are an import’s to write, and only with the right to import', async () => {
    const codes: WritesSubmission = {
      type: 'writes',
      author: { type: 'worker', workerId: 'max' },
      via: 'import',
      record: oak,
      creates: false,
      writes: [{ field: 'aId', value: 'AW-1' }],
    }
    expect(await one(codes)).toBe('not-held')
    await harness.write(operator, ref('worker', 'max'), [{ field: 'rights/settings.import', value: true }])
    expect(await one({ ...codes, via: 'server' })).toBe('import-owned')
    expect(await one(codes)).toBe('merged')
  })

  test('[S4] an import makes nothing outside of its author’s scope', async () => {
    await harness.write(operator, ref('worker', 'rhea'), [
      { field: 'rights/settings.import', value: true },
      { field: 'groups/sales-manager', value: { from: null, until: null } },
    ])
    expect(await one(by('rhea', account('a', { 'repCodes/275': null, 'repCodes/276': true })))).toBe(
      'moves-out-of-scope',
    )
    expect(await one(by('rhea', account('a')))).toBe('merged')
    expect(await one(by('rhea', contact('c', 'elm')))).toBe('parent-not-found')
    expect(await one(by('rhea', contact('c', 'a')))).toBe('merged')
  })

  test('[S9] a hidden record and a missing one are refused alike', async () => {
    const write = (id: string): WritesSubmission => ({
      type: 'writes',
      author: { type: 'worker', workerId: 'rhea' },
      via: 'server',
      record: ref('account', id),
      creates: false,
      writes: [{ field: 'phone', value: '1' }],
    })
    const [hidden, missing] = [
      await harness.gate.submit(write('elm')),
      await harness.gate.submit(write('no-such')),
    ]
    expect(hidden).toEqual(missing)
    expect(codeOf(hidden)).toBe('not-found-or-out-of-scope')
    expect(await one(write('oak'))).toBe('merged')
  })

  test('[P22] the operator makes no House Contact either', async () => {
    expect(await one(contact('house-oak2', 'oak'))).toBe('house-contact')
  })
})
