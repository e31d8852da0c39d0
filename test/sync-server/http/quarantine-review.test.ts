/** Reviewing other people's refused edits: who may, what they see, and what comes of it (D18, D21, GATE 15). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Write } from '../../../core/documents/author-change.ts'
import { fieldKey } from '../../../core/documents/field-key.ts'
import type { MessageBody } from '../../../core/protocol/messages.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

interface Item {
  readonly id: string
  readonly record: string
  readonly worker: string
  readonly title: string | null
  readonly stands: readonly unknown[]
  readonly askedAt: string | null
  readonly beforePolicy: boolean | null
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[]
}

const edits = 'SU-ALLOW-ACCOUNT-EDITS'

let server: TestServer
let rhea: TestDevice
beforeEach(async () => {
  server = await TestServer.start()
  rhea = await TestDevice.connect(server, 'rhea')
  await rhea.caughtUp(server)
})
afterEach(() => server.close())

async function reviewed(worker: string): Promise<readonly Item[]> {
  const answer = await server.fetch('/api/quarantine?review=1', await server.signIn(worker))
  return ((await answer.json()) as { items: Item[] }).items
}

async function post(worker: string, id: string, what: string, body: unknown = {}) {
  const answer = await server.fetch(`/api/quarantine/${id}/${what}`, await server.signIn(worker), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    json: (text === '' ? {} : JSON.parse(text)) as {
      detail?: string
      reasons?: readonly { code: string }[]
    },
  }
}

const accept = (worker: string, id: string) => post(worker, id, 'accept')
const decline = (worker: string, id: string, word = 'Not now.') => post(worker, id, 'decline', { word })

/** The reps lose a right, unless another group is named; what they then write is refused. */
async function takeRight(feature = edits, group = 'sales-rep'): Promise<void> {
  await server.organisation.gate.submit({
    type: 'writes',
    author: { type: 'operator' },
    via: 'operator',
    record: { kind: 'group', id: group },
    creates: false,
    writes: [{ field: fieldKey('features', feature), value: 'deny' }],
  })
}

async function refused(
  kind: Kind,
  id: string,
  writes: readonly Write[],
  options: Partial<MessageBody<'push'>> = {},
): Promise<string> {
  const verdict = await rhea.verdict(rhea.edit(kind, id, writes, options))
  if (verdict.outcome !== 'refused' || verdict.quarantine === null) throw new Error('not refused')
  return verdict.quarantine
}

const phone: readonly Write[] = [{ field: 'phone', value: '555 0199' }]

describe('[D21] who may review a refused edit', () => {
  test('who may write all of it now: not its author, not who is out of scope, not who lacks the right', async () => {
    await takeRight()
    const id = await refused('account', 'oak', phone)
    for (const worker of ['max', 'ada']) expect((await reviewed(worker)).map((item) => item.id)).toEqual([id])
    for (const worker of ['rhea', 'eve']) {
      expect(await reviewed(worker)).toEqual([])
      const missing = await accept(worker, 'nix')
      expect(missing.status).toBe(404)
      expect(await accept(worker, id)).toEqual(missing)
      expect(await decline(worker, id)).toEqual(await decline(worker, 'nix'))
    }
    await takeRight(edits, 'sales-manager')
    expect(await reviewed('max')).toEqual([])
    expect((await accept('max', id)).status).toBe(404)
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
  })

  test('every field counts: rep codes are the import’s, so that only a full administrator may take the edit', async () => {
    const id = await refused('account', 'oak', [...phone, { field: 'repCodes/281', value: true }])
    expect(await reviewed('max')).toEqual([])
    expect((await accept('max', id)).status).toBe(404)
    expect((await reviewed('ada')).map((item) => item.id)).toEqual([id])
  })

  test('[GATE 15] shown are claim, what stands now and the name; gone when the record is hidden', async () => {
    await takeRight()
    await refused('account', 'oak', phone)
    await server.change('account', 'oak', { phone: '555 0111' })
    expect(await reviewed('max')).toMatchObject([
      {
        record: 'account/oak',
        worker: 'rhea',
        title: 'Oak Ltd',
        changes: [{ field: 'phone', old: '555 0100', new: '555 0199' }],
        stands: ['555 0111'],
        askedAt: null,
      },
    ])
    // A manager reaches what reports reach.
    await server.change('worker', 'rhea', { managerId: null })
    await server.change('worker', 'max', { accountsQueryType: 'rep', repCodes: ['276'] })
    expect(await reviewed('max')).toEqual([])
  })

  test('written before the right went or after, as the device’s clock has it; unknown where no right went', async () => {
    rhea.cut()
    const { memory } = rhea
    const { now } = server.clock
    await takeRight()
    rhea = await TestDevice.connect(server, 'rhea', { memory })
    await rhea.caughtUp(server)
    await refused('account', 'oak', phone, { policyVersion: 1, writtenAt: now - 1_000 })
    await refused('account', 'oak', phone, { policyVersion: 1, writtenAt: now + 1_000 })
    const { number } = await server.organisation.storage.head()
    await refused('account', 'ash', phone, { policyVersion: number, writtenAt: now - 1_000 })
    await refused('contact', 'cora', [{ field: 'email', value: 'no address' }])
    const marks = (await reviewed('max')).map(({ record, beforePolicy }) => [record, beforePolicy])
    expect(marks).toEqual([
      ['contact/cora', null],
      ['account/ash', false],
      ['account/oak', false],
      ['account/oak', true],
    ])
  })
})

