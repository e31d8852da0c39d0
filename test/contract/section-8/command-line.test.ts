/** Section 8, Start: the command line, from outside. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Finished, type RunOptions, runAmbit, startAmbit } from '../../support/ambit-process.ts'
import { type Organisation, makeOrganisation, password, postJson } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let here: Organisation
beforeAll(async () => {
  here = await makeOrganisation()
})
afterAll(() => here.remove())

const onData = (args: readonly string[], options?: RunOptions) =>
  runAmbit([...args, '--data', here.data], options)

async function exported(kind: string, ...more: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await onData(['export', '--kind', kind, ...more])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

function importText(name: string, text: string, ...more: readonly string[]): Promise<Finished> {
  return onData(['import', join(here.write({ [name]: text }), name), ...more])
}

/** Wrong usage, or a refusal: its exit status and one clear line on standard error. */
function expectOneLine({ code, stderr }: Finished, status: 1 | 2, about: RegExp): void {
  expect({ code, lines: stderr.trimEnd().split('\n').length, stderr }).toMatchObject({
    code: status,
    lines: 1,
  })
  expect(stderr).toMatch(about)
}

/** Cells of the first column, without the header. */
const firstColumn = (csv: string) =>
  csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',')[0])

describe('init', () => {
  it('makes an empty organisation with the preconfigured groups and one administrator', async () => {
    const data = join(here.folder, 'fresh')
    const made = await runAmbit(['init', '--data', data, '--admin', 'zoë'], {
      env: { AMBIT_ADMIN_PASSWORD: password },
    })
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const kinds = ['group', 'worker', 'account', 'contact', 'address']
    const [groups, workers, ...rest] = await Promise.all(
      kinds.map((kind) => runAmbit(['export', '--kind', kind, '--data', data])),
    )
    const codes = firstColumn(groups?.stdout ?? '').sort()
    expect(codes).toEqual([
      'administrators',
      'affiliates',
      'auditor',
      'catalog-manager',
      'clients',
      'content-editor',
      'customer-service',
      'organization',
      'sales-manager',
      'sales-rep',
    ])
    expect(firstColumn(workers?.stdout ?? '')).toEqual(['zoë'])
    expect(workers?.stdout).toMatch(/administrators/)
    for (const { stdout } of rest) expect(firstColumn(stdout)).toEqual([])
  })

  it('takes an empty or missing folder only, and a password of at least 12 characters', async () => {
    const env = { AMBIT_ADMIN_PASSWORD: password }
    expectOneLine(await onData(['init', '--admin', 'eve'], { env }), 1, /empty/)
    const other = join(here.folder, 'other')
    const short = { AMBIT_ADMIN_PASSWORD: 'eleven char' }
    expectOneLine(await runAmbit(['init', '--data', other, '--admin', 'eve'], { env: short }), 1, /12/)
    expect(existsSync(join(other, 'ambit.sqlite'))).toBe(false)
  })
})

describe('wrong usage ends with 2 and one line', () => {
  it.each([
    [[]],
    [['dance']],
    [['export', '--kind', 'unicorn']],
    [['init', '--colour', 'red']],
    [['explain', 'rhea', 'view']],
  ])('%j', async (args) => {
    expectOneLine(await runAmbit(args), 2, /^ambit: \S/)
  })
})

