/** Section 8, Rooms: stock y-websocket clients, doors and close codes, against a real process. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { eventually } from './eventually.ts'
import {
  closingOf,
  endSockets,
  fetchDocument,
  openRaw,
  openStock,
  openSynced,
  openWithTicket,
  updateFrame,
  updateOf,
} from './sockets.ts'
import { type Row, type Visitor, World } from './world.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const missingId = '00000000-0000-4000-8000-000000000000'

let world: World
let ada: Visitor
let rhea: Visitor
let mona: Visitor
let omar: Visitor
let otto: Visitor
let oak: Row
let elm: Row
beforeAll(async () => {
  world = await World.start({ logins: ['rhea', 'mona', 'omar', 'otto', 'max'] })
  ada = await world.visitor('ada')
  rhea = await world.visitor('rhea')
  mona = await world.visitor('mona')
  omar = await world.visitor('omar')
  otto = await world.visitor('otto')
  oak = await ada.find('account', 'aId', 'A-1')
  elm = await ada.find('account', 'aId', 'A-2')
})
beforeEach(() => {
  // A stock client logs every closing as it happens.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(endSockets)
afterAll(() => world.close())

const oakRoom = () => `account/${oak.id}`
const oakRow = () => ada.row(oakRoom())
/** Without the number: a refused edit leaves a filler, which takes one. */
const oakValues = async () => ({ ...(await oakRow()), seq: null })
const rowShows = (values: Record<string, unknown>) =>
  eventually(async () => {
    expect(await oakRow()).toMatchObject(values)
    return true
  })

describe('an allowed edit', () => {
  it('reaches other sockets of the room, and the row', async () => {
    const [writer, reader] = await Promise.all([openSynced(rhea, oakRoom()), openSynced(omar, oakRoom())])
    expect(reader.fields.get('name')).toBe('Oak Ltd')
    writer.fields.set('phone', '+44 20 7946 0000')
    await eventually(() => reader.fields.get('phone') === '+44 20 7946 0000')
    await rowShows({ phone: '+44 20 7946 0000' })
    expect(writer.closings).toEqual([])
  })

  it('raises the row’s seq, and only of that row', async () => {
    const [before, other] = [await oakRow(), await ada.row(`account/${elm.id}`)]
    const writer = await openSynced(rhea, oakRoom())
    writer.fields.set('territory', 'North-West')
    await rowShows({ territory: 'North-West' })
    expect((await oakRow()).seq).toBeGreaterThan(before.seq)
    expect(await ada.row(`account/${elm.id}`)).toEqual(other)
  })

  it('ten allowed fields in one transaction pass together', async () => {
    const writer = await openSynced(rhea, oakRoom())
    const values = {
      name: 'Oak Limited',
      accountKind: 'company',
      phone: '1',
      territory: 'T',
      country: 'US',
      state: 'CA',
      zip: '9',
      businessType: 'X',
      specialty: 'Y',
      employees: 14,
    }
    writer.doc.transact(() => {
      for (const [field, value] of Object.entries(values)) writer.fields.set(field, value)
    })
    await rowShows(values)
    expect(writer.closings).toEqual([])
  })

  it('to contacts and workers works by the rights for those', async () => {
    const cora = await rhea.find('contact', 'externalId', '7')
    const contact = await openSynced(rhea, `contact/${cora.id}`)
    contact.fields.set('jobTitle', 'Chief Buyer')
    await eventually(async () => (await rhea.row(`contact/${cora.id}`)).jobTitle === 'Chief Buyer')
    const mayNot = await openSynced(mona, `contact/${cora.id}`)
    mayNot.fields.set('jobTitle', 'Nobody')
    expect(await mayNot.closed).toMatchObject({ code: 4403 })
    const member = await openSynced(ada, `worker/${omar.id}`)
    member.fields.set('groups/auditor', { from: null, until: null })
    await eventually(async () => {
      const row = await ada.row(`worker/${omar.id}`)
      expect(row.groups).toEqual([{ id: 'auditor', from: null, until: null }])
      return true
    })
    member.fields.set('groups/auditor', null)
    await eventually(async () => {
      expect((await ada.row(`worker/${omar.id}`)).groups).toEqual([])
      return true
    })
  })
})