describe('[D21] accepting', () => {
  test('is a new edit of the reviewer’s that names the old one; the entry is settled with it, once', async () => {
    await takeRight()
    const id = await refused('account', 'oak', [
      ...phone,
      { field: 'text:notes', value: 'Since 1990. Closed on Mondays.' },
    ])
    expect((await accept('max', id)).status).toBe(200)
    const row = await server.row('account', 'oak')
    expect([row?.phone, row?.notes]).toEqual(['555 0199', 'Since 1990. Closed on Mondays.'])
    const [entry] = await server.organisation.storage.journalOf({ kind: 'account', id: 'oak' }, 1)
    expect(entry).toMatchObject({ author: 'max', via: 'review', accepts: id })
    expect((await server.organisation.storage.quarantineEntry(id))?.settled).toMatchObject({
      by: 'max',
      how: 'accepted',
    })
    expect(await reviewed('ada')).toEqual([])
    const again = await accept('ada', id)
    expect([again.status, again.json.detail]).toEqual([409, 'Max Meyer accepted this edit already.'])
    expect((await decline('ada', id)).status).toBe(409)
    expect((await post('rhea', id, 'discard')).status).toBe(409)
  })

  test('of two at once only one settles it', async () => {
    await takeRight()
    const id = await refused('account', 'oak', phone)
    const answers = await Promise.all([accept('max', id), decline('ada', id), post('rhea', id, 'discard')])
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2)
  })

  test('is refused with the gate’s own reasons, and stays open', async () => {
    const id = await refused('contact', 'cora', [{ field: 'email', value: 'no address' }])
    const answer = await accept('max', id)
    expect([answer.status, answer.json.reasons?.[0]?.code]).toEqual([422, 'value-invalid'])
    expect(await reviewed('max')).toHaveLength(1)
  })

  test('of what its author has written anew is too late; what is refused again stands in its place', async () => {
    await takeRight()
    const edit = rhea.edit('account', 'oak', phone)
    await rhea.verdict(edit)
    const again = await refused('account', 'oak', [{ field: 'phone', value: '555 0198' }], {
      replaces: edit.id,
    })
    await eventually(async () => (await reviewed('max')).length === 1)
    expect((await reviewed('max')).map((item) => item.id)).toEqual([again])
  })

  test('of what stands already settles it and writes nothing', async () => {
    await takeRight()
    const id = await refused('account', 'oak', phone)
    await server.change('account', 'oak', { phone: '555 0199' })
    const { number } = await server.organisation.storage.head()
    expect((await accept('max', id)).status).toBe(200)
    expect((await server.organisation.storage.head()).number).toBe(number)
    expect(await reviewed('max')).toEqual([])
  })

  test('of a creation makes the record with its id, on which its author goes on', async () => {
    await takeRight('SU-ALLOW-CUSTOMER-ADD-EDITS')
    const id = await refused('contact', 'zoe', [
      { field: 'accountId', value: 'oak' },
      { field: 'firstName', value: 'Zoe' },
      { field: 'lastName', value: 'Zorn' },
    ])
    expect((await reviewed('max'))[0]).toMatchObject({ record: 'contact/zoe', title: null })
    expect(await reviewed('eve')).toEqual([])
    expect((await accept('max', id)).status).toBe(200)
    expect(await server.row('contact', 'zoe')).toMatchObject({ firstName: 'Zoe', accountId: 'oak' })
  })

  test('a text typed in a room, of which only that is kept, cannot be accepted', async () => {
    await takeRight()
    const room = await server.room('rhea', 'account', 'oak')
    await room.synced
    room.doc.getText('text:notes').insert(0, 'y')
    await room.closed
    const [item] = await reviewed('max')
    expect((await accept('max', item?.id ?? '')).status).toBe(422)
    expect((await server.row('account', 'oak'))?.notes).toBe('Since 1990.')
  })
})

