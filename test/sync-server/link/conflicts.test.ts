/** The conflict inbox as a device is told of it (B9, D10, L19): whose value was replaced learns by whom, and only what they may read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConflictTold } from '../../../core/protocol/conflicts.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

let server: TestServer
let rhea: TestDevice
let max: TestDevice

beforeEach(async () => {
  server = await TestServer.start()
  rhea = await TestDevice.connect(server, 'rhea')
  max = await TestDevice.connect(server, 'max')
  await Promise.all([rhea.caughtUp(server), max.caughtUp(server)])
})
afterEach(() => server.close())

const told = (device: TestDevice): readonly ConflictTold[] =>
  device.bodies('conflicts').flatMap(({ conflicts }) => conflicts)

/** The first is merged before the second arrives, and the second was written without having seen it. */
async function collide(first: TestDevice, second: TestDevice): Promise<void> {
  const before = second.memory.records.get('account/oak')
  if (before === undefined) throw new Error('oak is not held')
  const early = first.edit('account', 'oak', [{ field: 'phone', value: 'early' }])
  expect(await first.verdict(early)).toMatchObject({ outcome: 'merged' })
  await second.caughtUp(server)
  second.memory.records.set('account/oak', before)
  const late = second.edit('account', 'oak', [{ field: 'phone', value: 'late' }])
  expect(await second.verdict(late)).toMatchObject({ outcome: 'merged' })
}

const theOne = {
  record: { kind: 'account', id: 'oak' },
  field: 'phone',
  mine: 'early',
  theirs: 'late',
  by: 'max',
}

/** Another device of the same worker, new to the server, once everything that it is told has come. */
async function anotherDevice(workerId: string): Promise<TestDevice> {
  const device = await TestDevice.connect(server, workerId)
  await device.caughtUp(server)
  const last = device.edit('account', 'oak', [{ field: 'name', value: 'Oak' }])
  await device.verdict(last)
  return device
}

describe('two people, one field', () => {
  test('[B9] the one whose value was replaced is told at once, with both values and by whom', async () => {
    await collide(rhea, max)
    await eventually(() => told(rhea).length > 0)
    expect(told(rhea)).toMatchObject([theOne])
    expect(told(max)).toEqual([])
  })

  test('[B9] a write that knew the other value is no conflict', async () => {
    const early = rhea.edit('account', 'oak', [{ field: 'phone', value: 'early' }])
    await rhea.verdict(early)
    await max.caughtUp(server)
    await max.verdict(max.edit('account', 'oak', [{ field: 'phone', value: 'late' }]))
    await rhea.caughtUp(server)
    await rhea.verdict(rhea.edit('account', 'oak', [{ field: 'name', value: 'Oak' }]))
    expect(told(rhea)).toEqual([])
  })

  test('[L19] who was away learns of it when they come back, and on another device too', async () => {
    const { memory } = rhea
    const early = rhea.edit('account', 'oak', [{ field: 'phone', value: 'early' }])
    const before = max.memory.records.get('account/oak')
    await rhea.verdict(early)
    rhea.cut()
    await max.caughtUp(server)
    if (before !== undefined) max.memory.records.set('account/oak', before)
    await max.verdict(max.edit('account', 'oak', [{ field: 'phone', value: 'late' }]))
    const back = await TestDevice.connect(server, 'rhea', { memory })
    const other = await TestDevice.connect(server, 'rhea')
    for (const device of [back, other]) {
      await eventually(() => told(device).length > 0)
      expect(told(device)).toMatchObject([theOne])
    }
  })

  test('[L19] what was put back on one device is no news for the next; what stands is', async () => {
    await collide(rhea, max)
    const other = await anotherDevice('rhea')
    await eventually(() => told(other).length > 0)
    expect(told(other)).toMatchObject([theOne])
    await rhea.caughtUp(server)
    await rhea.verdict(rhea.edit('account', 'oak', [{ field: 'phone', value: 'early' }]))
    expect(told(await anotherDevice('rhea'))).toEqual([])
  })

  test('[L19] of a record that left their scope they are told nothing; of one they still reach they are', async () => {
    const { memory } = rhea
    await collide(rhea, max)
    rhea.cut()
    const again = await TestDevice.connect(server, 'rhea', { memory })
    await eventually(() => told(again).length > 0)
    again.cut()
    await server.change('account', 'oak', { repCodes: ['276'] })
    const gone = await TestDevice.connect(server, 'rhea', { memory })
    await gone.caughtUp(server)
    await gone.verdict(gone.edit('account', 'ash', [{ field: 'name', value: 'Ash' }]))
    expect(told(gone)).toEqual([])
  })
})
