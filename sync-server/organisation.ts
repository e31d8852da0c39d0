/**
 * One organisation, opened: its storage, its policy and its gate. The server and every command start from here.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import {
  catalogueFromSettings,
  groupFromRow,
  makeDirectory,
  workerFromRow,
} from '../core/access/directory.ts'
import { createGate } from './gate/create-gate.ts'
import { createPolicy, type Policy } from './gate/policy.ts'
import type { Gate } from './gate/types.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openSqliteStorage } from './storage/sqlite/open-sqlite-storage.ts'
import { createSettlements, type Settlements } from './review/settlements.ts'
import type { Storage } from './storage/storage.ts'

export interface Organisation {
  readonly storage: Storage
  readonly policy: Policy
  readonly gate: Gate
  readonly now: () => number
  readonly newId: () => string
  /** Identifies this history of sequence numbers; a restored server has another one (GATE 31). */
  readonly history: string
  /** Whether it began as a backup: then devices may hold what it lost (L20). */
  readonly isRestored: boolean
  /** Word of refused edits that somebody reviewed (D21). */
  readonly settlements: Settlements
  close(): Promise<void>
}

export interface OrganisationOptions {
  readonly dataDir: string
  readonly log: Logger
  /** Updates a second that one device may send; 0 for no limit. */
  readonly rate: number
  readonly now?: () => number
  readonly metrics?: Pick<Metrics, 'commitsFailing' | 'commitsFailed' | 'damagedRecords' | 'liveRecords'>
}

const historyKey = 'history'
/** Written by the restore (restore-sqlite.ts). */
const formerHistoryKey = 'formerHistory'

export async function openOrganisation({
  dataDir,
  log,
  rate,
  now = Date.now,
  metrics,
}: OrganisationOptions): Promise<Organisation> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const storage = await openSqliteStorage(dataDir, ({ kind, id }, part) => {
    metrics?.damagedRecords.inc()
    // Once a record and part: the line is for whoever runs the machine.
    log.error(
      { record: `${kind}/${id}`, part },
      'a stored record cannot be read; the rest is served. Restore a backup into a folder of its own and take it from there',
    )
  })
  const policy = createPolicy(await readDirectory(storage), now)
  const newId = () => randomUUID()
  const random = { id: newId, clientId: () => randomInt(1, 2 ** 32) }
  const onCommit = (isDurable: boolean) => {
    metrics?.commitsFailing.set(isDurable ? 0 : 1)
    if (!isDurable) metrics?.commitsFailed.inc()
  }
  const onLive = (size: number) => metrics?.liveRecords.set(size)
  const gate = await createGate({ storage, policy, now, random, limits: { rate }, log, onCommit, onLive })
  const history = (await storage.meta(historyKey)) ?? newId()
  await storage.saveMeta(historyKey, history)

  return {
    storage,
    policy,
    gate,
    now,
    newId,
    history,
    isRestored: (await storage.meta(formerHistoryKey)) !== null,
    settlements: createSettlements(),
    async close() {
      await gate.idle()
      await storage.close()
    },
  }
}

async function readDirectory(storage: Storage) {
  const [workers, groups, settings] = await Promise.all([
    storage.allRows('worker'),
    storage.allRows('group'),
    storage.allRows('settings'),
  ])
  const policyVersion = Math.max(
    0,
    ...[workers, groups, settings].flatMap((rows) => rows.map((row) => row.seq)),
  )
  return makeDirectory(
    catalogueFromSettings(settings[0] ?? null),
    workers.map(workerFromRow),
    groups.map(groupFromRow),
    policyVersion,
  )
}
