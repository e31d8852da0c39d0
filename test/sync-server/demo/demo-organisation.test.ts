/** The demo organisation: what the first start shows must be true. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideKind } from '../../../core/access/decide.ts'
import { rightOf } from '../../../core/access/decisions.ts'
import { isAllowed } from '../../../core/access/types.ts'
import { preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'
import { noticesOf } from '../../../core/records/board.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { exchangeKinds } from '../../../core/exchange/kinds.ts'
import { PASSWORD_LENGTH_MIN } from '../../../core/protocol/limits.ts'
import { makeDemoOrganisation } from '../../../sync-server/demo/make-demo-organisation.ts'
import { exportRecords } from '../../../sync-server/exchange/export-records.ts'
import { importRecords } from '../../../sync-server/exchange/import-records.ts'
import { demoLoginsKey } from '../../../sync-server/http/demo.ts'
import { listVisible } from '../../../sync-server/http/visible-records.ts'
import { createLogger } from '../../../sync-server/log.ts'
import { openOrganisation, type Organisation } from '../../../sync-server/organisation.ts'

let folder: string
let demo: Organisation
let logins: readonly { username: string; password: string; role: string }[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-demo-'))
  demo = await openOrganisation({ dataDir: folder, log: createLogger('silent'), rate: 0 })
  await makeDemoOrganisation(demo)
  logins = JSON.parse((await demo.storage.meta(demoLoginsKey)) ?? '[]')
}, 60_000)
afterAll(async () => {
  await demo.close()
  await rm(folder, { recursive: true, force: true })
})

const everything = { type: 'everything' } as const

async function principal(username: string) {
  const ids = await demo.storage.idsByValue('worker', 'username', [username])
  return demo.policy.principalOf(ids.get(username)?.[0] ?? '')
}

const visible = async (username: string) =>
  (
    await listVisible(demo.storage, await principal(username), {
      kind: 'account',
      words: [],
      limit: 1,
      cursor: null,
    })
  ).total

test('there are people, the groups that ship and more, accounts, and a House Contact for each', async () => {
  expect(await demo.storage.count('worker', everything)).toBeGreaterThan(20)
  expect(await demo.storage.count('group', everything)).toBeGreaterThan(preconfiguredGroups.length)
  const accounts = await demo.storage.count('account', everything)
  expect(accounts).toBe(600)
  const contacts = await demo.storage.list({
    kind: 'contact',
    reach: everything,
    words: ['house', 'contact'],
    limit: 1,
    cursor: null,
  })
  expect(contacts.total).toBe(accounts)
})

test('every printed login is a live worker with a password that may be used', async () => {
  expect(logins.length).toBeGreaterThanOrEqual(5)
  for (const { username, password } of logins) {
    const { live, workerId } = await principal(username)
    expect([username, live]).toEqual([username, true])
    expect(password.length).toBeGreaterThanOrEqual(PASSWORD_LENGTH_MIN)
    expect((await demo.storage.credential(workerId))?.passwordHash).toMatch(/^\$argon2id\$/)
  }
})

test('[S2] [S3] a rep sees some accounts, a manager more, the auditor all and changes none', async () => {
  const [rhea, max, noor] = await Promise.all(['rhea', 'max', 'noor'].map(visible))
  expect(rhea).toBeGreaterThan(10)
  expect(max).toBeGreaterThan(rhea ?? 0)
  expect(noor).toBe(600)
  expect(decideKind(await principal('noor'), 'edit', 'account').outcome).toBe('denied')
})

test('[U-08] [U-09] [U-10] [R-08] the organisation’s screens have something on them from the first start', async () => {
  const rows = async (kind: Kind) =>
    (await demo.storage.list({ kind, reach: everything, words: [], limit: 99, cursor: null })).rows
  const [settings] = await rows('settings')
  const [board] = await rows('board')
  expect(settings?.defaultBoard).toBe(board?.id)
  expect(board === undefined ? [] : noticesOf(board)).toHaveLength(2)
  expect(await rows('campaign')).toHaveLength(2)
  const [words] = await rows('label-set')
  expect((await rows('worker')).filter(({ labelSet }) => labelSet === words?.id)).toHaveLength(1)
  const [right = ''] = Object.keys(settings?.customRights ?? {})
  expect(isAllowed(rightOf(await principal('eve'), right))).toBe(true)
  expect(isAllowed(rightOf(await principal('rhea'), right))).toBe(false)
})

test('[P8] the deny of a group below Sales Rep bites, and beside it the right is held', async () => {
  expect(decideKind(await principal('eve'), 'edit', 'address').outcome).toBe('denied')
  expect(decideKind(await principal('rhea'), 'edit', 'address').outcome).toBe('allowed')
})

test('[B10] exported and imported again it is unchanged', async () => {
  for (const kind of exchangeKinds) {
    let text = ''
    for await (const piece of exportRecords(demo, { kind, principal: 'operator' })) text += piece
    const report = await importRecords(demo, {
      kind,
      content: text,
      author: { type: 'operator' },
      mode: 'apply',
    })
    expect(report).toEqual({ rows: report.rows, added: 0, changed: 0, unchanged: report.rows, errors: [] })
    expect(report.rows).toBeGreaterThan(5)
  }
})