describe('import', () => {
  it('takes a folder in the right order; files of kinds that do not exist yet are named and left', async () => {
    const folder = here.write({
      'contacts.csv': 'contact_id,a_id,first_name,last_name\n90,A-90,Nina,Nord\n',
      'accounts.csv': 'a_id,name,kind\nA-90,Ninety,company\n',
      'orders.csv': 'order_number,a_id\n1,A-90\n',
      'README.md': 'no data',
    })
    const { code, stdout, stderr } = await onData(['import', folder])
    expect(code).toBe(0)
    expect(stdout).toMatch(/accounts\.csv.*1.*added[^]*contacts\.csv.*1.*added/)
    expect(stderr).toMatch(/orders\.csv/)
    expect(stderr).not.toMatch(/README/)
  })

  it('takes the kind by the file’s name, or as it is told', async () => {
    const text = 'a_id,name,kind\nA-91,Ninety-one,company\n'
    expectOneLine(await importText('things.csv', text), 2, /--kind|things/)
    expect(await importText('things.csv', text, '--kind', 'account')).toMatchObject({ code: 0, stderr: '' })
    expect(await exported('account')).toContain('A-91')
  })

  it('a dry run counts and changes nothing', async () => {
    const before = await exported('account')
    const text = 'a_id,name,kind\nA-1,Oak Limited,company\nA-2,Elm Inc,company\nA-92,New,company\n'
    const { code, stdout } = await importText('accounts.csv', text, '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toMatch(/3 rows.*1 would be added.*1 would be changed.*1 unchanged/)
    expect(await exported('account')).toBe(before)
  })

  it('a column without a home is an error unless it is ignored', async () => {
    const text = 'a_id,name,shoe_size\nA-1,Oak Ltd,38\n'
    expectOneLine(await importText('accounts.csv', text), 1, /shoe_size/)
    expect(await importText('accounts.csv', text, '--ignore', 'shoe_size')).toMatchObject({ code: 0 })
  })

  it('one wrong row and nothing of the file is imported', async () => {
    const before = await exported('worker')
    const text = 'username,c_f_nm,user_rights_vir\nnew1,New,\nrhea,Changed,SU-FLY\n'
    expectOneLine(await importText('workers.csv', text), 1, /row 3, .*user_rights_vir.*SU-FLY/)
    expect(await exported('worker')).toBe(before)
  })

  it('clears rights only with --allow-removals', async () => {
    const less = 'username,user_rights_vir\nmona,\n'
    expectOneLine(await importText('workers.csv', less), 1, /remov/)
    const allowed = await importText('workers.csv', less, '--allow-removals')
    expect(allowed).toMatchObject({ code: 0, stderr: '' })
    expect(allowed.stdout).toContain('1 changed')
  })

  it('with --as it is that worker who acts: what they may not do, no file does for them', async () => {
    const text = 'a_id,name,kind\nA-93,Mine,company\n'
    expectOneLine(await importText('accounts.csv', text, '--as', 'rhea'), 1, /accounts\.csv/)
    const gift = 'username,user_rights_vir\nomar,SU-ALLOW-SHIPPING-PRICE-EDITS\n'
    expectOneLine(await importText('workers.csv', gift, '--as', 'gwen', '--dry-run'), 1, /row 2/)
    expectOneLine(await importText('accounts.csv', text, '--as', 'nobody'), 1, /nobody/)
    expect(await exported('account')).not.toContain('A-93')
    expect(await importText('accounts.csv', text, '--as', 'ada')).toMatchObject({ code: 0, stderr: '' })
    expect(await exported('account')).toContain('A-93')
  })
})

describe('export, explain, password', () => {
  it('export --as shows what that worker sees, and the operator everything', async () => {
    const all = await exported('account')
    expect(all).toContain('Oak Ltd')
    expect(all).toContain('Elm Inc')
    const hers = await exported('account', '--as', 'rhea')
    expect(hers).toContain('Oak Ltd')
    expect(hers).not.toContain('Elm Inc')
    expect(await exported('contact', '--as', 'rhea')).not.toContain('Edgar')
  })

  it('explain answers with outcome, reasons and a sentence', async () => {
    const question = ['explain', 'rhea', 'create', 'account/new']
    const [plain, asJson] = await Promise.all([onData(question), onData([...question, '--json'])])
    expect(asJson).toMatchObject({ code: 0, stderr: '' })
    const answer = JSON.parse(asJson.stdout) as { outcome: string; reasons: unknown[]; sentence: string }
    expect(answer).toMatchObject({ outcome: 'denied', sentence: expect.stringMatching(/\w+ \w+/) as string })
    expect(answer.reasons.length).toBeGreaterThan(0)
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout).toContain(answer.sentence)
    expectOneLine(await onData(['explain', 'nobody', 'view', 'account/x']), 1, /nobody/)
  })

  it('a password is read from standard input, has at least 12 characters and no other rule', async () => {
    expectOneLine(await onData(['password', 'rhea'], { input: 'elevenchars\n' }), 1, /12/)
    expectOneLine(await onData(['password', 'nobody'], { input: `${password}\n` }), 1, /nobody/)
    expect(await onData(['password', 'rhea'], { input: 'aaaaaaaaaaaa\n' })).toMatchObject({
      code: 0,
      stderr: '',
    })
  })
})

