/** Passwords in a file of workers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyPassword } from '../../../sync-server/http/passwords.ts'
import { type ExchangeHarness, openExchange } from './organisation.ts'

const long = 'correct horse battery'

describe('passwords by import', () => {
  let harness: ExchangeHarness
  beforeAll(async () => {
    harness = await openExchange()
    await harness.import(
      'worker',
      'username,c_f_nm,user_type,accounts_query_type,user_rights_vir,features_ext,groups\n' +
        'ada,Ada,administrator,all,,,administrators\n' +
        'gwen,Gwen,global_user,all,SU-ACCESS-SETTINGS-WORKSPACE,,\n' +
        'omar,Omar,account_manager,rep,,,\n' +
        'kim,Kim,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS,,\n',
    )
  })
  afterAll(() => harness.close())

  const opens = async (username: string, password: string) => {
    const credential = await harness.storage.credential(await harness.workerId(username))
    return verifyPassword(password, credential?.passwordHash ?? null)
  }
  const as = async (username: string) => ({
    author: { type: 'worker', workerId: await harness.workerId(username) } as const,
  })

  test('[R-h] one is set with the rest of its row, hashed, and no export has it', async () => {
    const file = `username,c_f_nm,pw,change_pw\nomar,Omar B,${long},True\nnew,New,${long}!,true\n`
    const dry = await harness.import('worker', file, { mode: 'dry-run', tellChanges: true })
    expect(dry).toMatchObject({ added: 1, changed: 1, errors: [] })
    expect(JSON.stringify(dry)).not.toContain(long)
    expect(dry.changes?.[0]?.cells.map(({ column }) => column)).toEqual(['c_f_nm', 'pw'])
    expect(await opens('omar', long)).toBe(false)

    const done: number[] = []
    await harness.import('worker', file, { onProgress: (count) => void done.push(count) })
    expect(done.at(-1)).toBe(4)
    expect([await opens('omar', long), await opens('new', `${long}!`)]).toEqual([true, true])
    const exported = await harness.export('worker')
    expect(exported).not.toMatch(/argon2|horse|(^|,)pw(,|$)/m)
  })

  test('[R-h] a row that sets nothing but a password is a change, and needs no other', async () => {
    const report = await harness.import('worker', 'username,pw,change_pw\nomar,another long one,True\n')
    expect(report).toEqual({ rows: 1, added: 0, changed: 1, unchanged: 0, errors: [] })
    expect(await opens('omar', 'another long one')).toBe(true)
  })

  test('one that is too short is an error at its row, and no other is set', async () => {
    const file = `username,pw,change_pw\nomar,${long},True\nkim,short,True\n`
    const { errors } = await harness.import('worker', file)
    expect(errors).toEqual([{ row: 3, column: 'pw', message: expect.stringContaining('12') as string }])
    expect(await opens('omar', long)).toBe(false)
  })

  test('[P26] nobody sets it for who holds more than they do; for the others they may', async () => {
    for (const username of ['ada', 'kim']) {
      const file = `username,pw,change_pw\n${username},${long},True\n`
      const { errors } = await harness.import('worker', file, await as('gwen'))
      expect(errors).toMatchObject([{ row: 2, column: 'pw' }])
      expect(await opens(username, long)).toBe(false)
    }
    const file = `username,pw,change_pw\nomar,${long},True\n`
    expect((await harness.import('worker', file, await as('gwen'))).errors).toEqual([])
    expect(await opens('omar', long)).toBe(true)
  })

  test('nobody sets their own in a file: that is done with the one they have', async () => {
    const file = `username,pw,change_pw\ngwen,${long},True\n`
    const { errors } = await harness.import('worker', file, await as('gwen'))
    expect(errors).toMatchObject([
      { row: 2, column: 'pw', message: expect.stringMatching(/your own login/) as string },
    ])
    expect(await opens('gwen', long)).toBe(false)
  })

  test('one that is refused for anything else sets no password', async () => {
    const file = `username,pw,change_pw,user_rights_vir\nomar,a third long one,True,SU-ALLOW-ACCOUNT-EDITS\n`
    const { errors } = await harness.import('worker', file, await as('gwen'))
    expect(errors).toMatchObject([{ row: 2, column: 'user_rights_vir' }])
    expect(await opens('omar', 'a third long one')).toBe(false)
  })
})