describe('[D21] declining, and asking', () => {
  test('takes a word, which stays with the entry', async () => {
    await takeRight()
    const id = await refused('account', 'oak', phone)
    for (const word of ['', '   ', 'x'.repeat(501)]) expect((await decline('max', id, word)).status).toBe(400)
    expect((await decline('max', id, ' Ask me in May. ')).status).toBe(204)
    expect((await server.organisation.storage.quarantineEntry(id))?.settled).toMatchObject({
      by: 'max',
      how: 'declined',
      word: 'Ask me in May.',
    })
    expect((await accept('max', id)).json.detail).toBe('Max Meyer declined this edit already.')
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
  })

  test('what its author asked for comes first and says so; nobody else can ask for it', async () => {
    await takeRight()
    const first = await refused('account', 'oak', phone)
    const second = await refused('account', 'ash', phone)
    expect((await reviewed('max')).map((item) => item.id)).toEqual([second, first])
    expect(await post('eve', first, 'ask')).toEqual(await post('eve', 'nix', 'ask'))
    expect((await post('rhea', first, 'ask')).status).toBe(204)
    const items = await reviewed('max')
    expect(items.map((item) => item.id)).toEqual([first, second])
    expect(items.map((item) => item.askedAt !== null)).toEqual([true, false])
    await decline('max', first)
    expect((await post('rhea', first, 'ask')).status).toBe(409)
  })
})

describe('[D21] the author’s device learns of it', () => {
  const told = (device: TestDevice) => device.bodies('settled').flatMap(({ reviewed: items }) => items)

  test('at once where it is connected; another worker’s device hears nothing', async () => {
    await takeRight()
    const eve = await TestDevice.connect(server, 'eve')
    await eve.caughtUp(server)
    const [one, other] = [await refused('account', 'oak', phone), await refused('account', 'ash', phone)]
    await accept('max', one)
    await decline('max', other, 'Ask me in May.')
    await eventually(() => told(rhea).length === 2)
    expect(told(rhea)).toMatchObject([
      { quarantine: one, how: 'accepted', by: 'max', word: null },
      { quarantine: other, how: 'declined', by: 'max', word: 'Ask me in May.' },
    ])
    expect(told(eve)).toEqual([])
  })

  test('at its next hello otherwise, for what it names and is its own', async () => {
    await takeRight()
    const [one, open] = [await refused('account', 'oak', phone), await refused('account', 'ash', phone)]
    const { memory } = rhea
    rhea.cut()
    await decline('max', one, 'Ask me in May.')
    const quarantined = [one, open, 'nix']
    const back = await TestDevice.connect(server, 'rhea', { memory, hello: { quarantined } })
    await eventually(() => told(back).length > 0)
    expect(told(back).map(({ quarantine }) => quarantine)).toEqual([one])

    const eve = await TestDevice.connect(server, 'eve', { hello: { quarantined } })
    await eve.caughtUp(server)
    await server.change('account', 'elm', { phone: '1' })
    await eve.caughtUp(server)
    expect(told(eve)).toEqual([])
  })
})
