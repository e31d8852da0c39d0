/** What a feed sends when commits fall into the middle of its loading: a storage that waits for the test (L3, L5). */
import * as decoding from 'lib0/decoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Message, readMessage } from '../../../core/protocol/messages.ts'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { holds } from '../../../sync-server/link/device-scope.ts'
import { viewOf } from '../../../sync-server/link/reach.ts'
import { Feed } from '../../../sync-server/link/send-feed.ts'
import type { AccountRows } from '../../../sync-server/link/visibility.ts'
import type { Storage } from '../../../sync-server/storage/storage.ts'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
let messages: Message[]
let feed: Feed
/** Runs once, when the next records have been read and before the feed has them. */
let inBetween: (() => Promise<unknown>) | null

beforeEach(async () => {
  server = await TestServer.start()
  messages = []
  inBetween = null
  const { storage, policy, gate } = server.organisation
  const waiting: Storage = Object.assign(Object.create(storage) as Storage, {
    async feed(query: Parameters<Storage['feed']>[0]) {
      const records = await storage.feed(query)
      const now = inBetween
      inBetween = null
      await now?.()
      return records
    },
  })
  const view = viewOf(policy.principalOf('rhea'))
  feed = new Feed({
    storage: waiting,
    send: (frame) => {
      const message = messageOf(frame)
      messages.push(message)
      if (message.name === 'feed' || message.name === 'revoke') feed.received(message.body.page)
    },
    save: async () => {},
    onError: (error) => {
      throw error
    },
    view,
    number: 0,
    scope: holds(view.scope),
    confirmed: null,
  })
  gate.onCommitted((batch) => {
    if (batch.policy !== null) feed.changeView(viewOf(policy.principalOf('rhea')))
    const accounts: AccountRows = new Map(
      batch.changes.flatMap(({ record, rowBefore, row }) =>
        record.kind === 'account' ? [[record.id, { before: rowBefore, after: row }]] : [],
      ),
    )
    for (const change of batch.changes) feed.note(change, accounts)
  })
})
afterEach(async () => {
  feed.stop()
  await server.close()
})

function messageOf(frame: Uint8Array): Message {
  const decoder = decoding.createDecoder(frame)
  const message = readMessage(decoding.readVarUint(decoder), decoder)
  if (message === null) throw new Error('no message of ours')
  return message
}

/** What has been sent, in order: `+account/oak 12` for a row with its number, `-account/oak` for a revoke. */
const told = () =>
  messages.flatMap((message) => {
    if (message.name === 'feed')
      return message.body.records.map(({ row }) => `+${recordKey(row.kind, row.id)} ${row.seq}`)
    return message.name === 'revoke'
      ? message.body.records.map(({ kind, id }) => `-${recordKey(kind, id)}`)
      : []
  })
const lastAbout = (key: string) => told().findLast((line) => line.slice(1).split(' ')[0] === key)

async function upToDate(): Promise<void> {
  const { number } = await server.organisation.storage.head()
  await eventually(() =>
    messages.some((message) => message.name === 'feed' && (message.body.upTo?.number ?? 0) >= number),
  )
}

describe('a commit in the middle of a load', () => {
  it('that changes a record is not missed, and the row read before it is not sent after it', async () => {
    inBetween = () => server.change('account', 'oak', { phone: 'in between' })
    await feed.prepare()
    feed.start()
    await upToDate()
    const row = await server.row('account', 'oak')
    expect(told().filter((line) => line.startsWith('+account/oak '))).toEqual([`+account/oak ${row?.seq}`])
  })

  it('of a record that no page was to bring is not missed either', async () => {
    feed.start()
    await upToDate()
    // Something to load for, and a change while it is loaded.
    inBetween = () => server.change('account', 'ash', { phone: 'in between' })
    await server.change('account', 'fir', { name: 'Fir', repCodes: ['275'] })
    await upToDate()
    expect(lastAbout('account/ash')).toBe(`+account/ash ${(await server.row('account', 'ash'))?.seq}`)
    expect(lastAbout('account/fir')).toBeDefined()
  })

  it('[L5] that takes a record away: nothing of it is sent any more', async () => {
    inBetween = () => server.change('account', 'oak', { repCodes: ['276'] })
    feed.start()
    await eventually(() => lastAbout('account/ash') !== undefined)
    expect(told().filter((line) => line.startsWith('+account/oak '))).toEqual([])
    await server.change('account', 'ash', { phone: 'fence' })
    await upToDate()
    for (const key of ['account/oak', 'contact/cora', 'address/home']) expect(lastAbout(key)).toBe(`-${key}`)
  })

  it('[L5] that takes rights away: nothing that was read under them is sent', async () => {
    inBetween = () => server.change('worker', 'rhea', { repCodes: ['276'] })
    feed.start()
    await eventually(() => lastAbout('account/elm') !== undefined)
    expect(told().filter((line) => /^\+(account\/(oak|ash)|contact\/cora) /.test(line))).toEqual([])
  })
})

describe('going live', () => {
  it('passes commits on without loading, and catches up when a record comes into reach', async () => {
    feed.start()
    await upToDate()
    let loads = 0
    inBetween = async () => void loads++
    await server.change('account', 'oak', { phone: 'live' })
    await upToDate()
    expect(loads).toBe(0)
    await server.change('account', 'elm', { repCodes: ['275'] })
    await upToDate()
    expect(loads).toBe(1)
    expect(lastAbout('account/elm')).toBe(`+account/elm ${(await server.row('account', 'elm'))?.seq}`)
  })
})
