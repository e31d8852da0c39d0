/** Imports through the real gate: what they match, what they refuse, what they leave. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCsv } from '../../../core/exchange/csv.ts'
import { createAll } from '../../../sync-server/seed/create-all.ts'
import { type ExchangeHarness, openExchange } from './organisation.ts'

let harness: ExchangeHarness
beforeEach(async () => {
  harness = await openExchange()
})
afterEach(() => harness.close())

const worker = (username: string) => harness.row('worker', 'username', username)
const account = (aId: string) => harness.row('account', 'aId', aId)
const counts = { added: 0, changed: 0, unchanged: 0, errors: [] }
/** What changed something is in the log under a name (D26). */
const applied = { ...counts, changeSet: expect.any(String) }

describe('workers', () => {
  test('a manager may stand below who reports to them, and be made or changed by the same file', async () => {
    await harness.import('worker', 'username\nmax\n')
    const report = await harness.import(
      'worker',
      'username,c_f_nm,manager_username\nrhea,Rhea,Max\nmax,Max,ada\nada,Ada,\n',
    )
    expect(report).toEqual({ ...applied, rows: 3, added: 2, changed: 1 })
    expect((await worker('rhea'))?.managerId).toBe((await worker('max'))?.id)
    expect((await worker('max'))?.managerId).toBe((await worker('ada'))?.id)
  })

  test('[P19] managers in a circle are an error at the row, in the file and with those who are there', async () => {
    const circle = await harness.import('worker', 'username,manager_username\nx,y\na,b\nb,c\nc,a\ny,\n')
    expect(circle.errors).toEqual([
      { row: 3, column: 'manager_username', message: expect.stringContaining('a > b > c > a') },
    ])
    await harness.import('worker', 'username,manager_username\nmax,\nrhea,max\n')
    const closed = await harness.import('worker', 'username,manager_username\nmax,rhea\n')
    expect(closed).toMatchObject({ changed: 0, errors: [{ row: 2, column: 'manager_username' }] })
    // Turned round in one file it is no circle.
    expect(await harness.import('worker', 'username,manager_username\nmax,rhea\nrhea,\n')).toMatchObject({
      changed: 2,
      errors: [],
    })
  })

  test('[P21] a manager, a group or an account that is not there is an error at row and column', async () => {
    const { errors } = await harness.import(
      'worker',
      'username,manager_username,groups,accounts_vir\nrhea,nobody,,\nmax,,no-such-group,\nada,,,AW1\n',
    )
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [2, 'manager_username'],
      [3, 'groups'],
      [4, 'accounts_vir'],
    ])
    expect(errors[1]?.message).toContain('no-such-group')
  })

  test('[R-g] an absent column leaves, an empty one clears, and rights go only when that is allowed', async () => {
    await harness.import(
      'worker',
      'username,c_phone,job_title,user_rights_vir,features_ext\nrhea,1,Rep,QUOTES-WITH-CONV-LOGS;SU-ALLOW-ACCOUNT-EDITS,crm.impersonate\n',
    )
    await harness.import('worker', 'username,c_phone\nrhea,\n')
    expect(await worker('rhea')).toMatchObject({
      phone: null,
      jobTitle: 'Rep',
      rights: ['QUOTES-WITH-CONV-LOGS', 'SU-ALLOW-ACCOUNT-EDITS', 'crm.impersonate'],
    })

    for (const cell of ['', 'SU-ALLOW-ACCOUNT-EDITS']) {
      const refused = await harness.import('worker', `username,user_rights_vir\nrhea,${cell}\n`)
      expect(refused.errors).toEqual([
        { row: 2, column: 'user_rights_vir', message: expect.stringContaining('QUOTES-WITH-CONV-LOGS') },
      ])
    }
    expect((await worker('rhea'))?.rights).toHaveLength(3)

    const allowed = await harness.import('worker', 'username,user_rights_vir\nrhea,\n', {
      allowRemovals: true,
    })
    expect(allowed).toEqual({ ...applied, rows: 1, changed: 1 })
    // The other column was not there: what belongs to it stays (R-a).
    expect((await worker('rhea'))?.rights).toEqual(['crm.impersonate'])
  })

  test('[R-23] order and duplicates of rights are no change; more rights need no leave', async () => {
    await harness.import(
      'worker',
      'username,user_rights_vir\nrhea,QUOTES-WITH-CONV-LOGS;SU-ALLOW-ACCOUNT-EDITS\n',
    )
    const same = await harness.import(
      'worker',
      'username,user_rights_vir\nRHEA,SU-ALLOW-ACCOUNT-EDITS ;QUOTES-WITH-CONV-LOGS;SU-ALLOW-ACCOUNT-EDITS\n',
    )
    expect(same).toEqual({ ...counts, rows: 1, unchanged: 1 })
    const more = await harness.import(
      'worker',
      'username,user_rights_vir\nrhea,SU-ALLOW-ACCOUNT-ADDS;SU-ALLOW-ACCOUNT-EDITS;QUOTES-WITH-CONV-LOGS\n',
    )
    expect(more).toEqual({ ...applied, rows: 1, changed: 1 })
  })

  test('[R-24] rights go out in their order, features in another column, passwords nowhere', async () => {
    await harness.import(
      'worker',
      'username,user_rights_vir,features_ext\nrhea,QUOTES-WITH-CONV-LOGS;SU-ALLOW-ACCOUNT-ADDS;SU-ACCESS-CMS-WORKSPACE,crm.impersonate\n',
    )
    const [header, row] = readCsv(await harness.export('worker')).map(({ cells }) => cells)
    const cell = (name: string) => row?.[header?.indexOf(name) ?? -1]
    expect(cell('user_rights_vir')).toBe(
      'SU-ACCESS-CMS-WORKSPACE;SU-ALLOW-ACCOUNT-ADDS;QUOTES-WITH-CONV-LOGS',
    )
    expect(cell('features_ext')).toBe('crm.impersonate')
    expect(header?.some((name) => /pw|password/.test(name))).toBe(false)
  })

  test('[B10] validity, restrictions and reductions make the round trip, into another organisation too', async () => {
    const file =
      'username,groups,campaigns,reductions,valid_until,accounts_query_type,authorized_rep_codes\n' +
      'rhea,sales-rep;auditor@2026-01-01..2026-02-01,"Google Ads, Search;none",crm.match,2027-01-01,rep,"A,B;"\n'
    expect((await harness.import('worker', file)).errors).toEqual([])
    const rhea = await worker('rhea')
    expect(rhea).toMatchObject({
      groups: [
        { id: 'auditor', from: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' },
        { id: 'sales-rep', from: null, until: null },
      ],
      campaigns: ['Google Ads, Search', 'none'],
      repCodes: ['A,B'],
    })
    const text = await harness.export('worker')
    expect(await harness.import('worker', text)).toEqual({ ...counts, rows: 1, unchanged: 1 })
    const other = await openExchange()
    try {
      expect(await other.import('worker', text)).toEqual({ ...applied, rows: 1, added: 1 })
      const copy = await other.row('worker', 'username', 'rhea')
      expect({ ...copy, id: '', seq: 0 }).toEqual({ ...rhea, id: '', seq: 0 })
    } finally {
      await other.close()
    }
  })
})