describe('serve', () => {
  it('holds the data alone: writing commands say so, reading ones work, and a killed server holds nothing', async () => {
    const server = await startAmbit(['--data', here.data, '--no-demo'])
    const csv = join(here.write({ 'accounts.csv': 'a_id,name,kind\nA-94,Late,company\n' }), 'accounts.csv')
    try {
      expectOneLine(await onData(['import', csv]), 1, /server/)
      expectOneLine(await onData(['password', 'rhea'], { input: `${password}\n` }), 1, /server/)
      const second = await runAmbit(['serve', '--port', '0', '--no-demo', '--data', here.data])
      expectOneLine(second, 1, /server/)
      expect(await exported('account')).toContain('A-1')
    } finally {
      await server.kill()
    }
    expect(await onData(['import', csv])).toMatchObject({ code: 0, stderr: '' })
  })

  it('a backup made beside a running server restores into an empty folder, and into nothing else', async () => {
    const server = await startAmbit(['--data', here.data, '--no-demo'])
    const file = join(here.folder, 'copy.backup')
    const again = join(here.folder, 'again')
    try {
      expect(await onData(['backup', file])).toMatchObject({ code: 0 })
    } finally {
      await server.stop()
    }
    expect(await runAmbit(['restore', file, '--data', again])).toMatchObject({ code: 0 })
    const copy = await runAmbit(['export', '--kind', 'account', '--data', again])
    expect(copy.stdout).toBe(await exported('account'))
    expectOneLine(await runAmbit(['restore', file, '--data', again]), 1, /empty/)
  })

  it('PORT and AMBIT_DATA say where; the demo organisation’s logins are printed and work', async () => {
    const port = await freePort()
    const demo = join(here.folder, 'demo')
    const server = await serveWith({ PORT: String(port), AMBIT_DATA: demo })
    try {
      expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200)
      expect(existsSync(demo)).toBe(true)
      const printed = await server.printed(/^ +(\S+) +(\S+) {2,}\S.*$/m)
      expect(server.output()).toMatch(new RegExp(`http://\\S+:${port}`))
      const [, username = '', secret = ''] = printed
      const login = await postJson(`http://127.0.0.1:${port}/api/login`, { username, password: secret })
      expect(login.status).toBe(200)
    } finally {
      await server.stop()
    }
  })

  it('an environment that makes no sense is wrong usage', async () => {
    for (const env of [{ AMBIT_RATE: 'fast' }, { PORT: '70000' }])
      expectOneLine(await runAmbit(['serve', '--no-demo', '--data', here.data], { env }), 2, /RATE|PORT/)
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** `ambit serve` told by its environment alone. */
async function serveWith(env: Readonly<Record<string, string>>) {
  const entry = join(import.meta.dirname, '../../../sync-server/cli/ambit.ts')
  const child = spawn(process.execPath, [entry, 'serve'], { env: { ...process.env, ...env } })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let output = ''
  child.stdout.setEncoding('utf8')
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output)
        if (match) resolve(match)
      }
      look()
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`it ended and had said: ${output}`)))
    })
  child.stdout.on('data', (text: string) => (output += text))
  await printed(/http:\/\/\S+/)
  return {
    output: () => output,
    printed,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
