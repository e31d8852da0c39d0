/** An organisation over a real SQLite file, with the preconfigured groups and nobody in it, to import into. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldValue } from '../../../core/records/fold.ts'
import type { FileKind } from '../../../core/exchange/kinds.ts'
import type { Kind, Row } from '../../../core/records/kind-spec.ts'
import { exportRecords } from '../../../sync-server/exchange/export-records.ts'
import {
  type ImportQuestion,
  type ImportReport,
  importRecords,
} from '../../../sync-server/exchange/import-records.ts'
import { createLogger } from '../../../sync-server/log.ts'
import { openOrganisation, type Organisation } from '../../../sync-server/organisation.ts'
import { seedPreconfigured } from '../../../sync-server/seed/preconfigured.ts'

export interface ExchangeHarness extends Organisation {
  import(kind: FileKind, content: string | Uint8Array, more?: Partial<ImportQuestion>): Promise<ImportReport>
  /** The whole file, as the operator or as the worker named sees it. */
  export(kind: FileKind, username?: string): Promise<string>
  /** By the value of a unique field. */
  row(kind: Kind, field: string, value: string): Promise<Row | null>
  workerId(username: string): Promise<string>
  close(): Promise<void>
}

export async function openExchange(): Promise<ExchangeHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'ambit-exchange-'))
  const now = () => Date.UTC(2026, 0, 15)
  const organisation = await openOrganisation({ dataDir: folder, log: createLogger('silent'), rate: 0, now })
  await seedPreconfigured(organisation.gate)
  const { storage, policy } = organisation

  async function row(kind: Kind, field: string, value: string): Promise<Row | null> {
    const ids = await storage.idsByValue(kind, field, [value])
    const [id] = ids.get(foldValue(value)) ?? []
    return id === undefined ? null : ((await storage.load([{ kind, id }])).get(`${kind}/${id}`)?.row ?? null)
  }

  async function workerId(username: string): Promise<string> {
    const found = await row('worker', 'username', username)
    if (found === null) throw new Error(`no worker ${username}`)
    return found.id
  }

  return {
    ...organisation,
    row,
    workerId,
    import: (kind, content, more = {}) =>
      importRecords(organisation, { kind, content, author: { type: 'operator' }, mode: 'apply', ...more }),
    async export(kind, username) {
      const principal = username === undefined ? 'operator' : policy.principalOf(await workerId(username))
      let text = ''
      for await (const piece of exportRecords({ storage, policy }, { kind, principal })) text += piece
      return text
    },
    async close() {
      await organisation.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
