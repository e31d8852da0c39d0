import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import { settingsId } from '../../../core/records/settings.ts'
import { TestServer } from '../../support/test-server.ts'

/** A right of the organisation's own, from the settings row to every surface, and out again. */
describe('a custom right', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
  })
  afterAll(() => server.close())

  const ask = async (worker: string, path: string) =>
    server.fetch(`/api/${path}`, await server.signIn(worker))
  const right = async (worker: string, id: string) =>
    ((await (await ask(worker, 'me')).json()) as { rights: Record<string, unknown> }).rights[id]
  const register = (customRights: RowValues[string]) =>
    server.change('settings', settingsId, { customRights })
  const send = async (kind: string, body: string, query = 'mode=apply') =>
    (await (
      await server.fetch(`/api/import/${kind}?${query}`, await server.signIn('ada'), {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body,
      })
    ).json()) as { changed: number; unchanged: number; errors: { column: string; message: string }[] }
  const cellOf = async (kind: string, key: string, column: string) => {
    const [header = '', ...rows] = (await (await ask('ada', `export/${kind}`)).text()).split(/\r?\n/)
    const row = rows.find((line) => line.startsWith(`${key},`))
    return row?.split(',')[header.split(',').indexOf(column)]
  }

  const ours = { 'SU-OURS': { label: 'Approve samples', workspace: 'crm' } }

  it('[R-08] before it is registered nobody holds it, and a file that names it is wrong', async () => {
    expect(await right('ada', 'SU-OURS')).toBeUndefined()
    expect((await send('worker', 'username,user_rights_vir\nrhea,SU-OURS\n')).errors).toMatchObject([
      { column: 'user_rights_vir', message: expect.stringContaining('SU-OURS') },
    ])
  })

  it('[R-08] registered it is one of everybody’s rights at once: administrators hold it, others do not', async () => {
    expect((await register(ours)).type).toBe('merged')
    expect(await right('ada', 'SU-OURS')).toMatchObject({
      outcome: 'allowed',
      reasons: [{ code: 'administrator' }],
    })
    expect(await right('rhea', 'SU-OURS')).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'not-held' }],
    })
  })

  it('[R-08] is given by a file, in the column of the nine, and comes out as it went in', async () => {
    const file = 'username,user_rights_vir\nrhea,SU-ALLOW-ACCOUNT-ADDS;SU-OURS\n'
    expect(await send('worker', file)).toMatchObject({ changed: 1, errors: [] })
    expect(await send('worker', file)).toMatchObject({ changed: 0, unchanged: 1 })
    expect(await right('rhea', 'SU-OURS')).toMatchObject({
      outcome: 'allowed',
      reasons: [{ code: 'direct-right' }],
    })
    expect(await cellOf('worker', 'rhea', 'user_rights_vir')).toBe('SU-ALLOW-ACCOUNT-ADDS;SU-OURS')
    // Not in the other column, not in another spelling.
    expect((await send('worker', 'username,features_ext\nrhea,SU-OURS\n')).errors).toHaveLength(1)
    expect((await send('worker', 'username,user_rights_vir\nrhea,su-ours\n')).errors).toHaveLength(1)
  })

  it('[R-08] [P2] [P8] groups speak of it as of any feature', async () => {
    await server.change('group', 'sales-rep', { features: { 'SU-OURS': 'deny' } })
    expect(await right('rhea', 'SU-OURS')).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'denied-by-group' }],
    })
    await server.change('group', 'sales-rep', { features: { 'SU-OURS': 'allow' } })
    expect(await right('eve', 'SU-OURS')).toMatchObject({
      outcome: 'allowed',
      reasons: [{ code: 'allowed-by-group' }],
    })
  })

  it('[R-08] [P10] [P12] comes with its workspace, and is capped with it', async () => {
    await register({
      ...ours,
      'SU-LABELS': { label: 'Print labels', workspace: 'product' },
      'SU-AUDIT': { label: 'Audit', workspace: 'settings' },
    })
    await server.change('worker', 'eve', { rights: ['SU-ACCESS-PIM-WORKSPACE', 'SU-OURS', 'SU-AUDIT'] })
    expect(await right('eve', 'SU-LABELS')).toMatchObject({
      outcome: 'allowed',
      reasons: [{ code: 'implied-by' }, { code: 'direct-right' }],
    })
    const memberOf = (id: string) => [{ id, from: null, until: null }]
    await server.change('worker', 'eve', { groups: memberOf('affiliates') })
    expect(await right('eve', 'SU-OURS')).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'type-cap' }],
    })
    await server.change('worker', 'eve', { groups: memberOf('clients') })
    expect(await right('eve', 'SU-AUDIT')).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'type-cap' }],
    })
    await server.change('worker', 'eve', { groups: memberOf('sales-rep'), rights: [] })
  })

  it.each([
    ['no workspace', { 'SU-X': { label: 'X' } }],
    ['a workspace that there is not', { 'SU-X': { label: 'X', workspace: 'moon' } }],
    ['no label', { 'SU-X': { workspace: 'crm' } }],
    ['the id of a shipped feature', { 'crm.export': { label: 'X', workspace: 'help' } }],
    ['an id that no file could hold', { 'SU X;Y': { label: 'X', workspace: 'crm' } }],
  ])('[R-08] one with %s is refused', async (_, customRights) => {
    expect(await register(customRights)).toMatchObject({
      type: 'refused',
      reasons: [{ code: 'value-invalid', field: 'customRights' }],
    })
  })

  it('[R-08] [P29] taken out again it does nothing, and stays where it was given without being in the way', async () => {
    await register({ 'SU-LABELS': { label: 'Print labels', workspace: 'product' } })
    expect(await right('rhea', 'SU-OURS')).toBeUndefined()
    expect((await server.row('worker', 'rhea'))?.rights).toContain('SU-OURS')
    // Other rights come and go.
    const more = ['SU-ALLOW-ACCOUNT-ADDS', 'SU-ALLOW-ACCOUNT-EDITS', 'SU-OURS']
    expect((await server.change('worker', 'rhea', { rights: more })).type).toBe('merged')
    const features = (await server.row('group', 'sales-rep'))?.features as Record<string, string>
    expect(features['SU-OURS']).toBe('allow')
    const next = { ...features, 'crm.export': 'allow' }
    expect((await server.change('group', 'sales-rep', { features: next })).type).toBe('merged')
    // Nobody is given it anew, nor is what a group says of it turned round.
    expect((await server.change('worker', 'max', { rights: ['SU-OURS'] })).type).toBe('refused')
    const turned = { ...next, 'SU-OURS': 'deny' }
    expect((await server.change('group', 'sales-rep', { features: turned })).type).toBe('refused')
  })

  it('[R-08] [B10] forgotten, it is in no file; the files come back unchanged, and leave it', async () => {
    expect(await cellOf('worker', 'rhea', 'user_rights_vir')).not.toContain('SU-OURS')
    for (const kind of ['worker', 'group']) {
      const file = await (await ask('ada', `export/${kind}`)).text()
      expect(file).not.toContain('SU-OURS')
      expect(await send(kind, file)).toMatchObject({ changed: 0, errors: [] })
    }
    expect((await send('group', 'code,features\nsales-rep,crm.match=allow\n')).errors).toEqual([])
    expect((await server.row('group', 'sales-rep'))?.features).toEqual({
      'crm.match': 'allow',
      'SU-OURS': 'allow',
    })
  })

  it('[R-08] [P29] registered again it is held where it is still named; taken away there, it is gone', async () => {
    await register(ours)
    expect(await right('rhea', 'SU-OURS')).toMatchObject({ outcome: 'allowed' })
    await register({})
    expect((await server.change('worker', 'rhea', { rights: [] })).type).toBe('merged')
    expect((await server.row('worker', 'rhea'))?.rights).toEqual([])
  })
})
