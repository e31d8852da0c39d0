/** POST /api/audit/:changeSet/undo: a change set is taken back as one edit of whoever asks, or not at all (D27). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { type RowValues, writesFor } from '../../../core/documents/writes-for.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { TestServer } from '../../support/test-server.ts'

interface Report {
  readonly changes: number
  readonly undone: number
  readonly disabled: number
  readonly kept: readonly {
    readonly record: { readonly id: string }
    readonly label: string
    readonly message: string
  }[]
  readonly keptCount: number
  readonly errors: readonly {
    readonly record: { readonly id: string }
    readonly message: string
    readonly reasons: readonly { code: string }[]
  }[]
  readonly changeSet?: string
  readonly consequences?: {
    readonly workers: readonly { readonly workerId: string; readonly loses: readonly string[] }[]
  }
}

const edits = 'SU-ALLOW-ACCOUNT-EDITS'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({
    records: [
      {
        kind: 'worker',
        id: 'olga',
        fields: {
          username: 'olga',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          rights: ['settings.audit.view'],
        },
      },
      {
        kind: 'worker',
        id: 'ivy',
        fields: {
          username: 'ivy',
          accountsQueryType: 'all',
          rights: ['settings.audit.view', 'settings.import', edits, 'SU-ALLOW-ACCOUNT-ADDS'],
        },
      },
    ],
  })
})
afterEach(() => server.close())

/** Several records saved as one by a worker; answers with the change set. */
async function save(
  author: string,
  ...changed: readonly (readonly [Kind, string, RowValues])[]
): Promise<string> {
  const changeSet = randomUUID()
  for (const [kind, id, fields] of changed) {
    const row = await server.row(kind, id)
    const verdict = await server.organisation.gate.submit({
      type: 'writes',
      author: { type: 'worker', workerId: author },
      via: 'link',
      record: { kind, id },
      creates: row === null,
      writes: writesFor(kindSpecs[kind], row, fields),
      changeSet,
    })
    expect(verdict.type).toBe('merged')
  }
  return changeSet
}

const ask = async (worker: string, changeSet: string, query: string) =>
  server.fetch(`/api/audit/${changeSet}/undo?${query}`, await server.signIn(worker), { method: 'POST' })
const undo = async (worker: string, changeSet: string, query = 'mode=apply'): Promise<Report> => {
  const answer = await ask(worker, changeSet, query)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Report
}
const importCsv = async (worker: string, csv: string) => {
  const answer = await server.fetch(
    '/api/import/account?mode=apply&changeSet=tell',
    await server.signIn(worker),
    {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    },
  )
  return (await answer.json()) as { changeSet: string; errors: unknown[] }
}
const item = async (changeSet: string) =>
  (await (await server.fetch(`/api/audit/${changeSet}`, await server.signIn('ada'))).json()) as {
    surface: string
    undoes: { id: string } | null
    undoneBy: { id: string; actor: { id: string } } | null
  }

