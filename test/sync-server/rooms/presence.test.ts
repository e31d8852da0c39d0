/** Presence: each socket speaks for itself, and carries the worker that the server knows (L13, GATE 21). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { AWARENESS_BYTES_MAX, AWARENESS_PER_SECOND } from '../../../core/protocol/limits.ts'
import { createRoomAwareness } from '../../../sync-server/rooms/awareness.ts'
import { presenceFrame, readFrame } from '../../../sync-server/rooms/frames.ts'
import { readPresence, stampPresence, writePresence } from '../../../sync-server/rooms/presence.ts'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'

describe('in a room', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await TestServer.start()
  })
  afterEach(() => server.close())

  it('[L13] shows the worker that the server knows, whatever the client claims', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    const max = await server.room('max', 'account', 'oak')
    await Promise.all([rhea.synced, max.synced])
    const { awareness } = rhea.provider
    awareness.setLocalStateField('worker', { id: 'ada', name: 'Ada Adams' })
    awareness.setLocalStateField('user', { id: 'ada', name: 'Ada Adams', color: '#30bced', html: '<b>' })
    awareness.setLocalStateField('field', 'phone')
    awareness.setLocalStateField('anything', 'else')

    const seen = () => max.provider.awareness.getStates().get(rhea.doc.clientID)
    await eventually(() => seen()?.['field'] === 'phone')
    expect(seen()).toEqual({
      worker: { id: 'rhea', name: 'Rhea Rossi' },
      user: { id: 'rhea', name: 'Rhea Rossi', color: '#30bced' },
      field: 'phone',
    })
  })

  it('is taken away when its socket goes, and nobody can take away another’s', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    const max = await server.room('max', 'account', 'oak')
    const intruder = await server.raw('account/oak', { worker: 'max' })
    await Promise.all([rhea.synced, max.synced, intruder.opened])
    rhea.provider.awareness.setLocalStateField('field', 'phone')
    const states = max.provider.awareness.getStates()
    const { clientID } = rhea.doc
    await eventually(() => states.has(clientID))

    const lie = { clientId: clientID, clock: 1_000, state: 'null' }
    intruder.socket.send(
      presenceFrame(writePresence([lie, { ...lie, clock: 1_001, state: '{"field":"name"}' }])),
    )
    rhea.provider.awareness.setLocalStateField('field', 'territory')
    await eventually(() => states.get(clientID)?.['field'] === 'territory')

    rhea.provider.disconnect()
    await eventually(() => !states.has(clientID))
    expect(intruder.socket.readyState).toBe(intruder.socket.OPEN)
  })

  it('comes to who joins later, and back to its sender with the clock it came with', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    await rhea.synced
    rhea.provider.awareness.setLocalStateField('field', 'phone')
    const late = await server.raw('account/oak', { worker: 'max' })
    const entry = await eventually(() =>
      late.frames.flatMap(entriesOf).find(({ clientId }) => clientId === rhea.doc.clientID),
    )
    expect(JSON.parse(entry.state)).toMatchObject({ worker: { id: 'rhea' } })

    const bare = await server.raw('account/oak', { worker: 'rhea' })
    await bare.opened
    bare.socket.send(presenceFrame(writePresence([{ clientId: 5, clock: 7, state: '{}' }])))
    const echo = await eventually(() => bare.frames.flatMap(entriesOf).find(({ clientId }) => clientId === 5))
    expect(echo.clock).toBe(7)
  })
})

it('[GATE 21] is told no more often than it may be; the last word of it is', async () => {
  const limited = await TestServer.start({ rate: 200 })
  const max = await limited.raw('account/oak', { worker: 'max' })
  const rhea = await limited.raw('account/oak', { worker: 'rhea' })
  await Promise.all([max.opened, rhea.opened])
  const told = () => max.frames.flatMap(entriesOf).filter(({ clientId }) => clientId === 5)
  for (let clock = 1; clock <= 3 * AWARENESS_PER_SECOND; clock++)
    rhea.socket.send(presenceFrame(writePresence([{ clientId: 5, clock, state: '{}' }])))
  await eventually(() => told().at(-1)?.clock === 3 * AWARENESS_PER_SECOND)
  expect(told().length).toBeLessThan(2 * AWARENESS_PER_SECOND)
  await limited.close()
})

function entriesOf(bytes: Uint8Array) {
  const frame = readFrame(bytes)
  return frame?.type === 'presence' ? (readPresence(frame.entries) ?? []) : []
}

describe('what is told on', () => {
  const worker = { id: 'rhea', name: 'Rhea Rossi' }

  it('keeps the positions of an editor’s cursor', () => {
    const text = new Y.Doc().getText('text:notes')
    const position = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, 0))
    const cursor = { anchor: position, head: position }
    const stamped = JSON.parse(stampPresence(JSON.stringify({ cursor }), worker) ?? 'null')
    expect(stamped.cursor).toEqual(JSON.parse(JSON.stringify(cursor)))
  })

  it('is nothing when it is too much, or no state', () => {
    const fits = JSON.stringify({ field: 'x'.repeat(400) })
    expect(stampPresence(fits, worker)).not.toBeNull()
    expect(stampPresence(JSON.stringify({ note: 'x'.repeat(AWARENESS_BYTES_MAX) }), worker)).toBeNull()
    for (const state of ['7', '"text"', '{', '']) expect(stampPresence(state, worker)).toBeNull()
  })
})

describe('who speaks for a clientID', () => {
  const rhea = { id: 's1', sessionId: 'rhea-session', worker: { id: 'rhea', name: 'Rhea' } }
  const eve = { id: 's2', sessionId: 'eve-session', worker: { id: 'eve', name: 'Eve' } }
  const entry = (clientId: number, clock: number, state = '{}') => ({ clientId, clock, state })

  it('is the first that uses it; the next socket of the same session takes over', () => {
    const awareness = createRoomAwareness()
    expect(awareness.take(rhea, [entry(1, 1)])).not.toBeNull()
    expect(awareness.take(eve, [entry(1, 2)])).toBeNull()
    const again = { ...rhea, id: 's3' }
    expect(awareness.take(again, [entry(1, 3)])).not.toBeNull()
    expect(awareness.leave(rhea)).toBeNull()
    expect(awareness.everybody()).not.toBeNull()
    expect(awareness.leave(again)).not.toBeNull()
    expect(awareness.everybody()).toBeNull()
  })

  it('stays its worker’s when the socket is gone, so that an echo revives nobody', () => {
    const awareness = createRoomAwareness()
    awareness.take(rhea, [entry(1, 1)])
    awareness.leave(rhea)
    expect(awareness.take(eve, [entry(1, 1)])).toBeNull()
    expect(awareness.take(rhea, [entry(1, 2)])).not.toBeNull()
  })

  it('is one clientID a socket, and never an older clock', () => {
    const awareness = createRoomAwareness()
    expect(awareness.take(rhea, [entry(1, 5)])).not.toBeNull()
    expect(awareness.take(rhea, [entry(2, 6)])).toBeNull()
    expect(awareness.take(rhea, [entry(1, 4)])).toBeNull()
    expect(awareness.take(rhea, [entry(1, 6, 'null')])).not.toBeNull()
    expect(awareness.everybody()).toBeNull()
  })
})
