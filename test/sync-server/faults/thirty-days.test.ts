/**
 * Thirty days away, a role changed twice meanwhile, and 2,000 edits in the outbox: the client's own replica and link come
 * back to a real server, and every edit is answered, in order, before anybody's eyes (DESIGN 7, promise 3).
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FieldValue } from '../../../core/records/kind-spec.ts'
import { LinkedDevice } from '../../client/support/linked-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const EDITS = 2_000
const ACCOUNTS = 40
const DAY_MS = 86_400_000

const memberOf = (id: string) => [{ id, from: null, until: null }]

let server: TestServer
let rhea: LinkedDevice

beforeEach(async () => {
  server = await TestServer.start({
    records: [
      {
        kind: 'group',
        id: 'half',
        fields: {
          code: 'half',
          name: 'Half a rep',
          type: 'user',
          enabled: true,
          features: { 'SU-ALLOW-ACCOUNT-EDITS': 'allow', 'SU-ALLOW-CUSTOMER-ADD-EDITS': 'deny' },
        },
      },
      ...Array.from({ length: ACCOUNTS }, (_, n) => ({
        kind: 'account' as const,
        id: `acc-${n}`,
        fields: { name: `Account ${n}`, repCodes: ['275'] },
      })),
      ...Array.from({ length: ACCOUNTS }, (_, n) => ({
        kind: 'contact' as const,
        id: `con-${n}`,
        fields: { accountId: `acc-${n}`, lastName: `Person ${n}` },
      })),
    ],
  })
  rhea = new LinkedDevice(server, 'rhea')
  await rhea.connect()
  await rhea.settled()
})
afterEach(async () => {
  rhea.stop()
  await server.close()
})

/** Nine on accounts, then one on a contact. */
const target = (n: number) =>
  n % 10 === 9
    ? ({ kind: 'contact', id: `con-${n % ACCOUNTS}` } as const)
    : ({ kind: 'account', id: `acc-${n % ACCOUNTS}` } as const)

test('[L2] [D2] 2,000 edits of thirty days offline, after two changes of role, are all answered, in order, and counted down', async () => {
  rhea.goOnline(false)
  rhea.stop()
  for (let n = 0; n < EDITS; n++) {
    const { kind, id } = target(n)
    expect(await rhea.edit(kind, id, { phone: String(n) })).toMatchObject({ type: 'saved' })
  }
  const start = server.clock.now
  await server.passTo(start + 5 * DAY_MS)
  await server.change('worker', 'rhea', { groups: memberOf('auditor') })
  for (let n = 0; n < 10; n++)
    await server.change('account', `acc-${n}`, { phone: `office ${n}`, specialty: 'Road' })
  await server.passTo(start + 20 * DAY_MS)
  await server.change('worker', 'rhea', { groups: memberOf('half') })
  await server.passTo(start + 30 * DAY_MS)
  // The session of then is over: she signs in again.
  await server.signIn('rhea', { anew: true })
  rhea.goOnline(true)
  await rhea.connect()

  const counts: number[] = []
  await vi.waitFor(
    async () => {
      const waiting = await rhea.db.outbox.count()
      if (counts.at(-1) !== waiting) counts.push(waiting)
      expect(waiting).toBe(0)
    },
    { timeout: 90_000, interval: 20 },
  )
  await rhea.settled()

  expect([...counts].sort((one, other) => other - one)).toEqual(counts)
  expect(counts.length).toBeGreaterThan(5)
  const merged = (await rhea.db.kept.toArray()).filter(({ filler }) => filler === null)
  const refused = await rhea.db.quarantine.toArray()
  const isOnContact = ({ record }: { readonly record: string }) => record.startsWith('contact/')
  expect([merged.length, refused.length]).toEqual([EDITS * 0.9, EDITS * 0.1])
  expect(merged.filter(isOnContact)).toEqual([])
  expect(refused.every(isOnContact)).toBe(true)
  expect(refused[0]?.sentence).toMatch(/Half a rep denies/)
  const byRecord = new Map<string, FieldValue[]>()
  for (const { record, changes } of merged.sort((one, other) => one.seq - other.seq))
    byRecord.set(record, [...(byRecord.get(record) ?? []), ...changes.map((change) => change.new)])
  for (const values of byRecord.values())
    expect(values.map(Number)).toEqual(values.map(Number).sort((one, other) => one - other))
  // Later arrival stands; what the office wrote beside it is there too.
  expect(await server.row('account', 'acc-3')).toMatchObject({ phone: '1963', specialty: 'Road' })
  expect(await server.row('contact', 'con-9')).toMatchObject({ phone: null })
})