describe('taking a change set back', () => {
  it('[D27] [P28] a dry run says what it would do, and to whom, and does nothing; applying does it', async () => {
    const features = { [edits]: 'deny' }
    const before = await server.row('group', 'sales-rep')
    const changeSet = await save(
      'ada',
      ['group', 'sales-rep', { features }],
      ['worker', 'rhea', { phone: '1' }],
    )
    const { number } = await server.organisation.storage.head()
    const dry = await undo('ada', changeSet, 'mode=dry-run')
    expect(dry).toMatchObject({ undone: dry.changes, kept: [], errors: [], disabled: 0 })
    expect(dry.consequences?.workers.map(({ workerId }) => workerId).sort()).toEqual(['eve', 'rhea'])
    expect((await server.organisation.storage.head()).number).toBe(number)

    const done = await undo('ada', changeSet)
    expect(done).toMatchObject({ undone: dry.changes, kept: [], errors: [] })
    expect(await server.row('group', 'sales-rep')).toEqual({ ...before, seq: expect.any(Number) })
    expect((await server.row('worker', 'rhea'))?.phone).toBeNull()
    expect(await item(changeSet)).toMatchObject({ undoneBy: { id: done.changeSet, actor: { id: 'ada' } } })
    expect(await item(done.changeSet ?? '')).toMatchObject({ surface: 'undo', undoes: { id: changeSet } })
  })

  it('[D27] once; taking the undo back is a change of its own, and then the first stands again', async () => {
    const changeSet = await save('ada', ['account', 'oak', { phone: '1' }])
    const { changeSet: first = '' } = await undo('ada', changeSet)
    const again = await ask('ivy', changeSet, 'mode=apply')
    expect([again.status, await again.json()]).toMatchObject([
      409,
      { detail: 'Ada Adams has undone this already.' },
    ])
    await undo('ivy', first)
    expect((await server.row('account', 'oak'))?.phone).toBe('1')
    await undo('ada', changeSet)
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
  })

  it('[D27] a field that says something else since is kept and named with who changed it, and nothing else is undone', async () => {
    const changeSet = await save(
      'ada',
      ['account', 'oak', { phone: '1', name: 'Oak 2' }],
      ['account', 'elm', { name: 'Elm 2' }],
    )
    await save('max', ['account', 'oak', { phone: '2' }])
    const report = await undo('ada', changeSet)
    expect(report).toMatchObject({ changes: 3, undone: 0, keptCount: 1 })
    expect(report.kept).toMatchObject([
      { record: { id: 'oak' }, label: 'Phone', message: 'Max Meyer has changed it since.' },
    ])
    expect((await server.row('account', 'elm'))?.name).toBe('Elm 2')

    const partly = await undo('ada', changeSet, 'mode=apply&partly=1')
    expect(partly).toMatchObject({ changes: 3, undone: 2, keptCount: 1 })
    expect(await server.row('account', 'oak')).toMatchObject({ name: 'Oak Ltd', phone: '2' })
    expect((await server.row('account', 'elm'))?.name).toBe('Elm Inc')
  })

  it('[D27] [W-05] a record that it made is disabled, nothing is deleted, and the House Contact stays', async () => {
    const { changeSet } = await importCsv(
      'ada',
      'a_id,name,rep_codes\nA-1,Oak Limited,275\nA-9,Yew GmbH,276\n',
    )
    const report = await undo('ada', changeSet)
    expect(report).toMatchObject({ changes: 2, undone: 2, disabled: 1, errors: [] })
    expect((await server.row('account', 'oak'))?.name).toBe('Oak Ltd')
    const [yew] = (await server.organisation.storage.idsByValue('account', 'aId', ['A-9'])).get('a-9') ?? []
    expect(await server.row('account', yew ?? '')).toMatchObject({ name: 'Yew GmbH', active: false })
    expect(await server.row('contact', `house-${yew}`)).toMatchObject({ active: true })
    await undo('ada', report.changeSet ?? '')
    expect(await server.row('account', yew ?? '')).toMatchObject({ active: true })
  })

  it.each([
    ['label-set', { name: 'Shop words', active: true }],
    ['board', { name: 'Yard', active: true }],
    ['campaign', { name: 'Spring fair', code: 'FAIR', active: true }],
    // As one was made before it could be switched off.
    ['label-set', { name: 'Old words', active: null }],
  ] as const)('[D27] [W-05] undoing the creation of a %s switches it off', async (kind, fields) => {
    const set = await save('ada', [kind, 'made', fields])
    expect(await undo('ada', set)).toMatchObject({ undone: 1, disabled: 1, kept: [], errors: [] })
    expect((await server.row(kind, 'made'))?.active).toBe(false)
  })

  it('[D27] rights decide as for any edit: one refusal, with its reasons, and nothing is undone', async () => {
    const changeSet = await save(
      'ada',
      ['account', 'oak', { name: 'Oak 2' }],
      ['group', 'sales-rep', { description: 'x' }],
    )
    for (const mode of ['dry-run', 'apply']) {
      const report = await undo('olga', changeSet, `mode=${mode}`)
      expect(report).toMatchObject({
        undone: 0,
        errors: [{ record: { id: 'oak' }, reasons: [{ code: 'not-held' }] }],
      })
      expect(report.errors[0]?.message).toContain('may not change')
    }
    expect((await server.row('account', 'oak'))?.name).toBe('Oak 2')
    expect(await item(changeSet)).toMatchObject({ undoneBy: null })
  })

  it('[D27] tells its progress as lines, for who asks for it, and who comes second that it was done', async () => {
    const set = await save('ada', ['account', 'oak', { phone: '1' }], ['account', 'elm', { phone: '2' }])
    const lines = async () => {
      const answer = await server.fetch(`/api/audit/${set}/undo?mode=apply`, await server.signIn('ada'), {
        method: 'POST',
        headers: { accept: 'application/x-ndjson' },
      })
      return (await answer.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    }
    const both = (await Promise.all([lines(), lines()])).sort((a, b) => b.length - a.length)
    expect(both[0]).toEqual([
      { done: 2, total: 2 },
      { report: expect.objectContaining({ undone: 2, errors: [] }) },
    ])
    expect(both[1]).toEqual([{ failed: 'Ada Adams has undone this already.' }])
  })

  it('[D27] [GATE 34] what its asker may not see is neither undone nor counted', async () => {
    const changeSet = await save(
      'ada',
      ['account', 'oak', { name: 'Oak 2' }],
      ['group', 'sales-rep', { description: 'x' }],
    )
    expect(await undo('ivy', changeSet)).toMatchObject({ changes: 1, undone: 1 })
    expect((await server.row('group', 'sales-rep'))?.description).toBe('x')
  })

  it('[P14] [P15] nobody takes back what took their own rights, nor gives what they lack', async () => {
    const changeSet = await save('ada', ['worker', 'max', { accountsQueryType: 'rep' }])
    await server.change('worker', 'max', { rights: ['settings.audit.view', 'settings.workers'] })
    const own = await undo('max', changeSet)
    expect(own.errors[0]?.reasons[0]?.code).toBe('own-access')
    await server.change('worker', 'olga', { rights: ['settings.audit.view', 'settings.workers'] })
    const lacking = await undo('olga', changeSet)
    expect(lacking.errors[0]?.reasons[0]?.code).toBe('grants-what-author-lacks')
    expect(await undo('ada', changeSet)).toMatchObject({ undone: 1, errors: [] })
  })

  it('[P24] what an import owns is taken back by who may import, after an import only', async () => {
    const { changeSet } = await importCsv('ivy', 'a_id,name,rep_codes\nA-1,Oak Ltd,275;276\n')
    expect(await undo('ivy', changeSet)).toMatchObject({ undone: 1, errors: [] })
    expect((await server.row('account', 'oak'))?.repCodes).toEqual(['275'])
    const edited = await save('ada', ['account', 'oak', { repCodes: ['275', '276'] }])
    expect((await undo('ivy', edited)).errors[0]?.reasons[0]?.code).toBe('import-owned')
  })

  it('[D27] [D10] the gate looks again: an undo that was planned on what is no longer there is not merged', async () => {
    const changeSet = await save('ada', ['account', 'oak', { phone: '1' }])
    await save('max', ['account', 'oak', { phone: '2' }])
    const verdict = await server.organisation.gate.submit({
      type: 'writes',
      author: { type: 'worker', workerId: 'ada' },
      via: 'undo',
      record: { kind: 'account', id: 'oak' },
      creates: false,
      writes: [{ field: 'phone', value: '0' }],
      changeSet: randomUUID(),
      undo: { changeSet, ofImport: false, expects: [{ field: 'phone', value: '1' }] },
    })
    expect(verdict.type).toBe('later')
    expect((await server.row('account', 'oak'))?.phone).toBe('2')
  })

  it('[D10] what changes while it is being decided is not written over', async () => {
    const changeSet = await save('ada', ['account', 'oak', { phone: '1' }])
    const [report] = await Promise.all([
      undo('ada', changeSet),
      save('max', ['account', 'oak', { phone: '2' }]),
    ])
    // Whichever came first: either the undo stood and was overwritten, or it kept what Max wrote.
    expect((await server.row('account', 'oak'))?.phone).toBe('2')
    expect(report.undone + report.keptCount).toBe(1)
  })
})
