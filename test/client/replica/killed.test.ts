/** A tab killed between any two lines: every write of every transaction in turn is the last one that happens. */
import type { DBCore } from 'dexie'
import { expect, test } from 'vitest'
import type { Replica } from '../../../client/replica/database.ts'
import { converse, sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

class Killed extends Error {}

/** From the `most`-th write on, nothing is written any more. Answers how many there were. */
function killAfter(db: Replica, most: number): () => number {
  let writes = 0
  db.close()
  db.use({
    stack: 'dbcore',
    name: 'kill',
    create: (core: DBCore) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          mutate: (request) => {
            if (++writes > most) return Promise.reject(new Killed())
            return table.mutate(request)
          },
        }
      },
    }),
  })
  void db.open()
  return () => writes
}

async function story(device: TestDevice, server: FakeServer): Promise<void> {
  server.refuses = ({ changes }) => changes.some(({ field }) => field === 'territory')
  const steps = [
    () => device.edit('account', 'a1', { phone: '2', notes: 'one two' }),
    () => device.edit('account', 'a1', { territory: 'North' }),
    () => device.edit('account', 'a1', { specialty: 'Road' }),
    () => device.create('account', 'a9', { name: 'New', repCodes: ['275'] }),
  ]
  for (const step of steps) await step().catch(() => undefined)
  device.open()
  await converse(device, server)
}

async function prepared(): Promise<{ server: FakeServer; device: TestDevice }> {
  const server = new FakeServer(rhea)
  server.write('account', 'a1', { name: 'Bikes', repCodes: ['275'], notes: 'one' })
  const device = new TestDevice()
  await sync(device, server)
  device.cut()
  return { server, device }
}

test('[L8] a tab killed between any two writes keeps what it said was saved, and ends like one that lived', async () => {
  const whole = await prepared()
  const count = killAfter(whole.device.db, Number.POSITIVE_INFINITY)
  await story(whole.device, whole.server)
  expect(count()).toBeGreaterThan(20)

  for (let most = 0; most < count(); most++) {
    const { server, device } = await prepared()
    killAfter(device.db, most)
    await story(device, server)
    const saved = await device.db.outbox.toArray()
    device.restart()
    // Saved and shown are one transaction: whatever is in the outbox is on the row.
    const shown = await device.row('account', 'a1')
    for (const { changes, record } of saved) {
      for (const { field, new: value } of changes) {
        if (record === 'account/a1' && field === 'specialty') expect(shown?.[field]).toBe(value)
      }
    }
    await sync(device, server)
    await sync(device, server)
    expect(await device.db.outbox.count(), `killed after ${most}`).toBe(0)
    expect(server.faults, `killed after ${most}`).toEqual([])
    const { seq: _, ...here } = (await device.row('account', 'a1')) ?? { seq: 0 }
    expect(server.row('account', 'a1'), `killed after ${most}`).toMatchObject(here)
    // What was said to be saved reached the server, or waits in quarantine.
    const quarantined = (await device.attention()).flatMap(({ changes }) => changes.map(({ field }) => field))
    for (const { changes, record } of saved) {
      const id = record.slice('account/'.length)
      for (const { field, new: value } of changes) {
        const isMerged =
          (server.row('account', id)?.[field.replace('text:', '').split('/')[0] ?? ''] ?? null) !== null
        expect(
          isMerged || quarantined.includes(field),
          `killed after ${most}: ${field} = ${String(value)}`,
        ).toBe(true)
      }
    }
  }
})
