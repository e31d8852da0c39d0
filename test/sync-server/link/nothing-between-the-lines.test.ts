/**
 * Nothing between the lines (S9, GATE 34), on sockets: two workers with equal rights do the same things, one to records
 * that are hidden from both, the other to records that do not exist, and are answered alike from the first to the last.
 *
 * rhea and rae reach oak and ash by code 275; elm, with dora, is eve's. wilma and wanda manage workers. What no one has is called `nix`.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Write } from '../../../core/documents/author-change.ts'
import type { VerdictMessage } from '../../../core/protocol/verdict.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

const rep = (id: string, rights: readonly string[] = []) => ({
  kind: 'worker' as const,
  id,
  fields: {
    username: id,
    firstName: id,
    accountsQueryType: 'rep',
    repCodes: ['275'],
    rights,
    groups: [{ id: 'sales-rep', from: null, until: null }],
  },
})

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({
    records: [
      rep('rae'),
      rep('wilma', ['settings.workers']),
      rep('wanda', ['settings.workers']),
      {
        kind: 'group',
        id: 'secret',
        fields: { code: 'secret', name: 'Secret', type: 'user', enabled: true },
      },
      { kind: 'contact', id: 'dean', fields: { accountId: 'elm', lastName: 'Dean', externalId: 'C-1' } },
      { kind: 'contact', id: 'carl', fields: { accountId: 'oak', lastName: 'Carr', externalId: 'C-2' } },
    ],
  })
})
afterEach(() => server.close())

/** One thing done on the link, to the record called `name`. */
interface Step {
  readonly kind: Kind
  readonly id: string
  readonly writes: readonly Write[]
  readonly creates?: boolean
}

/** Without ids that are made anew, clocks of the device and numbers of the journal: own edits take some, too. */
function withoutNumbers(verdict: VerdictMessage): string {
  if (verdict.outcome !== 'refused') return JSON.stringify({ ...verdict, edit: 'E', seq: 0 })
  const filler = verdict.filler === null ? null : verdict.filler.length
  return JSON.stringify({ ...verdict, edit: 'E', seq: 0, filler, quarantine: 'Q' })
}

const wordOf = (name: string) => new RegExp(`(?<![\\w.])${name}(?![\\w.])`, 'gu')

/** The answers to a script, one after the other, with what differs by nature called alike. */
async function answers(worker: string, name: string, script: (name: string) => readonly Step[]) {
  const device = await TestDevice.connect(server, worker)
  await device.caughtUp(server)
  const told: unknown[] = []
  for (const { kind, id, writes, creates = false } of script(name)) {
    const verdict = await device.verdict(device.edit(kind, id, writes, { creates }))
    told.push(JSON.parse(withoutNumbers(verdict).replaceAll(wordOf(name), 'X')))
  }
  device.cut()
  return told as readonly Record<string, unknown>[]
}

const codes = (told: readonly Record<string, unknown>[]) =>
  told.map(
    ({ outcome, reasons }) => (reasons as { code: string }[] | undefined)?.[0]?.code ?? String(outcome),
  )

/** Answers alike for the hidden and the missing; returns the codes. */
async function expectAlike(
  [one, other]: readonly [string, string],
  [hidden, missing]: readonly [string, string],
  script: (name: string) => readonly Step[],
): Promise<readonly string[]> {
  const toHidden = await answers(one, hidden, script)
  const toMissing = await answers(other, missing, script)
  expect(toHidden).toEqual(toMissing)
  return codes(toHidden)
}

const reps = ['rhea', 'rae'] as const
const notFound = 'not-found-or-out-of-scope'

