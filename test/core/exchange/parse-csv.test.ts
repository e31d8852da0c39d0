/** What a file alone can have wrong, and how its cells are read. */
import { describe, expect, test } from 'vitest'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { sortFiles } from '../../../core/exchange/files.ts'
import type { ExchangeKind } from '../../../core/exchange/kinds.ts'
import { parseCsv } from '../../../core/exchange/parse-csv.ts'

const parse = (kind: ExchangeKind, text: string, ignore: string[] = []) =>
  parseCsv(text, kind, { catalogue: shippedCatalogue, ignore })
const errorsOf = (kind: ExchangeKind, text: string, ignore: string[] = []) =>
  parse(kind, text, ignore).errors.map(({ row, column }) => [row, column])
const valueOf = (kind: ExchangeKind, header: string, cell: string) => {
  const key = {
    group: 'code',
    worker: 'username',
    account: 'a_id',
    contact: 'contact_id',
    address: 'address_id',
  }[kind]
  const { rows, errors } = parse(kind, `${key},${header}\nK,"${cell.replaceAll('"', '""')}"\n`)
  const found = rows[0]?.cells.find(({ column }) => column.name === header)?.value
  return errors.length > 0 ? `fault: ${errors[0]?.message}` : found?.type === 'value' ? found.value : found
}

describe('the header', () => {
  test('an unknown column is an error that names it, unless it is ignored', () => {
    const file = 'a_id,name,favourite_colour\nA1,Oak,green\n'
    expect(parse('account', file).errors).toEqual([
      { row: 1, column: 'favourite_colour', message: expect.stringContaining('favourite_colour') },
    ])
    const ignored = parse('account', file, ['Favourite_Colour'])
    expect(ignored.errors).toEqual([])
    expect(ignored.rows[0]?.cells.map(({ column }) => column.name)).toEqual(['a_id', 'name'])
  })

  test('[R-26] columns that have no home here say what to do instead', () => {
    const { errors } = parse('worker', 'username,c_add1,Send_pw_email\nrhea,Street 1,True\n')
    expect(errors.map(({ column }) => column)).toEqual(['c_add1', 'Send_pw_email'])
    expect(errors[1]?.message).toMatch(/no e-mail is sent.*hand it over yourself/)
  })

  test('the column that rows are matched on must be there; a column only once; semicolons are told', () => {
    expect(errorsOf('account', 'name\nOak\n')).toEqual([[1, 'a_id']])
    expect(errorsOf('account', 'a_id,name,name\nA1,Oak,Ash\n')).toEqual([[1, 'name']])
    expect(parse('account', 'a_id;name\nA1;Oak\n').errors.at(-1)?.message).toContain('commas')
    expect(errorsOf('account', '')).toEqual([[1, null]])
  })

  test('names are read in any case, with blanks around them, after a byte order mark', () => {
    expect(parse('account', '\uFEFF A_ID , Name\r\nA1,Oak\r\n')).toMatchObject({ errors: [], lines: 1 })
  })
})

describe('passwords', () => {
  const passwordOf = (text: string) => {
    const { rows, errors } = parse('worker', text)
    return errors.length > 0 ? errors : rows.map(({ password }) => password)
  }

  test('[R-h] one is taken with change_pw=True and without it is an error, never silence', () => {
    expect(passwordOf('username,pw,change_pw\nrhea,a long secret,True\nmax,,False\n')).toEqual([
      'a long secret',
      null,
    ])
    for (const [cells, column] of [
      ['a long secret,False', 'pw'],
      ['a long secret,', 'pw'],
      [',True', 'pw'],
      [',perhaps', 'change_pw'],
    ])
      expect(passwordOf(`username,pw,change_pw\nrhea,${cells}\n`)).toEqual([
        { row: 2, column, message: expect.not.stringContaining('secret') as string },
      ])
    expect(passwordOf('username,pw\nrhea,a long secret\n')).toEqual([
      { row: 1, column: 'pw', message: expect.stringContaining('change_pw=True') as string },
    ])
  })

  test('only workers have one', () => {
    expect(errorsOf('contact', 'contact_id,pw,change_pw\nC1,x,True\n')).toEqual([
      [1, 'pw'],
      [1, 'change_pw'],
    ])
  })
})

describe('rows', () => {
  test('a cut off last row is an error that names it', () => {
    expect(errorsOf('account', 'a_id,name,zip\nA1,Oak,1\nA2,As')).toEqual([[3, null]])
    expect(errorsOf('account', 'a_id,name,zip\nA1,Oak,1\nA2,"As')).toEqual([[3, null]])
    expect(errorsOf('account', 'a_id,name\nA1,Oak,1\n')).toEqual([[2, null]])
  })

  test('a NUL is an error of its cell', () => {
    expect(errorsOf('account', 'a_id,name\nA1,Oak\0\nA2,Elm\n')).toEqual([[2, 'name']])
  })

  test('a key twice, in any case, is an error at the second; no key is one too', () => {
    const { errors } = parse('worker', 'username,c_f_nm\nrhea,A\nmax,B\nRHEA,C\n,D\n')
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [4, 'username'],
      [5, 'username'],
    ])
    expect(errors[0]?.message).toContain('row 2')
  })

  test('rows are numbered as lines of the file', () => {
    const { rows, errors } = parse('account', 'a_id,name,notes\nA1,Oak,"two\nlines"\n\nA2,,x\nA3,Elm,\n')
    expect(rows.map(({ row }) => row)).toEqual([2, 6])
    expect(errors.map(({ row, column }) => [row, column])).toEqual([[5, 'name']])
  })
})

