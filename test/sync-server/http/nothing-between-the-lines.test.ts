/**
 * Nothing between the lines (S9, GATE 34): what a worker may not see is answered like what does not exist, byte for byte,
 * by every door over HTTP. Each answer has its twin for what the worker may see, so that none is alike by being empty.
 *
 * rhea and the others reach oak and ash by code 275; elm, with dora, is eve's. gina is restricted to the US, so that ash,
 * in Canada, is hidden from her. What no one has is called `nix`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

const repOf = (code: string, rights: readonly string[] = []) => ({
  accountsQueryType: 'rep',
  repCodes: [code],
  rights,
  groups: [{ id: 'sales-rep', from: null, until: null }],
})
const worker = (id: string, fields: Record<string, unknown>) => ({
  kind: 'worker' as const,
  id,
  fields: { username: id, firstName: id, ...fields },
})

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start({
    records: [
      worker('gina', { ...repOf('275', ['crm.export']), geographies: ['US'] }),
      worker('ivy', repOf('275', ['settings.import', 'crm.export', 'SU-ALLOW-ACCOUNT-ADDS'])),
      worker('wes', repOf('275', ['settings.import'])),
      worker('wilma', repOf('275', ['settings.workers', 'settings.import'])),
      worker('olga', repOf('275', ['settings.audit'])),
      {
        kind: 'group',
        id: 'secret',
        fields: { code: 'secret', name: 'Secret', type: 'user', enabled: true },
      },
      {
        kind: 'contact',
        id: 'dean',
        fields: { accountId: 'elm', lastName: 'Dean', externalId: 'C-1', username: 'dean' },
      },
      {
        kind: 'contact',
        id: 'carl',
        fields: { accountId: 'oak', lastName: 'Carr', externalId: 'C-2', username: 'carl' },
      },
    ],
  })
})
afterAll(() => server.close())

interface Asked {
  readonly worker: string
  readonly path: string
  readonly method?: string
  readonly body?: string
}

/** Everything of an answer that a caller sees, but for the time of day, and with what was asked for called `X`. */
async function answer({ worker: who, path, method = 'GET', body }: Asked, name: string): Promise<string> {
  const response = await server.fetch(`/api/${path}`, await server.signIn(who), {
    method,
    ...(body !== undefined && {
      body,
      headers: { 'content-type': path.startsWith('import/') ? 'text/csv' : 'application/json' },
    }),
  })
  const headers = [...response.headers].filter(([header]) => header !== 'date' && header !== 'content-length')
  const text = JSON.stringify([response.status, headers, await response.text()])
  return text.replaceAll(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'gu'), 'X')
}

/** Alike for what is hidden and what is not there; `known` is answered otherwise. */
async function expectAlike(
  names: { readonly hidden: string; readonly missing: string; readonly known: string },
  ask: (name: string) => Asked,
): Promise<string> {
  const [hidden, missing, known] = await Promise.all(
    [names.hidden, names.missing, names.known].map((name) => answer(ask(name), name)),
  )
  expect(hidden).toBe(missing)
  expect(known).not.toBe(missing)
  return hidden ?? ''
}

const account = { hidden: 'elm', missing: 'nix', known: 'oak' }
const contact = { hidden: 'dora', missing: 'nix', known: 'cora' }

describe('[S9] one record', () => {
  test.each([
    ['account', account],
    ['contact', contact],
    ['contact', { hidden: 'house-elm', missing: 'house-nix', known: 'house-oak' }],
    ['address', { hidden: 'x', missing: 'nix', known: 'home' }],
    ['worker', { hidden: 'max', missing: 'nix', known: 'rhea' }],
    ['group', { hidden: 'secret', missing: 'nix', known: 'sales-rep' }],
  ] as const)('a row of the kind %s', async (kind, names) => {
    await expectAlike(names, (name) => ({ worker: 'rhea', path: `records/${kind}/${name}` }))
  })

  test('[S13] through a match that was shown to nobody', async () => {
    await expectAlike(account, (name) => ({ worker: 'rhea', path: `records/account/${name}?via=match` }))
  })

  test('[S7] also what only a restriction hides', async () => {
    await expectAlike({ ...account, hidden: 'ash' }, (name) => ({
      worker: 'gina',
      path: `records/account/${name}`,
    }))
    await expectAlike({ ...contact, hidden: 'house-ash' }, (name) => ({
      worker: 'gina',
      path: `records/contact/${name}`,
    }))
  })
})

