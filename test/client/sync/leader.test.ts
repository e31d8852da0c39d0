/** Two tabs of one browser: one holds the link; a visible one takes over from a tab that fell silent (GATE 28). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { followOrLead, type Leadership } from '../../../client/sync/leader.ts'
import { TestDevice } from '../support/device.ts'

/** Web Locks as far as exclusive locks need them: a queue for each name, and stealing. */
class Locks {
  readonly #byName = new Map<
    string,
    { holder: { reject(error: Error): void } | null; queue: (() => void)[] }
  >()

  request = ((name: string, options: { steal?: boolean }, work: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const lock = this.#byName.get(name) ?? { holder: null, queue: [] }
      this.#byName.set(name, lock)
      const take = () => {
        const mine = { reject }
        lock.holder = mine
        void work().then(() => {
          if (lock.holder !== mine) return
          lock.holder = null
          resolve()
          lock.queue.shift()?.()
        })
      }
      if (options.steal) {
        lock.holder?.reject(new DOMException('stolen', 'AbortError'))
        take()
      } else if (lock.holder === null) take()
      else lock.queue.push(take)
    })) as LockManager['request']

  query = (() => Promise.resolve({})) as LockManager['query']
}

let device: TestDevice
let now = 0
const leading: string[] = []
const tabs: Leadership[] = []

beforeEach(() => {
  device = new TestDevice()
  now = 1_000_000
  leading.length = 0
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.stop()
})

function open(tab: string, locks: Locks, isVisible: () => boolean, { db } = device): Leadership {
  const leadership = followOrLead({
    db,
    tab,
    now: () => now,
    locks,
    isVisible,
    status: () => ({ type: 'live' }),
    lead: () => {
      leading.push(tab)
      return () => void leading.splice(leading.indexOf(tab), 1)
    },
  })
  tabs.push(leadership)
  return leadership
}

test('[L10] one tab leads, the next when it closes', async () => {
  const locks = new Locks()
  const first = open('first', locks, () => true)
  const second = open('second', locks, () => true)
  await eventually(async () => (await device.db.heartbeat.get('link'))?.tab === 'first')
  await second.look()
  expect(leading).toEqual(['first'])
  first.stop()
  await eventually(() => leading.join() === 'second')
})

test('[L10] [GATE 28] each worker of a device has a lock of their own', async () => {
  const locks = new Locks()
  open('rhea', locks, () => true)
  open('max', locks, () => true, new TestDevice('max', device.indexedDB))
  await eventually(() => leading.length === 2)
  expect(leading).toEqual(['rhea', 'max'])
})

test('[GATE 28] a visible tab takes over after ten seconds of silence, a hidden one never', async () => {
  const locks = new Locks()
  open('suspended', locks, () => false)
  await eventually(async () => (await device.db.heartbeat.get('link'))?.tab === 'suspended')
  let visible = false
  const other = open('other', locks, () => visible)
  now += 9_000
  visible = true
  await other.look()
  expect(leading).toEqual(['suspended'])
  now += 2_000
  visible = false
  await other.look()
  expect(leading).toEqual(['suspended'])
  visible = true
  await other.look()
  await eventually(() => leading.join() === 'other')
})
