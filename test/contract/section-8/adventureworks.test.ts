/** Section 8 on real data: AdventureWorks imported by the command line, and what its people then see over HTTP. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RunningAmbit, runAmbit, startAmbit, temporaryFolder } from '../../support/ambit-process.ts'
import { type Page, Visitor, password } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 })

const adventureWorks = join(import.meta.dirname, '../../../../shared/data/adventureworks')
const isHere = existsSync(adventureWorks)
if (!isHere) console.log(`AdventureWorks is not at ${adventureWorks}; its tests are skipped.`)

const reach = { michael9: 77, linda3: 39, stephen0: 541, amy0: 120, ken0: 19_185 }

describe.skipIf(!isHere)('AdventureWorks', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let data: string
  let server: RunningAmbit | null = null
  const people = new Map<string, Visitor>()
  const visitor = (name: string) => people.get(name) as Visitor

  beforeAll(async () => {
    folder = await temporaryFolder()
    data = join(folder.path, 'data')
    const made = await runAmbit(['init', '--data', data, '--admin', 'ada'], {
      env: { AMBIT_ADMIN_PASSWORD: password },
    })
    expect(made).toMatchObject({ code: 0 })
    const first = await runAmbit(['import', adventureWorks, '--data', data])
    expect(first).toMatchObject({ code: 0 })
    for (const line of [
      'workers.csv: 19 rows; 19 added',
      'accounts.csv: 19185 rows; 19185 added',
      'contacts.csv: 19237 rows; 19237 added',
      'addresses.csv: 19220 rows; 19220 added',
    ])
      expect(first.stdout).toContain(line)
    for (const name of ['products', 'orders', 'order_lines', 'ship_methods', 'leads'])
      expect(first.stderr).toMatch(new RegExp(`^${name}\\.csv`, 'm'))
    for (const name of Object.keys(reach)) {
      const set = await runAmbit(['password', name, '--data', data], { input: `${password}\n` })
      expect(set).toMatchObject({ code: 0 })
    }
    server = await startAmbit(['--data', data, '--no-demo'], { env: { AMBIT_RATE: '0' } })
    for (const name of ['ada', ...Object.keys(reach)])
      people.set(name, await Visitor.signIn(server.url, name))
  })
  afterAll(async () => {
    await server?.stop()
    await folder.remove()
  })

  it.each(Object.entries(reach))('%s sees %i accounts', async (name, total) => {
    const page = await visitor(name).list('account', '?limit=1')
    expect(page.total).toBe(total)
  })

  it('contacts and addresses follow the accounts', async () => {
    const all = async (kind: string) => {
      const rows = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Page = await visitor('michael9').list(kind, `?limit=500${cursor && `&cursor=${cursor}`}`)
        rows.push(...page.items)
        expect(page.total).toBeGreaterThanOrEqual(rows.length)
        cursor = page.cursor
      }
      return rows
    }
    const [accounts, contacts, addresses] = await Promise.all(['account', 'contact', 'address'].map(all))
    const ids = new Set(accounts?.map((row) => row.id))
    expect(ids.size).toBe(77)
    expect(new Set(contacts?.map((row) => row.accountId))).toEqual(ids)
    for (const row of addresses ?? []) expect(ids).toContain(row.accountId)
    expect(contacts?.filter((row) => row.house === true)).toHaveLength(77)
  })

  it('another rep’s account is answered byte for byte like none', async () => {
    const hers = (await visitor('linda3').list('account', '?limit=500')).items
    const his = new Set((await visitor('michael9').list('account', '?limit=500')).items.map((row) => row.id))
    const other = hers.find((row) => !his.has(row.id))
    expect(other).toBeDefined()
    const answers = await Promise.all(
      [String(other?.id), 'never-there'].map(async (id) => {
        const answer = await visitor('michael9').fetch(`/api/records/account/${id}`)
        return [answer.status, await answer.text()]
      }),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(404)
    const page = await visitor('michael9').list('account', `?q=${encodeURIComponent(String(other?.aId))}`)
    expect(page).toEqual({ items: [], total: 0, cursor: null })
  })

  it('a second import of the same folder changes nothing', async () => {
    await server?.stop()
    server = null
    const { code, stdout } = await runAmbit(['import', adventureWorks, '--data', data])
    expect(code).toBe(0)
    for (const rows of [19, 19_185, 19_237, 19_220])
      expect(stdout).toContain(`${rows} rows; 0 added, 0 changed, ${rows} unchanged`)
  })
})