describe('[S9] explanations', () => {
  test.each([
    'action=view&record=account/',
    'action=edit&record=account/',
    'action=edit&field=phone&record=account/',
    'action=edit&field=repCodes/276&record=account/',
    'action=export&record=account/',
  ])('explain?%s', async (query) => {
    // ivy may import and export, so that the record is what decides.
    const alike = await expectAlike(account, (name) => ({ worker: 'ivy', path: `explain?${query}${name}` }))
    expect(alike).toContain('"outcome\\":\\"denied')
  })

  test('explain?action=import: what is hidden would be made anew, like what is not there', async () => {
    await expectAlike(account, (name) => ({
      worker: 'ivy',
      path: `explain?action=import&record=account/${name}`,
    }))
  })

  test('of another worker, who may well see it: the asker’s eyes count', async () => {
    const ask = (name: string) => ({
      worker: 'wilma',
      path: `explain?worker=max&action=view&record=account/${name}`,
    })
    const alike = await expectAlike(account, ask)
    expect(alike).not.toContain('Elm')
  })

  test('about others asks only who manages workers, whether there are any or not', async () => {
    const names = { hidden: 'max', missing: 'nix', known: 'rhea' }
    await expectAlike(names, (name) => ({
      worker: 'rhea',
      path: `explain?worker=${name}&action=view&record=account/oak`,
    }))
  })

  test('by name: one that is hidden, and one that nobody has', async () => {
    for (const kind of ['account', 'contact']) {
      const names = {
        account: { hidden: 'Elm Inc', missing: 'Nix Inc', known: 'Oak Ltd' },
        contact: { hidden: 'Dora Dunn', missing: 'Nix Nixon', known: 'Cora Cole' },
      }[kind] ?? { hidden: '', missing: '', known: '' }
      await expectAlike(names, (name) => ({
        worker: 'rhea',
        path: `explain?kind=${kind}&name=${encodeURIComponent(name)}`,
      }))
    }
    await expectAlike({ hidden: 'Ash & Sons', missing: 'Nix & Sons', known: 'Oak Ltd' }, (name) => ({
      worker: 'gina',
      path: `explain?kind=account&name=${encodeURIComponent(name)}`,
    }))
  })

  test('who sees what one may not see oneself', async () => {
    await expectAlike(account, (name) => ({ worker: 'rhea', path: `who?action=view&record=account/${name}` }))
    await expectAlike({ ...account, hidden: 'ash' }, (name) => ({
      worker: 'gina',
      path: `who?action=edit&record=account/${name}`,
    }))
  })
})

describe('[GATE 34] lists, search and counts', () => {
  const list = async (who: string, path: string) =>
    (await (await server.fetch(`/api/records/${path}`, await server.signIn(who))).json()) as {
      items: { id: string }[]
      total: number
      cursor: string | null
    }

  test('search by words that only hidden records hold finds what nonsense finds', async () => {
    for (const kind of ['account', 'contact'])
      await expectAlike({ hidden: 'elm', missing: 'nix', known: 'oak' }, (name) => ({
        worker: 'rhea',
        path: `records/${kind}?q=${name === 'oak' ? { account: 'oak', contact: 'cole' }[kind] : name}`,
      }))
    expect(await list('gina', 'account?q=ash')).toEqual({ items: [], total: 0, cursor: null })
    expect(await list('rhea', 'account?q=ash')).toMatchObject({ total: 1 })
  })

  test('totals count what is listed, page by page', async () => {
    expect(await list('gina', 'account?limit=1')).toMatchObject({ total: 1, cursor: null })
    const page = await list('rhea', 'account?limit=1')
    expect(page).toMatchObject({ total: 2 })
    const rest = await list('rhea', `account?limit=1&cursor=${page.cursor}`)
    expect(rest).toMatchObject({ total: 2, cursor: null })
  })

  test('a cursor names the last record that was shown, and counts nothing', async () => {
    const { items, cursor } = await list('rhea', 'account?limit=1')
    const said = JSON.parse(Buffer.from(String(cursor), 'base64url').toString()) as unknown[]
    expect(said.at(-1)).toBe(items[0]?.id)
    // One that names what is hidden goes on where one goes on that names nothing.
    const forged = (id: string) => Buffer.from(JSON.stringify([0, String(said[1]), id])).toString('base64url')
    expect(await list('rhea', `account?limit=1&cursor=${forged('elm')}`)).toEqual(
      await list('rhea', `account?limit=1&cursor=${forged('nix')}`),
    )
  })
})

