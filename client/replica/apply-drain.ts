/**
 * The last words of a device whose worker is not live any more (L16): everything that waits is handed in, then nothing
 * is left here.
 *
 * Nothing is written anew after a refusal: all of it will be refused, and each entry has to reach the server as it is.
 */
import type { Drain } from '../../core/protocol/drain.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { Reason } from '../../core/access/types.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { applyVerdict } from './apply-verdict.ts'
import { announce } from './changes.ts'
import { readDevice, recordTables, reopening, type Replica } from './database.ts'
import { quarantineEntries } from './quarantine.ts'
import { readParts, storeParts } from './rebuild-record.ts'
import { emptyDevice } from './stored.ts'

/**
 * Takes the device's id, so that what is handed in twice is known, and puts back into the outbox what this device
 * refused by itself: those edits the server has never seen, and after the wipe nobody could.
 */
export async function beginDrain(db: Replica, { device: { id, secret } }: Drain): Promise<void> {
  await reopening(db, () =>
    db.transaction('rw', [db.device, db.outbox, db.quarantine], async () => {
      const device = await readDevice(db)
      await db.device.put({ ...device, id, secret: secret ?? device.secret })
      const unseen = await db.quarantine
        .filter(({ by, settled }) => by === 'device' && settled === null)
        .toArray()
      await db.outbox.bulkAdd(
        unseen.map(({ edit, record, update, changes, creates, writtenAt, policyVersion }) => ({
          edit,
          record,
          update,
          changes,
          creates,
          writtenAt,
          policyVersion,
          lastRefusal: null,
          replaces: null,
          // It may have been on the way before: its id and bytes stay what they are (D2).
          state: 'sent' as const,
          rewrites: 0,
        })),
      )
      await db.quarantine.bulkDelete(unseen.map(({ edit }) => edit))
    }),
  )
}

export async function applyDrainVerdict(
  db: Replica,
  verdict: VerdictMessage,
  context: { readonly now: () => number; readonly newId: () => string },
): Promise<void> {
  if (verdict.outcome === 'later') return
  if (verdict.outcome === 'rewrite') return void (await applyVerdict(db, verdict, context))
  const changed = await reopening(db, () =>
    db.transaction('rw', recordTables(db), async (): Promise<RecordKey[]> => {
      const entry = await db.outbox.where('edit').equals(verdict.edit).first()
      if (entry === undefined) return []
      if (verdict.outcome === 'merged') await db.outbox.delete(entry.n)
      else {
        const { at, sentence, quarantine: serverId } = verdict
        const reasons = verdict.reasons as readonly Reason[]
        await quarantineEntries(db, [entry], { by: 'server', at, reasons, sentence, serverId })
      }
      // Once for each record, at its end: should the worker be enabled again, the screen shows what is true.
      const parts = await readParts(db, entry.record)
      if (parts.entries.length > 0) return []
      await storeParts(db, parts, (await readDevice(db)).lease ?? 0)
      return [entry.record]
    }),
  )
  announce(db, changed)
}

/**
 * Takes everything out of the database, unless something waits: in one transaction, so that no tab can write an edit
 * between the look and the deed, and afterwards finds nothing to write on. False where something waits.
 */
export async function emptyReplica(db: Replica): Promise<boolean> {
  return await reopening(db, () =>
    db.transaction('rw', db.tables, async () => {
      if ((await db.outbox.count()) > 0) return false
      const { id, secret } = await readDevice(db)
      for (const table of db.tables) await table.clear()
      // A tab that dies before the database is deleted comes back as the same device, and is told to wipe again.
      await db.device.put({ ...emptyDevice, id, secret })
      return true
    }),
  )
}
