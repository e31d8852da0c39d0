/** L6: ids that a device makes are random UUIDs, so that two devices without a network never make the same one. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createRecord } from '../../../client/replica/edit-record.ts'
import { sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

const randomUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u

test('[L6] a new record gets an id of its own from the device, and its edit another', async () => {
  const server = new FakeServer(rhea)
  const device = new TestDevice()
  await sync(device, server)
  const context = { now: () => 1, newId: () => crypto.randomUUID() }
  const made = new Set<string>()
  for (const name of ['One', 'Two']) {
    const fields = { name, repCodes: ['275'] }
    const outcome = await createRecord(device.db, { kind: 'account', fields }, context)
    expect(outcome.type).toBe('saved')
    if (outcome.type !== 'saved') return
    for (const id of [outcome.key.slice('account/'.length), ...outcome.edits]) made.add(id)
  }
  expect(made.size).toBe(4)
  expect([...made].filter((id) => !randomUuid.test(id))).toEqual([])
})

test('[L6] the client makes ids in no other way', () => {
  const root = fileURLToPath(new URL('../../../client/', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/u.test(name),
  )
  const sources = files.map((file) => readFileSync(root + file, 'utf8'))
  const makers = sources.flatMap((source) =>
    [...source.matchAll(/newId(?:: \(\) =>| = \(\) =>) (?!string)([^,\n]+)/gu)].map(([, made]) =>
      made?.trim(),
    ),
  )
  expect(makers.length).toBeGreaterThan(0)
  expect(makers.filter((made) => made !== 'crypto.randomUUID()')).toEqual([])
  expect(sources.filter((source) => source.includes('Math.random('))).toEqual([])
})
