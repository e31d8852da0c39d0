/**
 * Whatever happens, and wherever a connection breaks off, a device ends with what its worker may see and nothing else
 * (L4, GATE 23): records that leave by a key, by a restriction or with their account; rights that change meanwhile; pages
 * whose receipt never came. What is not told of what was hidden all along (GATE 34) must not keep anything on the device.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewRecord } from '../../../sync-server/seed/create-all.ts'
import { histories } from '../../simulation/seeds.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

const codes = fc.subarray(['275', '276'])
const country = fc.constantFrom('US', 'CA', null)
const account = fc.nat({ max: 3 })
const steps = fc.oneof(
  fc.record({ type: fc.constant('account' as const), which: account, repCodes: codes, country }),
  fc.record({ type: fc.constant('contact' as const), which: account, to: account }),
  fc.record({
    type: fc.constant('worker' as const),
    repCodes: codes,
    geographies: fc.subarray(['US', 'CA']),
    accountsQueryType: fc.constantFrom('rep', 'all'),
  }),
  fc.record({ type: fc.constant('connect' as const), receipts: fc.constantFrom(0, 1, 3, Infinity) }),
  fc.constant({ type: 'cut' as const }),
  fc.constant({ type: 'wait' as const }),
)
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never

const records: readonly NewRecord[] = [
  {
    kind: 'worker',
    id: 'vera',
    fields: {
      username: 'vera',
      accountsQueryType: 'rep',
      repCodes: ['275'],
      geographies: ['US'],
      groups: [{ id: 'sales-rep', from: null, until: null }],
    },
  },
  ...[0, 1, 2, 3].flatMap((n): readonly NewRecord[] => [
    { kind: 'account', id: `a${n}`, fields: { name: `Firm ${n}`, repCodes: ['275'], country: 'US' } },
    { kind: 'contact', id: `c${n}`, fields: { accountId: `a${n}`, lastName: `Person ${n}` } },
  ]),
]

async function visible(server: TestServer): Promise<readonly string[]> {
  const token = await server.signIn('vera')
  const ids: string[] = []
  for (const kind of ['account', 'contact']) {
    const answer = await server.fetch(`/api/records/${kind}?limit=100`, token)
    const { items } = (await answer.json()) as { items: { id: string }[] }
    ids.push(...items.map(({ id }) => id).sort())
  }
  return ids
}

const held = (device: TestDevice) => [...device.ids('account'), ...device.ids('contact')]

class Run {
  readonly server: TestServer
  #device: TestDevice | null = null
  #memory: TestDevice['memory'] | undefined

  constructor(server: TestServer) {
    this.server = server
  }

  async take(step: Step): Promise<void> {
    const { server } = this
    switch (step.type) {
      case 'account':
        await server.change('account', `a${step.which}`, { repCodes: step.repCodes, country: step.country })
        return
      case 'contact':
        await server.change('contact', `c${step.which}`, { accountId: `a${step.to}` })
        return
      case 'worker': {
        const { repCodes, geographies, accountsQueryType } = step
        await server.change('worker', 'vera', { repCodes, geographies, accountsQueryType })
        return
      }
      case 'connect':
        this.cut()
        await this.connect(step.receipts)
        return
      case 'cut':
        return this.cut()
      case 'wait':
        await new Promise((resume) => setImmediate(resume))
    }
  }

  cut(): void {
    this.#device?.cut()
    this.#device = null
  }

  async connect(receipts: number): Promise<TestDevice> {
    const memory = this.#memory === undefined ? {} : { memory: this.#memory }
    this.#device = await TestDevice.connect(this.server, 'vera', { ...memory, receipts })
    this.#memory = this.#device.memory
    await this.#device.welcome
    return this.#device
  }
}

test('[L4] [GATE 23] a device ends with what its worker may see, wherever it broke off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 20 }), async (history) => {
      const server = await TestServer.start({ records })
      try {
        const run = new Run(server)
        const first = await run.connect(Infinity)
        await first.caughtUp(server)
        for (const step of history) await run.take(step)
        run.cut()
        const last = await run.connect(Infinity)
        await server.change('worker', 'vera', { phone: 'the end' })
        await eventually(() => last.row('worker', 'vera')?.phone === 'the end')
        const expected = await visible(server)
        await eventually(() => JSON.stringify(held(last)) === JSON.stringify(expected)).catch(() =>
          expect(held(last)).toEqual(expected),
        )
      } finally {
        await server.close()
      }
    }),
    histories(20),
  )
}, 600_000)