describe('[GATE 34] dry runs', () => {
  const dryRun = (who: string, change: object): Asked => ({
    worker: who,
    path: 'dry-run',
    method: 'POST',
    body: JSON.stringify({ changes: [change] }),
  })

  test('of a change of what is hidden, and of references to it', async () => {
    await expectAlike(account, (name) => dryRun('ivy', { record: `account/${name}`, fields: { phone: '1' } }))
    await expectAlike({ ...account, hidden: 'ash' }, (name) =>
      dryRun('gina', { record: `account/${name}`, fields: { phone: '1' } }),
    )
    for (const [record, field] of [
      ['contact/cora', 'accountId'],
      ['address/home', 'accountId'],
      ['account/oak', 'parentId'],
    ] as const) {
      const known = field === 'parentId' ? 'ash' : 'oak'
      await expectAlike({ ...account, known }, (name) => dryRun('ivy', { record, fields: { [field]: name } }))
    }
    await expectAlike(account, (name) =>
      dryRun('wilma', { record: 'worker/rhea', fields: { [`mappedAccounts/${name}`]: true } }),
    )
  })

  test('of a creation under an id that is taken, by who may make none', async () => {
    const make = (record: string) => ({ record, creates: true, fields: { name: 'New' } })
    await expectAlike({ hidden: 'elm', missing: 'nix', known: 'house-x' }, (name) =>
      name === 'house-x' ? dryRun('ivy', make('account/new')) : dryRun('rhea', make(`account/${name}`)),
    )
    await expectAlike({ hidden: 'house-elm', missing: 'house-nix', known: 'new' }, (name) =>
      dryRun('rhea', {
        record: `contact/${name}`,
        creates: true,
        fields: { lastName: 'New', accountId: 'oak' },
      }),
    )
  })
})

describe('[GATE 34] unsent edits of others', () => {
  test('are counted as refused only where the asker sees what they are of', async () => {
    const edit = {
      edit: 'waiting-0000000001',
      record: { kind: 'account' as const, id: 'elm' },
      creates: false,
      fields: ['phone'],
    }
    const hello = { unsent: { total: 1, edits: [edit] } }
    const eve = await TestDevice.connect(server, 'eve', { hello })
    await eve.welcome
    const refused = async (who: string) => {
      const answered = await server.fetch('/api/dry-run', await server.signIn(who), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ changes: [{ record: 'worker/eve', fields: { groups: [] } }] }),
      })
      return ((await answered.json()) as { devices: unknown }).devices
    }
    expect(await refused('ada')).toMatchObject([{ workerId: 'eve', unsent: 1, refused: 1 }])
    expect(await refused('wilma')).toMatchObject([{ workerId: 'eve', unsent: 1, refused: 0 }])
    eve.cut()
  })
})

