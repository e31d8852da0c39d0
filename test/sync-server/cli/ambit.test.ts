import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAmbit, startAmbit, temporaryFolder } from '../../support/ambit-process.ts'

const password = 'the administrator’s long password'

describe('the command line', { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let data: string
  beforeAll(async () => {
    folder = await temporaryFolder()
    data = join(folder.path, 'data')
    const made = await runAmbit(['init', '--data', data, '--admin', 'ada'], {
      env: { AMBIT_ADMIN_PASSWORD: password },
    })
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const csv = join(folder.path, 'csv')
    mkdirSync(csv)
    const files = {
      'workers.csv':
        'username,c_f_nm,c_l_nm,authorized_rep_codes,manager_username,user_type,accounts_query_type,user_rights_vir\n' +
        'rhea,Rhea,Rossi,275,max,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS\nmax,Max,Meyer,270,,organization,rep,\n',
      'accounts.csv': 'a_id,name,kind,rep_codes\nA-1,Oak Ltd,company,275\nA-2,Elm Inc,company,276\n',
      'contacts.csv': 'contact_id,a_id,first_name,last_name\n7,A-1,Cora,Cole\n',
      'orders.csv': 'order_number,a_id\n1,A-1\n',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(csv, name), text)
    const imported = await runAmbit(['import', csv, '--data', data])
    expect(imported).toMatchObject({ code: 0 })
    expect(imported.stdout).toContain('workers.csv: 2 rows; 2 added, 0 changed, 0 unchanged')
    expect(imported.stdout).toContain('contacts.csv: 1 rows; 1 added')
    expect(imported.stderr).toContain('orders.csv: left')
  })
  afterAll(() => folder.remove())

  const fileWith = (text: string) => {
    const path = join(folder.path, 'one.csv')
    writeFileSync(path, text)
    return path
  }

  it('wrong usage ends with 2 and one line', async () => {
    for (const args of [
      [],
      ['dance'],
      ['init', '--colour', 'red'],
      ['explain', 'rhea'],
      ['export', '--kind', 'unicorn', '--data', data],
    ]) {
      const { code, stderr } = await runAmbit(args)
      expect(code).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(/^ambit: /)
    }
  })

  it('init leaves a folder alone that holds something, and asks for a real password', async () => {
    const again = await runAmbit(['init', '--data', data, '--admin', 'eve'], {
      env: { AMBIT_ADMIN_PASSWORD: password },
    })
    expect(again).toMatchObject({ code: 1 })
    expect(again.stderr).toContain('not empty')
    const short = await runAmbit(['init', '--data', join(folder.path, 'other'), '--admin', 'eve'], {
      env: { AMBIT_ADMIN_PASSWORD: 'short' },
    })
    expect(short.stderr).toContain('at least 12 characters')
  })

  it('a folder that was served before anybody was in it can still begin; the server says how', async () => {
    const empty = join(folder.path, 'nobody')
    const server = await startAmbit(['--data', empty, '--no-demo'])
    await server.stop()
    expect(server.printed()).toContain('Nobody can sign in yet')
    const args = ['init', '--data', empty, '--admin', 'ada']
    const env = { AMBIT_ADMIN_PASSWORD: password }
    expect(await runAmbit(args, { env })).toMatchObject({ code: 0 })
    expect(await runAmbit(args, { env })).toMatchObject({ code: 1 })
  })

  it('[R-23] an import with an unknown right names the id and the column, and ends with 1', async () => {
    const path = fileWith('username,user_rights_vir\nrhea,SU-FLY\n')
    const { code, stderr } = await runAmbit(['import', path, '--kind', 'worker', '--data', data])
    expect(code).toBe(1)
    expect(stderr).toContain('SU-FLY')
    expect(stderr).toContain('user_rights_vir')
  })

  it('[P19] a circle of managers is refused', async () => {
    const path = fileWith('username,manager_username\nrhea,max\nmax,rhea\n')
    const { code, stderr } = await runAmbit(['import', path, '--kind', 'worker', '--data', data])
    expect(code).toBe(1)
    expect(stderr).toMatch(/row \d/)
  })

  it('a username twice, a column without a home and a truncated file are refused, each with its place', async () => {
    const cases = [
      ['username,c_f_nm\neve,Eve\nEve,Eva\n', /row 3/],
      ['username,shoe_size\neve,38\n', /shoe_size/],
      ['username,c_f_nm\neve,"Ev', /row 2/],
    ] as const
    for (const [text, place] of cases) {
      const { code, stderr } = await runAmbit(['import', fileWith(text), '--kind', 'worker', '--data', data])
      expect(code).toBe(1)
      expect(stderr).toMatch(place)
    }
    const ignored = fileWith('username,shoe_size\nmax,38\n')
    const { code } = await runAmbit([
      'import',
      ignored,
      '--kind',
      'worker',
      '--data',
      data,
      '--ignore',
      'shoe_size',
      '--dry-run',
    ])
    expect(code).toBe(0)
  })

  it('explains in a sentence, and as JSON', async () => {
    const exported = await runAmbit(['export', '--kind', 'account', '--data', data, '--as', 'rhea'])
    expect(exported.stdout).toContain('Oak Ltd')
    expect(exported.stdout).not.toContain('Elm Inc')
    const { stdout } = await runAmbit([
      'explain',
      'rhea',
      'edit',
      'account/nothing-like-it#name',
      '--data',
      data,
    ])
    expect(stdout).toMatch(/^DENIED {2}\S/)
    const json = await runAmbit(['explain', 'ada', 'create', 'account/new', '--data', data, '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome: 'allowed' })
  })

  it('sets a password from standard input; the worker signs in with it, and the old data lock is respected', async () => {
    const set = await runAmbit(['password', 'rhea', '--data', data], { input: 'correct horse battery\n' })
    expect(set).toMatchObject({ code: 0, stderr: '' })
    const server = await startAmbit(['--data', data, '--no-demo'])
    try {
      const login = await fetch(`${server.url}/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'rhea', password: 'correct horse battery' }),
      })
      expect(login.status).toBe(200)
      const locked = await runAmbit(['password', 'rhea', '--data', data], {
        input: 'another long password\n',
      })
      expect(locked.code).toBe(1)
      expect(locked.stderr).toContain('stop the server first')
      expect((await runAmbit(['explain', 'rhea', 'view', 'account/x', '--data', data])).code).toBe(0)
    } finally {
      await server.stop()
    }
  })

  it('a backup restores into an empty folder, as another history, and nothing else', async () => {
    const file = join(folder.path, 'backup.sqlite')
    expect(await runAmbit(['backup', file, '--data', data])).toMatchObject({ code: 0 })
    expect((await runAmbit(['backup', file, '--data', data])).code).toBe(1)
    const restored = join(folder.path, 'restored')
    expect(await runAmbit(['restore', file, '--data', restored])).toMatchObject({ code: 0 })
    expect((await runAmbit(['restore', file, '--data', restored])).code).toBe(1)
    const both = await Promise.all(
      [data, restored].map((dir) => runAmbit(['export', '--kind', 'worker', '--data', dir])),
    )
    expect(both[0]?.stdout).toContain('rhea')
    expect(both[0]?.stdout).toBe(both[1]?.stdout)
    const broken = fileWith('this is no backup')
    expect((await runAmbit(['restore', broken, '--data', join(folder.path, 'third')])).code).toBe(1)
  })
})