describe('groups', () => {
  test('[B10] groups make the round trip with their parents and states', async () => {
    const file =
      'code,name,parent_code,features\nnorth-deep,Deep North,north,\nnorth,North,sales-rep,crm.match=deny;workspace.help=allow\n'
    expect(await harness.import('group', file)).toEqual({ ...applied, rows: 2, added: 2 })
    expect(await harness.row('group', 'code', 'north')).toMatchObject({
      id: 'north',
      parentId: 'sales-rep',
      type: 'user',
      features: { 'crm.match': 'deny', 'workspace.help': 'allow' },
    })
    const text = await harness.export('group')
    expect(await harness.import('group', text)).toMatchObject({ added: 0, changed: 0, errors: [] })
    expect((await harness.import('group', 'code,features\nnorth,crm.mach=allow\n')).errors).toMatchObject([
      { row: 2, column: 'features' },
    ])
  })
})

describe('accounts and what hangs on them', () => {
  test('parents in any order, owners by username, notes, and the second time nothing', async () => {
    await harness.import('worker', 'username\nrhea\n')
    const file =
      'a_id,name,parent_a_id,owner_username,rep_codes,notes\nA2,Branch,A1,rhea,"275, 276","two\nlines"\nA1,Head,,,,\n'
    expect(await harness.import('account', file)).toEqual({ ...applied, rows: 2, added: 2 })
    const branch = await account('A2')
    expect(branch).toMatchObject({
      parentId: (await account('A1'))?.id,
      repCodes: ['275', '276'],
      notes: 'two\nlines',
    })
    expect(branch?.ownerId).toBe((await worker('rhea'))?.id)
    expect(await harness.import('account', file)).toEqual({ ...counts, rows: 2, unchanged: 2 })
    expect(await harness.import('account', file.replace('lines', 'words'))).toMatchObject({
      changed: 1,
      unchanged: 1,
    })
    expect((await account('A2'))?.notes).toBe('two\nwords')
  })

  test('a dry run says what would be, and nothing is', async () => {
    const head = await harness.storage.head()
    const report = await harness.import('account', 'a_id,name\nA1,Oak\nA2,Ash\n', { mode: 'dry-run' })
    expect(report).toEqual({ ...counts, rows: 2, added: 2 })
    expect(await harness.storage.head()).toEqual(head)
  })

  test('records made in the portal go out under their id and come back as themselves; House Contacts stay', async () => {
    await createAll(harness.gate, [
      { kind: 'account', id: 'oak', fields: { name: '=HYPERLINK("x")', repCodes: ['275'] } },
      { kind: 'contact', id: 'cora', fields: { accountId: 'oak', lastName: 'Cole ' } },
      { kind: 'address', id: 'home', fields: { accountId: 'oak', contactId: 'cora', label: 'Home' } },
    ])
    const accounts = await harness.export('account')
    expect(accounts).toContain(`"'=HYPERLINK(""x"")"`)
    const contacts = await harness.export('contact')
    expect(contacts).not.toContain('House')
    for (const [kind, text] of [
      ['account', accounts],
      ['contact', contacts],
      ['address', await harness.export('address')],
    ] as const) {
      expect(await harness.import(kind, text)).toEqual({ ...counts, rows: 1, unchanged: 1 })
    }
    const changed = contacts.replace('Cole ', 'Coleman')
    expect(await harness.import('contact', changed)).toEqual({ ...applied, rows: 1, changed: 1 })
    expect(
      (await harness.storage.load([{ kind: 'contact', id: 'cora' }])).get('contact/cora')?.row,
    ).toMatchObject({
      lastName: 'Coleman',
      externalId: null,
    })
  })

  test('one address id of two accounts and two labels is four addresses, each matched as itself', async () => {
    await harness.import('account', 'a_id,name\nA1,Oak\nA2,Ash\n')
    const file = (city: string) =>
      `address_id,a_id,label,city\n9,A1,Main,${city}\n9,A1,Dock,x\n9,A2,Main,y\n9,A2,Dock,${city}\n7,A1,Main,z\n`
    expect(await harness.import('address', file('Rome'))).toMatchObject({ added: 5, errors: [] })
    expect(await harness.import('address', file('Rome'))).toMatchObject({ added: 0, unchanged: 5 })
    expect(await harness.import('address', file('Oslo'))).toMatchObject({ changed: 2, unchanged: 3 })
    // Alone under its id it is the same address, whatever its label and account.
    expect(await harness.import('address', 'address_id,a_id,label\n7,A2,Front\n')).toMatchObject({
      changed: 1,
    })
    const twice = await harness.import('address', 'address_id,a_id,label\n5,A1,Main\n5,A1,Main\n')
    expect(twice.errors.map(({ row, column }) => [row, column])).toEqual([[3, 'address_id']])
  })

  test('[P21] a contact of an account that is not there; [D8] one without any', async () => {
    const { errors } = await harness.import('contact', 'contact_id,a_id\n1,A9\n')
    expect(errors).toEqual([{ row: 2, column: 'a_id', message: 'a_id names A9, which is no account here.' }])
    expect((await harness.import('contact', 'contact_id,last_name\n1,Cole\n')).errors).toMatchObject([
      { row: 2, column: 'a_id' },
    ])
  })
})

