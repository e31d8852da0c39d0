/**
 * The server's answer to hello: this device's id, lease and rights, and whether its records go on or begin again.
 *
 * Another lease: every entry that was never sent is written anew; what was on the way is asked for again by its id and
 * bytes first (D2). The outbox is never forgotten.
 */
import { timelineFromJson } from '../../core/access/principal-json.ts'
import { FOUND_KEPT_MS } from '../../core/protocol/limits.ts'
import type { Welcome } from '../../core/protocol/welcome.ts'
import { announce } from './changes.ts'
import { readDevice, recordTables, reopening, type Replica } from './database.ts'
import { foldAll } from './catch-up.ts'
import { writeAllAnew } from './rewrite-entries.ts'
import type { Device } from './stored.ts'

export async function applyWelcome(
  db: Replica,
  welcome: Welcome,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): Promise<void> {
  const changed = await reopening(db, () =>
    db.transaction('rw', recordTables(db), async () => {
      const before = await readDevice(db)
      const device = deviceAfter(before, welcome, now())
      // Their numbers belong to the other history: from here on they are part of what is stored.
      if (device.otherHistory && !before.otherHistory)
        await foldAll(db, Number.MAX_SAFE_INTEGER, before.lease ?? 0)
      await db.device.put(device)
      await forgetOldKept(db, now())
      const isOtherLease = before.lease !== null && before.lease !== welcome.lease
      return isOtherLease ? await writeAllAnew(db, { newId }) : []
    }),
  )
  announce(db, changed)
}

function deviceAfter(before: Device, welcome: Welcome, now: number): Device {
  const rebuild = welcome.resume === 'rebuild'
  const isRestored = before.history !== null && before.history !== welcome.history
  const nothingComes = welcome.arrivals === 0 && welcome.departures === 0 && !rebuild
  return {
    ...before,
    id: welcome.device.id,
    secret: welcome.device.secret ?? before.secret,
    lease: welcome.lease,
    history: welcome.history,
    principals: welcome.principals,
    changers: welcome.changers,
    policyVersion: timelineFromJson(welcome.principals)?.[0]?.policyVersion ?? before.policyVersion,
    scopeHash: nothingComes ? welcome.scopeHash : before.scopeHash,
    nextScopeHash: welcome.scopeHash,
    metAt: now,
    syncedAt: nothingComes ? now : before.syncedAt,
    clockAheadMs: welcome.serverTime - now,
    ...(rebuild && {
      number: 0,
      chain: null,
      // Nothing stored yet: there is nothing that the feed could fail to bring again.
      rebuilding: before.rebuilding || before.number > 0,
      run: before.run + 1,
      otherHistory: before.otherHistory || isRestored,
      ...(isRestored && { former: { history: before.history, run: before.run } }),
    }),
  }
}

/** Merged entries are kept this long for a server that is restored from its backup (GATE 29): 30 days. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000

async function forgetOldKept(db: Replica, now: number): Promise<void> {
  await db.kept
    .where('folded')
    .equals(1)
    .filter(({ at }) => now - at > KEPT_MS)
    .delete()
  await db.finds.filter(({ at }) => now - at > FOUND_KEPT_MS).delete()
}
