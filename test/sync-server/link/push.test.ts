/** Pushes and their verdicts: every edit ends merged or refused-and-kept, over real sockets (D2, D12-D14, L2). */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type Edit, TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
let rhea: TestDevice
beforeEach(async () => {
  server = await TestServer.start()
  rhea = await TestDevice.connect(server, 'rhea')
  await rhea.caughtUp(server)
})
afterEach(() => server.close())

const write = (field: string, value: string | number | boolean | null) => [{ field, value }]

describe('an edit that is allowed', () => {
  it('is merged, and its bytes come by the feed before the verdict', async () => {
    const edit = rhea.edit('account', 'oak', write('phone', '555 0111'))
    const verdict = await rhea.verdict(edit)
    const row = await server.row('account', 'oak')
    expect(verdict).toEqual({
      outcome: 'merged',
      edit: edit.id,
      record: { kind: 'account', id: 'oak' },
      seq: row?.seq,
    })
    expect(row).toMatchObject({ phone: '555 0111' })
    expect(rhea.doc('account', 'oak').getMap('fields').get('phone')).toBe('555 0111')
    const names = rhea.messages.map(({ name }) => name)
    expect(names.slice(-2)).toEqual(['feed', 'verdict'])
  })

  it('reaches other devices and rooms', async () => {
    const max = await TestDevice.connect(server, 'max')
    const room = await server.room('max', 'account', 'oak')
    await Promise.all([max.caughtUp(server), room.synced])
    rhea.edit('account', 'oak', write('phone', '1'))
    await eventually(() => room.fields.get('phone') === '1')
    await max.caughtUp(server)
    expect(max.row('account', 'oak')).toMatchObject({ phone: '1' })
  })

  it('makes a record, and what hangs on it, one right after the other', async () => {
    const id = randomUUID()
    rhea.edit('contact', id, [
      { field: 'accountId', value: 'oak' },
      { field: 'firstName', value: 'Nina' },
      { field: 'active', value: true },
    ])
    const second = rhea.edit('contact', id, write('lastName', 'North'))
    expect(await rhea.verdict(second)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('contact', id)).toMatchObject({ firstName: 'Nina', lastName: 'North' })
  })

  it('makes the worker’s own desk', async () => {
    const edit = rhea.edit('desk', 'rhea', write('theme', 'dark'))
    expect(await rhea.verdict(edit)).toMatchObject({ outcome: 'merged' })
    await eventually(() => rhea.row('desk', 'rhea')?.theme === 'dark')
  })
})

describe('an edit that is not', () => {
  it('[D12] is refused with reasons and a filler, kept whole, and the next independent edit merges', async () => {
    const refused = rhea.edit('account', 'oak', write('repCodes/999', true))
    const verdict = await rhea.verdict(refused)
    expect(verdict).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'import-owned' }],
      filler: { client: rhea.memory.lease, length: 1 },
    })
    const [entry] = await server.organisation.storage.quarantine({ workerId: 'rhea', limit: 10 })
    expect(entry).toMatchObject({
      editId: refused.id,
      changes: [{ field: 'repCodes/999', old: null, new: true }],
    })
    expect(verdict.outcome === 'refused' && verdict.quarantine).toBe(entry?.id)

    const next = rhea.edit('account', 'oak', write('phone', 'independent'))
    expect(await rhea.verdict(next)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('account', 'oak')).toMatchObject({ phone: 'independent', repCodes: ['275'] })
  })

  it('[D14] takes along what was built on it before it was answered, and nothing else', async () => {
    const first = rhea.edit('account', 'oak', write('aId', 'X'))
    const builtOnIt = rhea.edit('account', 'oak', write('aId', 'Y'))
    const independent = rhea.edit('account', 'oak', write('phone', 'kept'))
    expect(await rhea.verdict(first)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'import-owned' }],
    })
    expect(await rhea.verdict(builtOnIt)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'depends-on-refused' }],
    })
    expect(await rhea.verdict(independent)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('account', 'oak')).toMatchObject({ aId: 'A-1', phone: 'kept' })
  })

  it('[S9] out of scope is told like what does not exist', async () => {
    const { storage } = server.organisation
    const elm = (await storage.load([{ kind: 'account', id: 'elm' }])).get('account/elm')
    if (elm === undefined) throw new Error('elm is there')
    rhea.memory.records.set('account/elm', elm)
    const hidden = await rhea.verdict(rhea.edit('account', 'elm', write('phone', '1')))
    rhea.memory.records.set('account/none', { ...elm, row: { ...elm.row, id: 'none' } })
    const missing = await rhea.verdict(rhea.edit('account', 'none', write('phone', '1')))
    const told = (verdict: typeof hidden) =>
      verdict.outcome === 'refused' && { ...verdict, edit: '', record: null, quarantine: null, at: 0, seq: 0 }
    expect(hidden).toMatchObject({ outcome: 'refused', reasons: [{ code: 'not-found-or-out-of-scope' }] })
    expect(told(hidden)).toEqual(told(missing))
    expect(await server.row('account', 'elm')).toEqual(elm.row)
  })

  it('a right that was taken away while the edit was on its way counts', async () => {
    await server.change('group', 'sales-rep', { features: { 'crm.accounts.view': 'allow' } })
    expect(await rhea.verdict(rhea.edit('account', 'oak', write('phone', '2')))).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'not-held', feature: 'SU-ALLOW-ACCOUNT-EDITS' }],
    })
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '555 0100' })
  })
})

