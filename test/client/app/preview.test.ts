/** A preview holds what the other worker would see and nothing else, and while it is shown no screen reaches the server. */
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { askServer } from '../../../client/app/ask-server.ts'
import { beginPreview, endPreview, preview } from '../../../client/preview/preview.ts'
import { openReplica } from '../../../client/replica/database.ts'
import { makeDirectory } from '../../../core/access/directory.ts'
import { workerFromRow } from '../../../core/access/from-rows.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { emptyRow } from '../../../core/documents/row-after-writes.ts'
import { type Kind, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'

const row = (kind: Kind, id: string, values: object): Row => ({ ...emptyRow(kindSpecs[kind], id), ...values })
const rhea = row('worker', 'rhea', {
  username: 'rhea',
  active: true,
  accountsQueryType: 'rep',
  repCodes: ['275'],
})
const rows = [
  rhea,
  row('worker', 'max', { username: 'max', active: true }),
  row('account', 'oak', { name: 'Oak', repCodes: ['275'] }),
  row('account', 'elm', { name: 'Elm', repCodes: ['276'] }),
  row('contact', 'cora', { accountId: 'oak', lastName: 'Cora' }),
  row('contact', 'dora', { accountId: 'elm', lastName: 'Dora' }),
]
const directory = makeDirectory(shippedCatalogue, [workerFromRow(rhea)], [], 1)

afterEach(async () => {
  vi.unstubAllGlobals()
  await endPreview()
})

test('[S9] [B1] it holds her account, its contact and herself; the other account, its contact and worker are not in it', async () => {
  const source = openReplica('ada')
  await source.records.bulkPut(
    rows.map((one) => ({
      key: recordKey(one.kind, one.id),
      kind: one.kind,
      id: one.id,
      sort: one.id,
      terms: [],
      row: one,
      pending: 0,
      run: 1,
    })),
  )
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return new Response(null, { status: 204 })
  })
  await askServer('/api/devices')
  await beginPreview({ source, directory, workerId: 'rhea', now: 1, onProgress: () => undefined })
  expect((await preview()?.db.records.toArray())?.map(({ key }) => key).sort()).toEqual([
    'account/oak',
    'contact/cora',
    'worker/rhea',
  ])
  await expect(askServer('/api/workers/rhea/password', { method: 'POST' })).rejects.toThrow('asks no server')
  await endPreview()
  await askServer('/api/audit')
  expect(asked).toEqual(['/api/devices', '/api/audit'])
})