describe('[S9] on the link', () => {
  test('an edit, and what builds on having been refused', async () => {
    const edit = (name: string): Step => ({
      kind: 'account',
      id: name,
      writes: [{ field: 'phone', value: '1' }],
    })
    const contact = (name: string, id: string): Step => ({
      kind: 'contact',
      id,
      creates: true,
      writes: [
        { field: 'accountId', value: name },
        { field: 'lastName', value: 'New' },
        { field: 'active', value: true },
      ],
    })
    const script = (name: string) => [
      edit(name),
      edit(name),
      contact(name, 'new-1'),
      edit(name),
      contact(name, 'new-2'),
    ]
    expect(await expectAlike(reps, ['elm', 'nix'], script)).toEqual([
      notFound,
      notFound,
      'parent-not-found',
      notFound,
      'parent-not-found',
    ])
    expect(codes(await answers('rhea', 'oak', (name) => [edit(name), contact(name, 'new-3')]))).toEqual([
      'merged',
      'merged',
    ])
  })

  test('[D13] what builds on a creation that was refused still says so', async () => {
    const made = (name: string): Step => ({
      kind: 'account',
      id: name,
      creates: true,
      writes: [{ field: 'name', value: 'New' }],
    })
    const script = (name: string): Step[] => [
      made(name),
      { kind: 'account', id: name, writes: [{ field: 'phone', value: '1' }] },
    ]
    expect(codes(await answers('rhea', 'fresh', script))).toEqual(['not-held', 'depends-on-refused'])
  })

  test('[D1] a creation under an id that is taken, by who may not make any, in any shape', async () => {
    const script = (name: string): Step[] => [
      { kind: 'account', id: name, creates: true, writes: [{ field: 'name', value: 'New' }] },
      { kind: 'account', id: name, creates: true, writes: [{ field: 'no-such-field', value: 1 }] },
      { kind: 'worker', id: name, creates: true, writes: [{ field: 'username', value: 'new' }] },
    ]
    expect(await expectAlike(reps, ['elm', 'nix'], script)).toEqual(['not-held', 'not-held', 'not-held'])
    expect((await expectAlike(reps, ['max', 'nix'], script)).at(-1)).toBe('not-held')
  })

  test.each([true, false])('[D1] bytes that are no update, creating: %s', async (creates) => {
    const garbage = async (worker: string, name: string) => {
      const device = await TestDevice.connect(server, worker)
      await device.caughtUp(server)
      const edit = device.edit('account', name, [{ field: 'name', value: 'New' }], { creates })
      await device.verdict(edit)
      edit.verdict = null
      const again = { ...edit, body: { ...edit.body, edit: randomUUID() } }
      device.memory.edits.push({ ...again, id: again.body.edit })
      device.push({ body: again.body, update: new Uint8Array([255, 255, 1]) })
      const verdict = await eventually(() => device.memory.edits.at(-1)?.verdict)
      device.cut()
      return withoutNumbers(verdict).replaceAll(wordOf(name), 'X')
    }
    const hidden = await garbage('rhea', 'elm')
    expect(hidden).toBe(await garbage('rae', 'nix'))
    expect(hidden).toContain('refused')
    // Who may read it is told what is wrong with them: another lease, under which to write anew.
    expect(await garbage('rhea', 'oak')).toContain(creates ? 'refused' : 'rewrite')
  })

  test('[P22] a House Contact, by who makes contacts', async () => {
    const script = (name: string): Step[] => [
      { kind: 'contact', id: `house-${name}`, creates: true, writes: [{ field: 'lastName', value: 'Mine' }] },
      { kind: 'contact', id: `house-${name}`, writes: [{ field: 'lastName', value: 'Mine' }] },
    ]
    const [made] = await expectAlike(reps, ['elm', 'nix'], script)
    expect(made).toBe('house-contact')
  })

  test('[S8] a colleague’s desk, whether they have one or not', async () => {
    const eve = await TestDevice.connect(server, 'eve')
    await eve.caughtUp(server)
    const own = eve.edit('desk', 'eve', [{ field: 'favourites/account%2Felm', value: true }], {
      creates: true,
    })
    expect((await eve.verdict(own)).outcome).toBe('merged')
    const script = (name: string): Step[] => [
      { kind: 'desk', id: name, writes: [{ field: 'favourites/account%2Foak', value: true }], creates: true },
      { kind: 'desk', id: name, writes: [{ field: 'favourites/account%2Foak', value: true }] },
    ]
    expect((await expectAlike(reps, ['eve', 'max'], script))[0]).toBe(notFound)
  })

  test('[P21] references from one’s own records', async () => {
    const script = (name: string): Step[] => [
      { kind: 'contact', id: 'cora', writes: [{ field: 'accountId', value: name }] },
      { kind: 'address', id: 'home', writes: [{ field: 'accountId', value: name }] },
      { kind: 'account', id: 'oak', writes: [{ field: 'parentId', value: name }] },
    ]
    expect(await expectAlike(reps, ['elm', 'nix'], script)).toEqual(Array(3).fill('parent-not-found'))
    const toContact = (name: string): Step[] => [
      { kind: 'address', id: 'home', writes: [{ field: 'contactId', value: name }] },
    ]
    expect(await expectAlike(reps, ['dora', 'nix'], toContact)).toEqual(['parent-not-found'])
    expect(codes(await answers('rhea', 'carl', toContact))).toEqual(['merged'])
  })

  test('[P21] references from a worker to accounts', async () => {
    const mapped = (name: string): Step[] => [
      { kind: 'worker', id: 'rhea', writes: [{ field: `mappedAccounts/${name}`, value: true }] },
    ]
    const managers = ['wilma', 'wanda'] as const
    expect(await expectAlike(managers, ['elm', 'nix'], mapped)).toEqual(['parent-not-found'])
    expect(codes(await answers('wilma', 'oak', mapped))).toEqual(['merged'])
  })

  test('[GATE 34] a value that is taken is taken, whoever has it: its holder is not told', async () => {
    const script = (name: string): Step[] => [
      { kind: 'contact', id: 'cora', writes: [{ field: 'externalId', value: name }] },
    ]
    expect(await expectAlike(reps, ['C-1', 'C-2'], script)).toEqual(['not-unique'])
  })
})

describe('[S9] in rooms', () => {
  /** Everything that a stock client is told before it is closed. */
  async function told(worker: string, room: string, name: string, field: string, value: unknown) {
    const [kind = '', id = ''] = room.split('/')
    const client = await server.room(worker, kind, id)
    await client.synced
    client.fields.set(field, value)
    const closed = await client.closed
    return JSON.stringify([closed, client.denied]).replaceAll(name, 'X')
  }

  test('a record is not there for who may not read it: closed alike, and before anything else', async () => {
    const closings = await Promise.all(
      ['account/elm', 'account/nix', 'contact/dora', 'desk/eve', 'worker/max', 'group/secret', 'nix/nix'].map(
        async (path) => (await server.raw(path, { worker: 'rhea' })).closed,
      ),
    )
    expect(new Set(closings.map((closed) => JSON.stringify(closed)))).toEqual(
      new Set([JSON.stringify({ code: 4404, reason: 'not-found' })]),
    )
    await (await server.room('rhea', 'account', 'oak')).synced
  })

  test('[P21] sentences and close codes about references', async () => {
    for (const [room, field] of [
      ['contact/cora', 'accountId'],
      ['account/oak', 'parentId'],
    ] as const) {
      const hidden = await told('rhea', room, 'elm', field, 'elm')
      expect(hidden).toBe(await told('rae', room, 'nix', field, 'nix'))
      expect(hidden).toContain('parent-not-found')
    }
  })
})
