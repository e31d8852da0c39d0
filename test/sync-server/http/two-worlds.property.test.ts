/**
 * Two worlds that differ only in what a worker may not see: everything that this worker is told is the same in both
 * (S9, S10, GATE 34).
 *
 * The worlds are built in one order, what is visible first. In the second one what is hidden is there too, and changes
 * while the worker looks, goes away and comes back. What is left out of the comparison, because nothing can hide it:
 * - the numbers of the journal (`upTo`, and the chain): one order for everybody is what the feed goes by;
 * - that a unique value, or an id, is taken, to who makes a record that is right in everything else.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { createAll, type NewRecord } from '../../../sync-server/seed/create-all.ts'
import { histories } from '../../simulation/seeds.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

interface Place {
  readonly code: '275' | '276' | null
  readonly country: 'US' | 'CA' | null
}

interface Viewer {
  readonly id: string
  readonly fields: Record<string, unknown>
  readonly sees: (place: Place, id: string) => boolean
}

const rights = ['settings.import', 'crm.export', 'settings.audit']
const groups = [{ id: 'sales-rep', from: null, until: null }]
const viewers: readonly Viewer[] = [
  {
    id: 'rep',
    fields: { accountsQueryType: 'rep', repCodes: ['275'] },
    sees: ({ code }) => code === '275',
  },
  {
    id: 'restricted',
    fields: { accountsQueryType: 'rep', repCodes: ['275'], geographies: ['US'] },
    sees: ({ code, country }) => code === '275' && country === 'US',
  },
  {
    id: 'all-of-the-us',
    fields: { accountsQueryType: 'all', geographies: ['US'] },
    sees: ({ country }) => country === 'US',
  },
  {
    id: 'mapped',
    fields: { accountsQueryType: 'mapped', mappedAccounts: ['account-0', 'account-1'] },
    sees: (_, id) => id === 'account-0' || id === 'account-1',
  },
]

const place: fc.Arbitrary<Place> = fc.record({
  code: fc.constantFrom('275', '276', null),
  country: fc.constantFrom('US', 'CA', null),
})
const organisations = fc.record({
  viewer: fc.constantFrom(...viewers),
  places: fc.array(place, { minLength: 2, maxLength: 8 }),
  /** What happens to hidden accounts while the worker is connected, and while not: they stay hidden. */
  changes: fc.array(fc.record({ which: fc.nat(), to: place, phone: fc.stringMatching(/^[0-9]{3}$/) }), {
    maxLength: 6,
  }),
})

const accountAt = ({ code, country }: Place, id: string, index: number): readonly NewRecord[] => [
  {
    kind: 'account',
    id,
    fields: { name: `Firm ${index}`, aId: `P-${index}`, repCodes: code === null ? [] : [code], country },
  },
  {
    kind: 'contact',
    id: `contact-${index}`,
    fields: { accountId: id, lastName: `Person ${index}`, externalId: `C-${index}` },
  },
  {
    kind: 'address',
    id: `address-${index}`,
    fields: { accountId: id, city: `City ${index}`, externalId: 'D' },
  },
]

/** Everything that the worker is told over HTTP, asked about all records there might be. */
async function toldOverHttp(server: TestServer, worker: string, count: number): Promise<readonly unknown[]> {
  const token = await server.signIn(worker)
  const told: unknown[] = []
  async function ask(path: string, sent?: string): Promise<string> {
    const type = path === 'dry-run' ? 'application/json' : 'text/csv'
    const init = sent === undefined ? {} : { method: 'POST', body: sent, headers: { 'content-type': type } }
    const answer = await server.fetch(`/api/${path}`, token, init)
    const body = await answer.text()
    told.push([path, sent, answer.status, body])
    return body
  }
  /** A page of the log after the other, without the names of change sets, which are random or numbers. */
  async function askLog(query: string): Promise<void> {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/audit?limit=2&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`
      const page = (await (await server.fetch(path, token)).json()) as {
        items: { id: string }[]
        cursor: string | null
      }
      cursor = page.cursor
      told.push([query, page.items.map(({ id: _, ...item }) => item), cursor === null])
    }
  }
  const numbers = Array.from({ length: count }, (_, index) => index)
  for (const query of ['', 'kind=account', 'kind=worker', 'surface=command-line', 'q=firm'])
    await askLog(query)
  const log = await (await server.fetch('/api/audit/export', token)).text()
  told.push(log.split('\n').map((line) => line.slice(0, line.lastIndexOf(','))))
  await ask('me')
  await ask('quarantine')
  await ask('quarantine?review=1')
  for (const kind of ['account', 'contact', 'address', 'worker', 'group', 'colleague', 'settings', 'desk']) {
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `records/${kind}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
      cursor = (JSON.parse(await ask(path)) as { cursor: string | null }).cursor
    }
    for (const word of ['firm', 'person', 'city', '1', 'us']) await ask(`records/${kind}?q=${word}&limit=1`)
    await ask(`export/${kind}`)
  }
  for (const index of numbers) {
    const keys = [`account/account-${index}`, `contact/contact-${index}`, `contact/house-account-${index}`]
    for (const key of [...keys, `address/address-${index}`]) {
      await askLog(`record=${key}`)
      await ask(`records/${key}`)
      for (const action of ['view', 'edit', 'create', 'export', 'import'])
        await ask(`explain?action=${action}&record=${key}&field=phone`)
      await ask(`who?action=view&record=${key}`)
      await ask('dry-run', JSON.stringify({ changes: [{ record: key, fields: { active: false } }] }))
    }
    for (const [kind, name] of [
      ['account', `Firm ${index}`],
      ['contact', `Person ${index}`],
    ])
      await ask(`explain?kind=${kind}&name=${encodeURIComponent(name ?? '')}`)
    await ask('import/account?mode=dry-run', `a_id,phone\nP-${index},1\n`)
    await ask('import/account?mode=dry-run', `a_id,parent_a_id,name\nnew,P-${index},New\n`)
    await ask('import/contact?mode=dry-run', `contact_id,a_id\nnew,P-${index}\n`)
    await ask('import/contact?mode=dry-run', `contact_id,phone\nC-${index},1\n`)
    await ask('import/address?mode=dry-run', `address_id,a_id,contact_id\nD,P-${index},C-${index}\n`)
  }
  return told
}