describe('concurrent editing', () => {
  it('two stock clients that type in the notes at once converge, and the row holds the same text', async () => {
    const [one, two] = await Promise.all([openSynced(rhea, oakRoom()), openSynced(mona, oakRoom())])
    for (let n = 0; n < 60; n++) {
      one.notes.insert(Math.floor(one.notes.length / 2), `r${n} `)
      two.notes.insert(two.notes.length, `m${n} `)
      if (n % 7 === 3) one.notes.delete(0, 2)
      if (n % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // Each ends with a mark of its own, so that what has arrived can be told from what is still on its way.
    one.notes.insert(0, '<rhea>')
    two.notes.insert(two.notes.length, '<mona>')
    await eventually(() => {
      const text = one.notes.toJSON()
      return text === two.notes.toJSON() && text.includes('<rhea>') && text.includes('<mona>')
    })
    await rowShows({ notes: one.notes.toJSON() })
    const newcomer = await openSynced(omar, oakRoom())
    expect(newcomer.notes.toJSON()).toBe(one.notes.toJSON())
    expect([...one.closings, ...two.closings]).toEqual([])
  })

  it('two who write one field at once end with the same value', async () => {
    const [one, two] = await Promise.all([openSynced(rhea, oakRoom()), openSynced(mona, oakRoom())])
    for (let n = 0; n < 20; n++) {
      one.fields.set('specialty', `rhea ${n}`)
      two.fields.set('specialty', `mona ${n}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await eventually(async () => {
      const { specialty } = await oakRow()
      expect(specialty).toMatch(/ 19$/)
      expect([one.fields.get('specialty'), two.fields.get('specialty')]).toEqual([specialty, specialty])
      return true
    })
  })

  it('a stock client that was offline brings its many edits when it is back', async () => {
    const client = await openSynced(rhea, oakRoom())
    client.provider.disconnect()
    const other = await openSynced(mona, oakRoom())
    for (let n = 0; n < 300; n++) {
      client.notes.insert(client.notes.length, `line ${n}\n`)
      client.fields.set('phone', `offline ${n}`)
      if (n % 3 === 0) client.notes.delete(0, 1)
    }
    other.fields.set('businessType', 'meanwhile')
    await rowShows({ businessType: 'meanwhile' })
    client.provider.params = { ticket: await rhea.ticket() }
    client.provider.connect()
    await rowShows({ phone: 'offline 299', businessType: 'meanwhile', notes: client.notes.toJSON() })
    await eventually(() => other.notes.toJSON() === client.notes.toJSON())
    expect(client.closings).toEqual([])
  })

  it.each(['stop', 'kill'] as const)(
    'a stock client comes back after a server’s %s, syncs again and is not closed',
    async (how) => {
      const client = await openSynced(rhea, oakRoom(), { bearer: true })
      client.fields.set('phone', `before the ${how}`)
      await rowShows({ phone: `before the ${how}` })
      await world.restart(how)
      client.notes.insert(0, `written across the ${how}. `)
      await eventually(() => client.provider.synced)
      client.fields.set('phone', `after the ${how}`)
      await rowShows({ phone: `after the ${how}`, notes: client.notes.toJSON() })
      expect(client.closings.filter((code) => code >= 4000)).toEqual([])
      // Sessions outlive the process; tickets need not.
      expect((await mona.fetch('/api/me')).status).toBe(200)
    },
  )
})

describe('a refused edit', () => {
  it('is told and closed with 4403, kept in quarantine, in nobody’s document, and disturbs nobody', async () => {
    const [honest, watcher, offender] = await Promise.all([
      openSynced(rhea, oakRoom()),
      openSynced(mona, oakRoom()),
      openSynced(omar, oakRoom()),
    ])
    const before = await oakRow()
    offender.fields.set('name', 'Stolen Ltd')
    const closed = await offender.closed
    expect(closed.code).toBe(4403)
    expect(closed.reason).toMatch(/^[a-z-]{1,123}$/)
    expect(offender.denied).toHaveLength(1)
    expect(offender.denied[0]).toMatch(/^\S+( \S+){2,}$/)

    const [kept] = (await omar.quarantine()).filter((item) => item.record === oakRoom())
    expect(kept).toMatchObject({
      id: expect.any(String) as string,
      record: oakRoom(),
      worker: omar.id,
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      changes: [{ field: 'name', new: 'Stolen Ltd' }],
    })
    expect(kept?.reasons.length).toBeGreaterThan(0)

    honest.fields.set('phone', 'after the refusal')
    await eventually(() => watcher.fields.get('phone') === 'after the refusal')
    await rowShows({ name: before.name, phone: 'after the refusal' })
    const newcomer = await openSynced(mona, oakRoom())
    for (const client of [honest, watcher, newcomer]) {
      expect(client.fields.get('name')).toBe(before.name)
      expect(JSON.stringify(client.doc.toJSON())).not.toContain('Stolen')
      expect(Y.decodeStateVector(Y.encodeStateVector(client.doc))).toEqual(
        Y.decodeStateVector(Y.encodeStateVector(newcomer.doc)),
      )
      expect(client.closings).toEqual([])
    }
  })

  it('quarantine is one’s own, and everybody’s with settings.audit', async () => {
    const mine = await omar.quarantine()
    expect(mine.length).toBeGreaterThan(0)
    expect(new Set(mine.map((item) => item.worker))).toEqual(new Set([omar.id]))
    expect((await rhea.quarantine()).map((item) => item.worker)).not.toContain(omar.id)
    expect((await ada.quarantine()).map((item) => item.id)).toEqual(
      expect.arrayContaining(mine.map((item) => item.id)),
    )
  })

  it('nine allowed fields and a forbidden one: nothing of it is merged', async () => {
    const before = await oakValues()
    const client = await openSynced(rhea, oakRoom())
    client.doc.transact(() => {
      for (const field of ['name', 'phone', 'territory', 'country', 'zip', 'businessType', 'specialty'])
        client.fields.set(field, 'x')
      client.fields.set('repCodes/276', true)
    })
    expect(await client.closed).toMatchObject({ code: 4403 })
    expect(await oakValues()).toEqual(before)
    const [kept] = await rhea.quarantine()
    expect(kept?.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['name', 'repCodes/276']))
  })

  it.each<[string, unknown]>([
    ['salary', 1],
    ['employees', 'many'],
    ['employees', 1.5],
    ['employees', -1],
    ['active', 'yes'],
    ['accountKind', 'castle'],
    ['name', ''],
    ['name', null],
    ['phone', 'x'.repeat(61)],
    ['ownerId', missingId],
    ['parentId', missingId],
    ['aId', 'A-99'],
    ['id', 'other'],
    ['seq', 1],
    ['kind', 'worker'],
    ['notes', 'as a field'],
    ['repCodes', '275'],
    ['phone', { home: '1' }],
  ])('an unknown field or wrong value is refused: %s = %j', async (field, value) => {
    const before = await oakValues()
    const kept = (await rhea.quarantine()).length
    const client = await openSynced(rhea, oakRoom())
    client.fields.set(field, value)
    expect(await client.closed).toMatchObject({ code: 4403 })
    expect(client.denied).toHaveLength(1)
    expect(await rhea.quarantine()).toHaveLength(kept + 1)
    expect(await oakValues()).toEqual(before)
  })

  it('60 characters of phone, any alphabet, are no fault', async () => {
    const client = await openSynced(rhea, oakRoom())
    const phone = 'ტ'.repeat(60)
    client.fields.set('phone', phone)
    await rowShows({ phone })
    expect(client.closings).toEqual([])
  })

  it('the worker goes on with a fresh document, and only the refused edit is missing', async () => {
    const first = await openSynced(rhea, oakRoom())
    first.fields.set('phone', 'kept')
    first.fields.set('aId', 'refused')
    expect(await first.closed).toMatchObject({ code: 4403 })
    await rowShows({ phone: 'kept', aId: 'A-1' })
    const second = await openSynced(rhea, oakRoom())
    second.fields.set('phone', 'again')
    await rowShows({ phone: 'again' })
    expect(second.closings).toEqual([])
  })

  it('the House Contact is made by the server: no device writes that flag', async () => {
    const house = await openSynced(rhea, `contact/house-${oak.id}`)
    house.fields.set('house', false)
    expect(await house.closed).toMatchObject({ code: 4403 })
    expect(await rhea.row(`contact/house-${oak.id}`)).toMatchObject({ house: true })
  })
})

describe('doors', () => {
  it('out of scope and missing close with 4404, alike', async () => {
    const records = [
      `account/${elm.id}`,
      `account/${missingId}`,
      `contact/house-${elm.id}`,
      `worker/${otto.id}`,
      `worker/${missingId}`,
      'group/sales-rep',
      `unicorn/${missingId}`,
      'account/__proto__',
      'constructor/prototype',
      'account/a%20b',
    ]
    const answers = await Promise.all(
      records.map(async (record) => {
        const raw = openRaw(rhea.server, `/rooms/${record}?ticket=${await rhea.ticket()}`)
        return { closed: await raw.closed, frames: raw.frames.length }
      }),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ closed: { code: 4404 }, frames: 0 })
    const mayRead = await openSynced(otto, `account/${elm.id}`)
    expect(mayRead.fields.get('name')).toBe('Elm Inc')
  })

  it('bytes sent to a record that may not be read change nothing and learn nothing', async () => {
    const before = await ada.row(`account/${elm.id}`)
    const update = updateOf(new Y.Doc(), (doc) => doc.getMap('fields').set('name', 'Mine'))
    for (const record of [`account/${elm.id}`, `account/${missingId}`])
      for (const frame of [updateFrame(update), new Uint8Array([0, 2, 3, 255, 255, 255])]) {
        const raw = openRaw(rhea.server, `/rooms/${record}?ticket=${await rhea.ticket()}`)
        raw.socket.once('open', () => raw.socket.send(frame))
        expect(await raw.closed).toMatchObject({ code: 4404 })
      }
    expect(await ada.row(`account/${elm.id}`)).toEqual(before)
  })

  it('a bad, used or missing ticket closes with 4401', async () => {
    const ticket = await rhea.ticket()
    const first = openRaw(rhea.server, `/rooms/${oakRoom()}?ticket=${ticket}`)
    await first.opened
    for (const query of [`?ticket=${ticket}`, '?ticket=nonsense', '?ticket=']) {
      const raw = openRaw(rhea.server, `/rooms/${oakRoom()}${query}`)
      expect(await raw.closed).toMatchObject({ code: 4401 })
      expect(raw.frames).toEqual([])
    }
  })

  it('a socket of the same Origin may come with the cookie; without an Origin it may not', async () => {
    const own = openRaw(rhea.server, `/rooms/${oakRoom()}`, { origin: rhea.server, cookie: rhea.cookie })
    await own.opened
    await eventually(() => own.frames.length > 0)
    const without = openRaw(rhea.server, `/rooms/${oakRoom()}`, { cookie: rhea.cookie })
    expect(await without.refused).toBe(403)
  })

  it('a missing Origin passes with a ticket, and with a Bearer', async () => {
    const ticket = await openWithTicket(rhea, oakRoom())
    const bearer = openRaw(rhea.server, `/rooms/${oakRoom()}`, { authorization: `Bearer ${rhea.token}` })
    await bearer.opened
    await eventually(() => bearer.frames.length > 0 && ticket.frames.length > 0)
    expect([ticket, bearer].map(({ socket }) => socket.readyState)).toEqual([1, 1])
  })

  it('a foreign Origin is 403, with whatever secret it comes', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
      for (const [query, headers] of [
        ['', { cookie: rhea.cookie }],
        [`?ticket=${await rhea.ticket()}`, {}],
        ['', { authorization: `Bearer ${rhea.token}` }],
      ] as const) {
        const raw = openRaw(rhea.server, `/rooms/${oakRoom()}${query}`, { origin, ...headers })
        expect(await raw.refused).toBe(403)
      }
  })

  it('a frame too large closes with 1009', async () => {
    const closed = await closingOf(rhea, oakRoom(), new Uint8Array(129 * 1024))
    expect(closed.code).toBe(1009)
  })
})

describe('leaving', () => {
  it('a record that leaves the scope closes with 4404, and comes to whom it enters', async () => {
    const hers = await openSynced(rhea, oakRoom())
    const stays = await openSynced(ada, oakRoom())
    const early = await openStock(otto, oakRoom())
    expect(await early.closed).toMatchObject({ code: 4404 })
    stays.doc.transact(() => {
      stays.fields.set('repCodes/275', null)
      stays.fields.set('repCodes/276', true)
    })
    expect(await hers.closed).toMatchObject({ code: 4404 })
    await rowShows({ repCodes: ['276'] })
    expect((await rhea.fetch(`/api/records/${oakRoom()}`)).status).toBe(404)
    expect((await rhea.fetch(`/api/records/contact/house-${oak.id}`)).status).toBe(404)
    expect((await otto.row(oakRoom())).repCodes).toEqual(['276'])
    expect(hers.fields.has('repCodes/276')).toBe(false)
    stays.doc.transact(() => {
      stays.fields.set('repCodes/276', null)
      stays.fields.set('repCodes/275', true)
    })
    await rowShows({ repCodes: ['275'] })
    expect(stays.closings).toEqual([])
  })

  it('contacts of a record that leaves the scope leave with it', async () => {
    const house = await openSynced(rhea, `contact/house-${oak.id}`)
    const admin = await openSynced(ada, oakRoom())
    admin.fields.set('repCodes/275', null)
    expect(await house.closed).toMatchObject({ code: 4404 })
    admin.fields.set('repCodes/275', true)
    await rowShows({ repCodes: ['275'] })
  })

  it('a right that is taken away is gone for the next edit of an open socket', async () => {
    const writer = await openSynced(mona, oakRoom())
    writer.fields.set('phone', 'with the right')
    await rowShows({ phone: 'with the right' })
    const admin = await openSynced(ada, `worker/${mona.id}`)
    admin.fields.set('rights/SU-ALLOW-ACCOUNT-EDITS', null)
    await eventually(async () => {
      expect((await ada.row(`worker/${mona.id}`)).rights).toEqual([])
      return true
    })
    writer.fields.set('phone', 'without the right')
    expect(await writer.closed).toMatchObject({ code: 4403 })
    await rowShows({ phone: 'with the right' })
    admin.fields.set('rights/SU-ALLOW-ACCOUNT-EDITS', true)
    await eventually(async () => {
      expect((await ada.row(`worker/${mona.id}`)).rights).toEqual(['SU-ALLOW-ACCOUNT-EDITS'])
      return true
    })
  })

  it('a disabled worker’s sessions end: sockets, tokens and new logins', async () => {
    const max = await world.visitor('max')
    const socket = openRaw(max.server, `/rooms/worker/${max.id}?ticket=${await max.ticket()}`)
    await socket.opened
    const admin = await openSynced(ada, `worker/${max.id}`)
    admin.fields.set('active', false)
    expect([4401, 4404]).toContain((await socket.closed).code)
    await eventually(async () => (await max.fetch('/api/me')).status === 401)
    const again = await fetch(`${world.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'max', password: 'a long enough password, really' }),
    })
    expect(again.status).toBe(401)
  })

  it('signing out closes the session’s sockets with 4401', async () => {
    const visitor = await world.visitor('otto')
    const socket = openRaw(visitor.server, `/rooms/account/${elm.id}?ticket=${await visitor.ticket()}`)
    await socket.opened
    expect((await visitor.fetch('/api/logout', { method: 'POST' })).status).toBe(204)
    expect(await socket.closed).toMatchObject({ code: 4401 })
  })
})

describe('presence', () => {
  it('carries the worker that the server knows, whatever the client claims', async () => {
    const [one, two] = await Promise.all([openSynced(rhea, oakRoom()), openSynced(mona, oakRoom())])
    one.provider.awareness.setLocalState({
      worker: { id: ada.id, name: 'Ada' },
      user: { id: ada.id, name: 'Ada' },
      workerId: ada.id,
    })
    const seen = await eventually(() => {
      const state = two.provider.awareness.getStates().get(one.doc.clientID)
      return state && JSON.stringify(state).includes(rhea.id) ? state : null
    })
    expect(JSON.stringify(seen)).not.toContain(ada.id)
    expect(seen).toMatchObject({ worker: { id: rhea.id, name: 'Rhea Rossi' } })
    one.provider.destroy()
    await eventually(() => !two.provider.awareness.getStates().has(one.doc.clientID))
    expect(two.closings).toEqual([])
  })

  it('what one says about another is ignored', async () => {
    const [one, two, three] = await Promise.all([
      openSynced(rhea, oakRoom()),
      openSynced(mona, oakRoom()),
      openSynced(omar, oakRoom()),
    ])
    two.provider.awareness.setLocalState({ cursor: 'mine' })
    await eventually(() => three.provider.awareness.getStates().has(two.doc.clientID))
    const known = three.provider.awareness.meta.get(two.doc.clientID)?.clock ?? 0
    one.provider.awareness.states.set(two.doc.clientID, { worker: { id: rhea.id } })
    one.provider.awareness.meta.set(two.doc.clientID, { clock: known + 10, lastUpdated: Date.now() })
    one.provider.awareness.emit('update', [{ added: [], updated: [two.doc.clientID], removed: [] }, 'local'])
    one.provider.awareness.setLocalState({ cursor: 'later' })
    await eventually(() => three.provider.awareness.getStates().has(one.doc.clientID))
    expect(JSON.stringify(three.provider.awareness.getStates().get(two.doc.clientID))).toContain(mona.id)
    expect([one.closings, two.closings, three.closings]).toEqual([[], [], []])
  })
})

describe('after all of it', () => {
  it('a document fetched anew is what the row says', async () => {
    const doc = await fetchDocument(rhea, oakRoom())
    const row = await oakRow()
    for (const field of ['name', 'phone', 'territory', 'employees'])
      expect(doc.getMap('fields').get(field)).toEqual(row[field])
    expect(doc.getText('text:notes').toJSON()).toBe(row.notes)
    expect([...doc.share.keys()].sort()).toEqual(['fields', 'text:notes'])
  })
})
