/** Two tabs of one browser: one holds the link; a visible one takes over from a tab that fell silent (GATE 28). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { followOrLead, type Leadership } from '../../../client/sync/leader.ts'
import { TestDevice } from '../support/device.ts'

/** Web Locks as far as one exclusive lock needs them: a queue, and stealing. */
class Locks {
  #holder: { readonly reject: (error: Error) => void } | null = null
  readonly #queue: (() => void)[] = []

  request = ((_name: string, options: { steal?: boolean }, work: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const take = () => {
        const mine = { reject }
        this.#holder = mine
        void work().then(() => {
          if (this.#holder !== mine) return
          this.#holder = null
          resolve()
          this.#queue.shift()?.()
        })
      }
      if (options.steal) {
        this.#holder?.reject(new DOMException('stolen', 'AbortError'))
        take()
      } else if (this.#holder === null) take()
      else this.#queue.push(take)
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

function open(tab: string, locks: Locks, isVisible: () => boolean): Leadership {
  const leadership = followOrLead({
    db: device.db,
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