describe('on behalf of a worker', () => {
  const as = async (username: string) =>
    ({ author: { type: 'worker', workerId: await harness.workerId(username) } }) as const

  beforeEach(async () => {
    await harness.import(
      'worker',
      'username,groups,accounts_query_type,authorized_rep_codes,features_ext,user_rights_vir\n' +
        'ada,administrators,all,,,\n' +
        'max,sales-manager,rep,275,settings.import;settings.workers,SU-ALLOW-ACCOUNT-EDITS\n' +
        'rhea,sales-rep,rep,275,,\n',
    )
    await harness.import('account', 'a_id,name,rep_codes,phone\nA1,Oak,275,1\nA2,Elm,276,2\n')
  })

  test('without the right to import nothing is read at all', async () => {
    const report = await harness.import('account', 'a_id,phone\nA1,9\n', await as('rhea'))
    expect(report).toMatchObject({ rows: 0, changed: 0, errors: [{ column: null }] })
    expect((await account('A1'))?.phone).toBe('1')
  })

  test('[S9] in scope it is changed; out of scope it is answered like one that is not there', async () => {
    expect(await harness.import('account', 'a_id,phone\nA1,9\n', await as('max'))).toMatchObject({
      changed: 1,
    })
    const wrong = await harness.import('account', 'a_id,phone\nA2,9\n', await as('max'))
    const right = await harness.import('account', 'a_id,phone\nA2,2\n', await as('max'))
    const missing = await harness.import('account', 'a_id,phone\nA7,9\n', await as('max'))
    expect(wrong).toEqual(right)
    expect(wrong).toEqual(missing)
    expect(wrong.errors).toMatchObject([{ row: 2 }])
    expect((await account('A2'))?.phone).toBe('2')
  })

  test('[S9] a reference to what is hidden is answered like one to what is not there', async () => {
    const [hidden, missing] = await Promise.all(
      ['A2', 'A7'].map(async (aId) =>
        harness.import('contact', `contact_id,a_id\n1,${aId}\n`, await as('max')),
      ),
    )
    expect(hidden?.errors[0]?.message.replace('A2', '')).toBe(missing?.errors[0]?.message.replace('A7', ''))
  })

  test('[P15] nobody hands out by import what they lack; the refusal names row and column', async () => {
    const head = await harness.storage.head()
    const report = await harness.import(
      'worker',
      'username,job_title,user_rights_vir\nrhea,Rep,SU-ACCESS-CMS-WORKSPACE\nnew,Rep,\n',
      await as('max'),
    )
    expect(report).toMatchObject({ added: 0, changed: 0, errors: [{ row: 2, column: 'user_rights_vir' }] })
    expect(await harness.storage.head()).toEqual(head)
  })

  test('[S2] an export holds what its reader may see, and names what they may not see by its id alone', async () => {
    await harness.import('account', 'a_id,parent_a_id,owner_username\nA1,A2,ada\n')
    const text = await harness.export('account', 'rhea')
    const rows = readCsv(text).slice(1)
    expect(rows.map(({ cells }) => cells[0])).toEqual(['A1'])
    expect(text).not.toContain('A2')
    expect(text).not.toContain(',ada,')
    expect(text).toContain((await account('A2'))?.id)
  })
})