describe('a verdict', () => {
  it('[D2] that was lost is given again, the same, and nothing is done twice', async () => {
    const merged = rhea.edit('account', 'oak', write('phone', '3'))
    const refused = rhea.edit('account', 'oak', write('repCodes/1', true))
    const verdicts = [await rhea.verdict(merged), await rhea.verdict(refused)]
    rhea.cut()
    const head = await server.organisation.storage.head()

    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    await again.welcome
    for (const edit of [merged, refused]) {
      edit.verdict = null
      again.push(edit)
    }
    expect([await again.verdict(merged), await again.verdict(refused)]).toEqual(verdicts)
    expect(await server.organisation.storage.head()).toEqual(head)
    expect(await server.organisation.storage.quarantine({ workerId: 'rhea', limit: 10 })).toHaveLength(1)
  })
})

describe('a violation [D13]', () => {
  it('burns the lease once, whatever follows was written under it, and the edit written anew merges', async () => {
    const burnt = rhea.memory.lease
    const gap = rhea.edit('account', 'oak', write('phone', 'never sent'), {})
    await rhea.verdict(gap)
    const skipped = rhea.edit('account', 'ash', write('phone', 'a'))
    await rhea.verdict(skipped)

    // Clocks that leave a gap: the edit between them is thrown away before it is sent.
    const record = 'account/oak'
    const lost: Edit = { ...gap, id: randomUUID(), record, verdict: null }
    const notSent = authorOnly(rhea, 'phone', 'lost')
    rhea.memory.edits.push({ ...lost, update: notSent })
    const broken = rhea.edit('account', 'oak', write('phone', 'broken'))
    const behind = rhea.edit('account', 'oak', write('specialty', 'behind'))
    const [one, two] = [await rhea.verdict(broken), await rhea.verdict(behind)]
    expect(one).toMatchObject({ outcome: 'rewrite' })
    expect(two).toMatchObject({ outcome: 'rewrite' })
    const { lease } = rhea.memory
    expect(lease).not.toBe(burnt)
    expect(one.outcome === 'rewrite' && one.lease).toBe(lease)
    expect(two.outcome === 'rewrite' && two.lease).toBe(lease)
    expect((await server.organisation.storage.leases([burnt, lease])).get(burnt)?.burnt).toBe(true)

    rhea.memory.edits.length = 0
    const anew = rhea.edit('account', 'oak', write('phone', 'anew'), { replaces: broken.id })
    expect(await rhea.verdict(anew)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('account', 'oak')).toMatchObject({ phone: 'anew' })

    rhea.cut()
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    expect(await again.welcome).toMatchObject({ lease })
  })

  it('an edit id with other bytes is one', async () => {
    const edit = rhea.edit('account', 'oak', write('phone', '1'))
    await rhea.verdict(edit)
    edit.verdict = null
    const other = rhea.edit('account', 'oak', write('phone', '2'), { edit: edit.id })
    expect(await eventually(() => edit.verdict)).toMatchObject({ outcome: 'rewrite' })
    expect(other.id).toBe(edit.id)
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '1' })
  })

  it('another device’s lease is one, and does not burn the other’s', async () => {
    const other = await TestDevice.connect(server, 'rhea')
    await other.caughtUp(server)
    const { lease } = rhea.memory
    rhea.memory.lease = other.memory.lease
    expect(await rhea.verdict(rhea.edit('account', 'oak', write('phone', '1')))).toMatchObject({
      outcome: 'rewrite',
    })
    expect(rhea.memory.lease).not.toBe(lease)
    expect(await other.verdict(other.edit('account', 'oak', write('phone', '2')))).toMatchObject({
      outcome: 'merged',
    })
  })
})

describe('what is no message', () => {
  it('closes with 4400: before hello, twice hello, server’s messages, other rooms', async () => {
    const early = await server.raw('desk/rhea', { worker: 'rhea' })
    await early.opened
    early.socket.send(new Uint8Array([67, 10, ...Buffer.from('{"page":1}'), 0]))
    expect(await early.closed).toEqual({ code: 4400, reason: 'hello-first' })

    const twice = await TestDevice.connect(server, 'max')
    await twice.welcome
    const { number, chain, history, scopeHash, policyVersion, device } = twice.memory
    twice.send('hello', {
      protocol: 1,
      worker: 'max',
      device,
      number,
      chain,
      history,
      scopeHash,
      policyVersion,
      unsent: { total: 0, edits: [] },
      quarantined: [],
    })
    expect(await twice.closed).toEqual({ code: 4400, reason: 'hello-twice' })

    rhea.send('revoke', { records: [], page: 1 })
    expect(await rhea.closed).toEqual({ code: 4400, reason: 'unknown-message' })

    const elsewhere = await server.raw('account/oak', { worker: 'rhea' })
    await elsewhere.opened
    elsewhere.socket.send(new Uint8Array([67, 10, ...Buffer.from('{"page":1}'), 0]))
    expect((await elsewhere.closed).code).toBe(4400)
  })

  it('the desk’s room speaks plain y-websocket beside the link', async () => {
    const room = await server.room('rhea', 'desk', 'rhea')
    await room.synced
    room.fields.set('theme', 'light')
    await eventually(() => rhea.row('desk', 'rhea') !== null)
    expect(rhea.row('desk', 'rhea')).toMatchObject({ theme: 'light' })
  })
})

/** An update of the device that it never sends. */
function authorOnly(device: TestDevice, field: string, value: string): Uint8Array {
  const before = device.memory.edits.length
  const push = device.push.bind(device)
  device.push = () => {}
  const { update } = device.edit('account', 'oak', write(field, value))
  device.push = push
  device.memory.edits.length = before
  return update
}