describe('[GATE 34] imports', () => {
  const dryRun = (who: string, kind: string, body: string): Asked => ({
    worker: who,
    path: `import/${kind}?mode=dry-run`,
    method: 'POST',
    body,
  })
  const aId = { hidden: 'A-3', missing: 'A-7', known: 'A-1' }
  const contactId = { hidden: 'C-1', missing: 'C-7', known: 'C-2' }

  test('a key of somebody else’s account, by who may not add any', async () => {
    await expectAlike(aId, (name) => dryRun('wes', 'account', `a_id,phone\n${name},1\n`))
    await expectAlike(aId, (name) => dryRun('wes', 'account', `a_id,name,rep_codes\n${name},New,275\n`))
    await expectAlike({ ...aId, hidden: 'elm', missing: 'nix', known: 'oak' }, (name) =>
      dryRun('wes', 'account', `a_id,phone\n${name},1\n`),
    )
  })

  test('a key of somebody else’s account, in a row that would make none', async () => {
    for (const row of ['a_id,phone\nKEY,1\n', 'a_id,name,rep_codes\nKEY,New,276\n', 'a_id,name\nKEY,New\n'])
      await expectAlike(aId, (name) => dryRun('ivy', 'account', row.replace('KEY', name)))
  })

  test('a whole new row says that its key is taken, and no more', async () => {
    const row = (name: string) => dryRun('ivy', 'account', `a_id,name,rep_codes\n${name},New,275\n`)
    expect(await answer(row('A-7'), 'A-7')).toContain('\\"errors\\":[]')
    const taken = await answer(row('A-3'), 'A-3')
    expect(taken).toContain('A_ID is already used by another record')
    expect(taken).not.toMatch(/elm|eve|276/iu)
  })

  test('an id is no key: a hidden one makes a new record like any other word', async () => {
    await expectAlike({ hidden: 'elm', missing: 'nix', known: 'oak' }, (name) =>
      dryRun('ivy', 'account', `a_id,name,rep_codes\n${name},New,275\n`),
    )
    await expectAlike(contact, (name) =>
      dryRun('ivy', 'contact', `contact_id,a_id,last_name\n${name},A-1,New\n`),
    )
  })

  test('references to what is hidden', async () => {
    await expectAlike(aId, (name) => dryRun('ivy', 'contact', `contact_id,a_id,last_name\n9,${name},New\n`))
    await expectAlike(aId, (name) => dryRun('ivy', 'account', `a_id,parent_a_id\nA-2,${name}\n`))
    await expectAlike(contactId, (name) =>
      dryRun('ivy', 'address', `address_id,a_id,contact_id,city\n9,A-1,${name},Rome\n`),
    )
    await expectAlike({ hidden: 'secret', missing: 'nix', known: 'sales-rep' }, (name) =>
      dryRun('wilma', 'worker', `username,groups\neve,${name}\n`),
    )
    await expectAlike(aId, (name) => dryRun('wilma', 'worker', `username,accounts_vir\nrhea,${name}\n`))
    // Who reads no worker but themself names themself.
    await expectAlike({ hidden: 'max', missing: 'nix', known: 'ivy' }, (name) =>
      dryRun('ivy', 'account', `a_id,owner_username\nA-1,${name}\n`),
    )
  })

  test('somebody else’s contact, in rows that would make none', async () => {
    for (const row of ['contact_id,phone\nKEY,1\n', 'contact_id,a_id,phone\nKEY,A-3,1\n'])
      await expectAlike(contactId, (name) => dryRun('ivy', 'contact', row.replace('KEY', name)))
  })

  test('an address has no key of its own: a hidden one is nobody’s', async () => {
    const row = (name: string) => dryRun('ivy', 'address', `address_id,a_id,city\n${name},A-1,Rome\n`)
    expect(await answer(row('nix'), 'nix')).toBe(await answer(row('x'), 'x'))
  })
})

describe('[GATE 34] what else is told', () => {
  test('an export holds no word of what is hidden', async () => {
    for (const [who, hidden] of [
      ['ivy', /elm|A-3|dean|dora|C-1/iu],
      ['gina', /ash|A-2|elm|A-3|dean|dora/iu],
    ] as const) {
      for (const kind of ['account', 'contact', 'address', 'worker', 'group']) {
        const text = await (await server.fetch(`/api/export/${kind}`, await server.signIn(who))).text()
        expect([who, kind, hidden.exec(text)?.[0]]).toEqual([who, kind, undefined])
      }
    }
    expect(await (await server.fetch('/api/export/account', await server.signIn('ivy'))).text()).toContain(
      'Oak Ltd',
    )
  })

  test('metrics count sockets and verdicts, and name nobody and nothing', async () => {
    const room = await server.room('eve', 'account', 'elm')
    await room.synced
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toContain('ambit_sockets 1')
    const ours = text.split('\n').filter((line) => line.startsWith('ambit_'))
    expect(ours.join('\n')).not.toMatch(/elm|oak|eve|rhea|dora|account|contact|worker|group/iu)
    room.provider.destroy()
  })

  test('a denial gives the reasons of one’s own rights', async () => {
    const told = await answer({ worker: 'eve', path: 'import/account', method: 'POST', body: 'a_id\n' }, 'X')
    expect(told).toContain('[403,')
    expect(told).not.toMatch(/ada|max|administrators/iu)
  })
})
