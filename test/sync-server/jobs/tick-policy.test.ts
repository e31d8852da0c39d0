/** The policy tick (D20): what the clock changes is committed at its instant, once, in the one order of everything. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Kind } from '../../../core/records/kind-spec.ts'
import type { CommittedBatch } from '../../../sync-server/gate/types.ts'
import { LOOK_AGAIN_MS, tickPolicy } from '../../../sync-server/jobs/tick-policy.ts'
import { createLogger } from '../../../sync-server/log.ts'
import { openOrganisation, type Organisation } from '../../../sync-server/organisation.ts'
import { createAll } from '../../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../../sync-server/seed/preconfigured.ts'
import { createHandTimer, type HandTimer } from '../../support/hand-timer.ts'

const START = Date.UTC(2026, 0, 15)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const T = START + HOUR
const U = START + 2 * HOUR

let folder: string
let timer: HandTimer
let organisation: Organisation
let batches: CommittedBatch[]
let stop: () => void
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-tick-'))
  timer = createHandTimer(START, () => organisation.gate.idle())
  await open()
  await seedPreconfigured(organisation.gate, 'Test')
})
afterEach(async () => {
  await close()
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  const now = () => timer.clock.now
  organisation = await openOrganisation({ dataDir: folder, log: createLogger('silent'), rate: 0, now })
  batches = []
  organisation.gate.onCommitted((batch) => void batches.push(batch))
  stop = await tickPolicy({ ...organisation, after: timer.after, log: createLogger('silent') })
}

async function close(): Promise<void> {
  stop()
  await organisation.close()
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
const member = (id: string, from: number | null, until: number | null) => ({
  id,
  from: iso(from),
  until: iso(until),
})

async function add(id: string, fields: Record<string, unknown>): Promise<void> {
  await createAll(organisation.gate, [{ kind: 'worker', id, fields: { username: id, ...fields } }])
  batches.length = 0
}

const may = (worker: string, feature: string) =>
  organisation.policy.principalOf(worker).rights.get(feature)?.outcome === 'allowed'
const edits = (worker: string) => may(worker, 'SU-ALLOW-ACCOUNT-EDITS')
const told = () => batches.map(({ changes }) => changes.map(({ record }) => record.id))
const version = () => organisation.policy.directory.policyVersion
const journal = (kind: Kind, id: string) => organisation.storage.journalOf({ kind, id }, 10)

describe('[D20] validity that begins or ends', () => {
  test('is a commit at its instant, by the server and without a change, and another policy version', async () => {
    await add('rhea', { groups: [member('sales-rep', T, U)] })
    const before = version()
    await timer.passTo(T - 1)
    expect(told()).toEqual([])
    expect(edits('rhea')).toBe(false)

    await timer.passTo(T)
    expect(edits('rhea')).toBe(true)
    expect(told()).toEqual([['rhea']])
    expect(batches[0]?.policy?.before.policyVersion).toBe(before)
    const { number } = await organisation.storage.head()
    expect(version()).toBe(number)
    expect((await journal('worker', 'rhea'))[0]).toMatchObject({
      seq: number,
      author: 'server',
      via: 'server',
      changes: [],
      serverTime: T,
    })

    await timer.passTo(U)
    expect(edits('rhea')).toBe(false)
    expect(told()).toEqual([['rhea'], ['rhea']])
    await timer.passTo(U + DAY)
    expect(told()).toHaveLength(2)
    expect(timer.waiting).toEqual([])
  })

  test('two boundaries at one instant are one commit, of all whose boundary it is and of nobody else', async () => {
    await add('rhea', { groups: [member('sales-rep', null, U)] })
    await add('eve', { validUntil: iso(U) })
    await add('max', { groups: [member('sales-rep', U, null), member('auditor', null, U)] })
    await add('ida', { groups: [member('sales-rep', null, U + 1)] })
    await timer.passTo(U)
    expect(told()).toEqual([['eve', 'max', 'rhea']])
  })

  test('an edit that comes before the alarm is decided after the tick', async () => {
    await add('rhea', {
      accountsQueryType: 'rep',
      repCodes: ['275'],
      groups: [member('sales-rep', null, U)],
    })
    await createAll(organisation.gate, [
      { kind: 'account', id: 'oak', fields: { name: 'Oak', repCodes: ['275'] } },
    ])
    batches.length = 0
    const write = (value: string) =>
      organisation.gate.submit({
        type: 'writes',
        author: { type: 'worker', workerId: 'rhea' },
        via: 'server',
        record: { kind: 'account', id: 'oak' },
        creates: false,
        writes: [{ field: 'phone', value }],
      })
    timer.clock.now = U - 1
    expect((await write('1')).type).toBe('merged')
    timer.clock.now = U
    expect((await write('2')).type).toBe('refused')
    expect(told()).toEqual([['oak'], ['rhea']])
    // The alarm that rings late finds nothing left to do.
    await timer.passTo(U)
    expect(told()).toHaveLength(2)
  })

  test('a boundary further away than a timer reaches is waited for in naps', async () => {
    await add('rhea', { groups: [member('sales-rep', START + 40 * DAY, null)] })
    expect(timer.waiting).toEqual([START + LOOK_AGAIN_MS])
    for (let day = 1; day < 40; day++) await timer.passTo(START + day * DAY)
    await timer.passTo(START + 40 * DAY - 5)
    expect(told()).toEqual([])
    expect(timer.waiting).toEqual([START + 40 * DAY])
    await timer.passTo(START + 40 * DAY)
    expect(told()).toEqual([['rhea']])
  })

  test('a changed directory is planned anew: a boundary that comes nearer, and one that is taken back', async () => {
    await add('rhea', { groups: [member('sales-rep', null, U)] })
    const until = (instant: number | null) =>
      organisation.gate.submit({
        type: 'writes',
        author: { type: 'operator' },
        via: 'operator',
        record: { kind: 'worker', id: 'rhea' },
        creates: false,
        writes: [{ field: 'groups/sales-rep', value: { from: null, until: iso(instant) } }],
      })
    await until(START + 5)
    expect(timer.waiting).toEqual([START + 5])
    await until(null)
    expect(timer.waiting).toEqual([])
    // Written when it was over already: its own commit says so, and no tick comes after it.
    timer.clock.now = U
    await until(T)
    batches.length = 0
    await timer.passTo(U + DAY)
    expect(told()).toEqual([])
    expect(edits('rhea')).toBe(false)
  })

  test('what was missed while the server was down is committed at start, once, in one commit', async () => {
    await add('rhea', { groups: [member('sales-rep', T, U)] })
    await add('eve', { validUntil: iso(T) })
    await add('max', { validUntil: iso(U + DAY) })
    const before = (await organisation.storage.head()).number
    await close()
    timer.clock.now = U + HOUR
    await open()
    const times = (await journal('worker', 'rhea')).map(({ serverTime }) => serverTime)
    expect(times).toEqual([U + HOUR, START])
    const missed = version()
    expect(missed).toBe(before + 2)
    expect((await organisation.storage.head()).number).toBe(missed)

    await close()
    timer.clock.now += 1
    await open()
    expect(version()).toBe(missed)
    expect((await organisation.storage.head()).number).toBe(missed)
    await timer.passTo(U + DAY)
    expect(told()).toEqual([['max']])
  })

  test('[D19] a dry run is decided by what holds now, and commits no tick: another process may hold the data', async () => {
    await add('rhea', { groups: [member('sales-rep', null, U)], accountsQueryType: 'all' })
    await createAll(organisation.gate, [{ kind: 'account', id: 'oak', fields: { name: 'Oak' } }])
    const write = async () => {
      const [verdict] = await organisation.gate.submitAll(
        [
          {
            type: 'writes',
            author: { type: 'worker', workerId: 'rhea' },
            via: 'server',
            record: { kind: 'account', id: 'oak' },
            creates: false,
            writes: [{ field: 'phone', value: '1' }],
          },
        ],
        { atomic: true, dryRun: true },
      )
      return verdict?.type
    }
    const head = await organisation.storage.head()
    expect(await write()).toBe('merged')
    timer.clock.now = U
    expect(await write()).toBe('refused')
    expect(await organisation.storage.head()).toEqual(head)
    await timer.passTo(U)
    expect((await organisation.storage.head()).number).toBe(head.number + 1)
  })

  test('a clock that is set back and passes an instant again says both', async () => {
    await add('rhea', { groups: [member('sales-rep', null, U)] })
    await timer.passTo(U)
    expect(edits('rhea')).toBe(false)
    timer.clock.now = U - 1_000
    await organisation.gate.tick()
    expect(edits('rhea')).toBe(true)
    await timer.passTo(U)
    expect(edits('rhea')).toBe(false)
    expect(told()).toEqual([['rhea'], ['rhea'], ['rhea']])
  })
})

describe('[D19] a tick that cannot be committed', () => {
  test('moves nothing, lets nothing be decided before it, and is tried again', async () => {
    await add('rhea', { groups: [member('sales-rep', null, U)] })
    const { commit } = organisation.storage
    const before = version()
    Object.assign(organisation.storage, { commit: () => Promise.reject(new Error('disk full')) })
    await timer.passTo(U)
    expect(version()).toBe(before)
    expect(told()).toEqual([])
    const edit = await organisation.gate.submit({
      type: 'writes',
      author: { type: 'operator' },
      via: 'operator',
      record: { kind: 'worker', id: 'rhea' },
      creates: false,
      writes: [{ field: 'phone', value: '1' }],
    })
    expect(edit.type).toBe('later')
    Object.assign(organisation.storage, { commit })
    await timer.passTo(U + 1_000)
    expect(told()).toEqual([['rhea']])
  })
})
