/**
 * Random lives of a device beside a server: edits on and off line, refusals, lost verdicts, cuts, kills, new leases,
 * other people's edits. At the end nothing is lost and device and server hold the same.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histories } from './seeds.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import { stateVectorOf } from '../../core/documents/difference.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { answersTo, converse, sync, TestDevice } from '../client/support/device.ts'
import { FakeServer } from '../client/support/fake-server.ts'
import { rhea } from '../client/support/people.ts'

const ids = ['a1', 'a2', 'n1'] as const

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      id: fc.constantFrom(...ids),
      field: fc.constantFrom('phone', 'specialty', 'zip', 'notes'),
      value: fc.integer({ min: 0, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('others' as const),
      id: fc.constantFrom('a1', 'a2'),
      field: fc.constantFrom('phone', 'zip', 'notes'),
      value: fc.integer({ min: 10, max: 19 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('talk' as const), steps: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose-verdict' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new-lease' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pull' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function run(device: TestDevice, server: FakeServer, one: Step, words: string[]): Promise<void> {
  switch (one.do) {
    case 'edit': {
      const notes = String((await device.row('account', one.id))?.notes ?? '')
      const at = notes.length === 0 ? 0 : one.value % notes.length
      const isText = one.field === 'notes'
      // One character each: nothing can be typed into the middle of it.
      const word = String.fromCodePoint(0x4e00 + words.length)
      const value = isText ? `${notes.slice(0, at)}${word}${notes.slice(at)}` : String(one.value)
      const { type } = await device.edit('account', one.id, { [one.field]: value })
      if (isText && type === 'saved') words.push(word)
      return
    }
    case 'create':
      if ((await device.row('account', 'n1')) === undefined) {
        await device.create('account', 'n1', { name: 'New', repCodes: ['275'] })
      }
      return
    case 'others': {
      const notes = String(server.row('account', one.id)?.notes ?? '')
      server.write('account', one.id, {
        [one.field]: one.field === 'notes' ? `${notes}[other]` : String(one.value),
      })
      return
    }
    case 'talk':
      await device.pump()
      return await converse(device, server, one.steps)
    case 'open':
      device.cut()
      device.open()
      return await converse(device, server, 1)
    case 'lose-verdict': {
      await device.pump()
      const said = await device.next()
      if (said?.name === 'push') answersTo(server, said)
      return device.cut()
    }
    case 'cut':
      return device.cut()
    case 'kill':
      return device.restart()
    case 'new-lease':
      server.lease += 100
      return
    case 'pull': {
      const { number = 0 } = (await device.db.device.get('device')) ?? {}
      if (device.status.type === 'live')
        for (const page of server.pagesSince(number)) await device.receive(page)
    }
  }
}

test('[L7] [L9] [D14] whatever happens, every edit is merged or kept, and device and server end equal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.integer(), async (steps, salt) => {
      const server = new FakeServer(rhea)
      server.pageSize = 1 + Math.abs(salt % 3)
      server.write('account', 'a1', { name: 'One', repCodes: ['275'], notes: 'one' })
      server.write('account', 'a2', { name: 'Two', repCodes: ['275'] })
      // One edit in five is refused, by what it says: written again it is refused again.
      server.refuses = ({ changes, creates }) =>
        creates
          ? salt % 3 === 0
          : changes.some(({ field, new: value }) => !isTextKey(field) && (Number(value) + salt) % 5 === 0)
      const words: string[] = []
      const device = new TestDevice()
      await sync(device, server)
      for (const one of steps) await run(device, server, one, words)

      await sync(device, server)
      await sync(device, server)
      expect(device.broken).toEqual([])
      expect(await device.db.outbox.count()).toBe(0)
      expect(server.faults).toEqual([])
      for (const { kind, id, row, state } of server.records.values()) {
        const stored = await device.db.records.get(recordKey(kind, id))
        expect(stored?.row).toEqual(row)
        expect(stored?.base).toBeUndefined()
        const bytes = (await device.db.states.get(recordKey(kind, id)))?.bytes ?? new Uint8Array()
        expect(stateVectorOf(bytes)).toEqual(stateVectorOf(state))
      }
      // Every word typed here is in the server's text or in this device's quarantine.
      const said = JSON.stringify([...server.records.values()].map(({ row }) => row.notes))
      const quarantined = JSON.stringify((await device.db.quarantine.toArray()).map(({ changes }) => changes))
      expect(words.filter((word) => !said.includes(word) && !quarantined.includes(word))).toEqual([])
    }),
    histories(60),
  )
}, 1_200_000)