describe('cells', () => {
  test('[R-23] rights: exact ids, trimmed, duplicates collapse, empty is none', () => {
    const rights = (cell: string) => valueOf('worker', 'user_rights_vir', cell)
    expect(rights(' SU-ALLOW-ACCOUNT-EDITS ; QUOTES-WITH-CONV-LOGS;SU-ALLOW-ACCOUNT-EDITS')).toEqual([
      'SU-ALLOW-ACCOUNT-EDITS',
      'QUOTES-WITH-CONV-LOGS',
    ])
    expect(rights('')).toEqual([])
    expect(rights('SU-ALLOW-ACCOUNT-EDIT')).toMatch(/user_rights_vir.*SU-ALLOW-ACCOUNT-EDIT,/)
    expect(rights('su-allow-account-edits')).toMatch(/fault.*su-allow-account-edits/)
  })

  test('[R-a] our own features are never in the column of the nine, and the nine not in ours', () => {
    expect(valueOf('worker', 'user_rights_vir', 'crm.impersonate')).toMatch(
      /fault.*crm\.impersonate.*features_ext/,
    )
    expect(valueOf('worker', 'features_ext', 'crm.impersonate')).toEqual(['crm.impersonate'])
    expect(valueOf('worker', 'features_ext', 'QUOTES-WITH-CONV-LOGS')).toMatch(/fault.*user_rights_vir/)
  })

  test.each(['my-acct', 'My-acct', 'my_acct', 'MYACCT', 'Matching Account/A_ID'])(
    '[R-c] the filter %s is my-acct',
    (cell) => {
      expect(valueOf('worker', 'accounts_query_type', cell)).toBe('my-acct')
    },
  )

  test('[R-c] a filter that is none is an error, no filter is none', () => {
    expect(valueOf('worker', 'accounts_query_type', 'some')).toMatch(/fault/)
    expect(valueOf('worker', 'accounts_query_type', '')).toBeNull()
  })

  test.each([
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    ['0', false],
    ['False', false],
  ])('a switch reads %s', (cell, value) => {
    expect(valueOf('worker', 'active', cell)).toBe(value)
  })

  test('a switch that says nothing keeps what is there; another word is an error', () => {
    expect(valueOf('worker', 'active', '')).toBeUndefined()
    expect(valueOf('worker', 'active', 'maybe')).toMatch(/fault/)
  })

  test('numbers, dates, blanks and formulas', () => {
    expect(valueOf('account', 'annual_sales', ' 800000 ')).toBe(800_000)
    expect(valueOf('account', 'annual_sales', '8e5')).toBe(800_000)
    expect(valueOf('account', 'annual_sales', '0x10')).toMatch(/fault/)
    expect(valueOf('account', 'annual_sales', '')).toBeNull()
    expect(valueOf('address', 'longitude', '-89.795280')).toBe(-89.79528)
    expect(valueOf('worker', 'valid_until', '2026-03-01')).toBe('2026-03-01T00:00:00.000Z')
    expect(valueOf('worker', 'valid_until', '2026-03-01T10:00+02:00')).toBe('2026-03-01T08:00:00.000Z')
    expect(valueOf('worker', 'valid_until', '2026-02-30')).toMatch(/fault/)
    expect(valueOf('worker', 'valid_until', '03/01/2026')).toMatch(/fault/)
    expect(valueOf('account', 'name', 'Oak  ')).toBe('Oak  ')
    expect(valueOf('account', 'phone', "'=1+1")).toBe('=1+1')
    expect(valueOf('contact', 'email', ' a@b ')).toBe('a@b')
    expect(valueOf('contact', 'email', 'nobody')).toMatch(/fault/)
  })

  test('memberships hold for ever, or from and until', () => {
    expect(valueOf('worker', 'groups', 'sales-rep;auditor@2026-01-01..2026-02-01;x@..2026-02-01')).toEqual({
      type: 'names',
      names: ['sales-rep', 'auditor', 'x'],
      ends: [
        { from: null, until: null },
        { from: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' },
        { from: null, until: '2026-02-01T00:00:00.000Z' },
      ],
    })
    expect(valueOf('worker', 'groups', 'auditor@soon..')).toMatch(/fault/)
  })
})

test('files are sorted by what references need; those of kinds that do not exist are left', () => {
  expect(
    sortFiles([
      'orders.csv',
      'addresses-2026-01-15.csv',
      'memberships.csv',
      'contacts (2).csv',
      'Workers.CSV',
      'accounts.csv',
      'groups.csv',
    ]),
  ).toEqual({
    known: [
      { name: 'groups.csv', kind: 'group' },
      { name: 'Workers.CSV', kind: 'worker' },
      { name: 'memberships.csv', kind: 'membership' },
      { name: 'accounts.csv', kind: 'account' },
      { name: 'contacts (2).csv', kind: 'contact' },
      { name: 'addresses-2026-01-15.csv', kind: 'address' },
    ],
    unknown: ['orders.csv'],
  })
})