/** Everything that came over the link, but for where in the journal it came from. */
function toldOverLink(device: TestDevice, from = 0): readonly unknown[] {
  return device.messages.slice(from).flatMap(({ name, body }): readonly unknown[] => {
    if (name === 'welcome') {
      const { arrivals, departures, scopeHash, principals, resume } = body
      return [{ name, arrivals, departures, scopeHash, principals, resume }]
    }
    if (name === 'feed') return body.records.map(({ row, keys }) => ({ name, row, keys }))
    return [{ name, ...body, page: 0 }]
  })
}

async function connected(server: TestServer, viewer: Viewer, memory?: TestDevice['memory']) {
  const device = await TestDevice.connect(server, viewer.id, memory === undefined ? {} : { memory })
  await device.caughtUp(server)
  return device
}

/** What can be waited for: the worker's own record, changed last, has come. */
async function settled(server: TestServer, viewer: Viewer, device: TestDevice, phone: string): Promise<void> {
  await server.change('worker', viewer.id, { phone })
  await eventually(() => device.memory.records.get(recordKey('worker', viewer.id))?.row.phone === phone)
}

test('[S9] [GATE 34] what is hidden makes no difference to anything that a worker is told', async () => {
  await fc.assert(
    fc.asyncProperty(organisations, async ({ viewer, places, changes }) => {
      const records = places.map((at, index) => ({ at, id: `account-${index}`, index }))
      const isSeen = ({ at, id }: { at: Place; id: string }) => viewer.sees(at, id)
      const seen = records.filter(isSeen)
      const hidden = records.filter((record) => !isSeen(record))
      const make = (some: typeof records) => some.flatMap(({ at, id, index }) => accountAt(at, id, index))
      const fields = { username: viewer.id, rights, groups, ...viewer.fields, mappedAccounts: [] }
      const worker: NewRecord = { kind: 'worker', id: viewer.id, fields }
      const one = await TestServer.start({ records: [worker, ...make(seen)] })
      const other = await TestServer.start({ records: [worker, ...make(seen)] })
      try {
        const mapped = { mappedAccounts: viewer.id === 'mapped' ? seen.map(({ id }) => id) : [] }
        for (const server of [one, other]) await server.change('worker', viewer.id, mapped)
        await createAll(other.organisation.gate, make(hidden))
        const change = async (phone: string) => {
          for (const { which, to, phone: value } of changes) {
            const target = hidden[which % Math.max(1, hidden.length)]
            if (target === undefined || viewer.sees(to, target.id)) continue
            const repCodes = to.code === null ? [] : [to.code]
            const { country } = to
            await other.change('account', target.id, { repCodes, country, phone: `${value}${phone}` })
            await other.change('contact', `contact-${target.index}`, { phone: `${value}${phone}` })
          }
        }
        const devices = [await connected(one, viewer), await connected(other, viewer)] as const
        await change('1')
        await settled(one, viewer, devices[0], '1')
        await settled(other, viewer, devices[1], '1')
        const live = devices.map((device) => withoutNumbers(toldOverLink(device)))
        expect(live[1]).toEqual(live[0])

        for (const device of devices) device.cut()
        await change('2')
        const again = [
          await connected(one, viewer, devices[0].memory),
          await connected(other, viewer, devices[1].memory),
        ] as const
        await settled(one, viewer, again[0], '2')
        await settled(other, viewer, again[1], '2')
        const back = again.map((device) => withoutNumbers(toldOverLink(device)))
        expect(back[1]).toEqual(back[0])

        const http = [
          await toldOverHttp(one, viewer.id, places.length),
          await toldOverHttp(other, viewer.id, places.length),
        ]
        expect(withoutNumbers(http[1] ?? [])).toEqual(withoutNumbers(http[0] ?? []))
      } finally {
        await one.close()
        await other.close()
      }
    }),
    histories(6),
  )
}, 600_000)

/** The worker's own record was changed after hidden ones: its number is one of the journal's. */
function withoutNumbers(told: readonly unknown[]): readonly unknown[] {
  const text = JSON.stringify(told).replaceAll(/(\\*"(?:seq|policyVersion)\\*":)\d+/gu, '$10')
  return JSON.parse(text) as unknown[]
}
