/** Invites and what is known of logins and devices beside the doors themselves: sessions by device, wipes, activity. */
import type { DatabaseSync } from 'node:sqlite'
import type { Activity, Device, Invite, Storage } from '../storage.ts'

type Logins = Pick<
  Storage,
  | 'inviteOf'
  | 'inviteBySecret'
  | 'saveInvite'
  | 'dropInvite'
  | 'redeemInvite'
  | 'noteSignIn'
  | 'activity'
  | 'devicesOf'
  | 'askWipe'
  | 'sessionsOf'
>

export function createLogins(db: DatabaseSync): Logins {
  const invite = 'SELECT worker_id, secret_hash, invited_by, created_at, expires_at FROM invites WHERE'
  const ofWorker = db.prepare(`${invite} worker_id = ?`)
  const bySecret = db.prepare(`${invite} secret_hash = ?`)
  const save = db.prepare('INSERT OR REPLACE INTO invites VALUES (?, ?, ?, ?, ?)')
  const drop = db.prepare('DELETE FROM invites WHERE worker_id = ?')
  const take = db.prepare('DELETE FROM invites WHERE worker_id = ? AND secret_hash = ?')
  const setPassword = db.prepare(`
    INSERT INTO credentials (worker_id, password_hash, must_change) VALUES (?, ?, 0)
    ON CONFLICT DO UPDATE SET password_hash = excluded.password_hash, must_change = 0`)
  const signIn = db.prepare(`
    INSERT INTO credentials (worker_id, must_change, signed_in_at) VALUES (?, 0, ?)
    ON CONFLICT DO UPDATE SET signed_in_at = excluded.signed_in_at`)
  const signIns = db.prepare('SELECT worker_id, signed_in_at FROM credentials WHERE signed_in_at IS NOT NULL')
  const syncs = db.prepare(
    "SELECT worker_id, MAX(json_extract(device, '$.seenAt')) AS seen_at FROM devices GROUP BY worker_id",
  )
  const devices = db.prepare(`
    SELECT device, wipe_asked_at, wipe_asked_by FROM devices WHERE worker_id = ?
    ORDER BY json_extract(device, '$.seenAt') DESC, id`)
  const askWipe = db.prepare('UPDATE devices SET wipe_asked_at = ?, wipe_asked_by = ? WHERE id = ?')
  const sessions = db.prepare(
    'SELECT id, created_at, expires_at, device_id FROM sessions WHERE worker_id = ? AND drains = 0',
  )

  return {
    async inviteOf(workerId) {
      return toInvite(ofWorker.get(workerId))
    },
    async inviteBySecret(secretHash) {
      return toInvite(bySecret.get(secretHash))
    },
    async saveInvite({ workerId, secretHash, by, createdAt, expiresAt }) {
      save.run(workerId, secretHash, by, createdAt, expiresAt)
    },
    async dropInvite(workerId) {
      drop.run(workerId)
    },
    async redeemInvite({ workerId, secretHash }, passwordHash) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const isThere = Number(take.run(workerId, secretHash).changes) === 1
        if (isThere) setPassword.run(workerId, passwordHash)
        db.exec('COMMIT')
        return isThere
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    async noteSignIn(workerId, at) {
      signIn.run(workerId, at)
    },
    async activity() {
      const found = new Map<string, Activity>()
      for (const line of signIns.all())
        found.set(String(line['worker_id']), { signedInAt: Number(line['signed_in_at']), syncedAt: null })
      for (const line of syncs.all()) {
        const workerId = String(line['worker_id'])
        const signedInAt = found.get(workerId)?.signedInAt ?? null
        found.set(workerId, { signedInAt, syncedAt: Number(line['seen_at']) })
      }
      return found
    },
    async devicesOf(workerId) {
      return devices.all(workerId).map(toDevice)
    },
    async askWipe(deviceId, { at, by }) {
      askWipe.run(at, by, deviceId)
    },
    async sessionsOf(workerId) {
      return sessions.all(workerId).map((line) => {
        const deviceId = line['device_id']
        return {
          id: String(line['id']),
          workerId,
          createdAt: Number(line['created_at']),
          expiresAt: Number(line['expires_at']),
          ...(typeof deviceId === 'string' && { deviceId }),
        }
      })
    },
  }
}

type Line = Readonly<Record<string, unknown>>

/** A line of `devices`: what was saved, and beside it what is not the device's to save. */
export function toDevice(line: Line): Device {
  const { wipe_asked_at: at, wipe_asked_by: by } = line
  const device = JSON.parse(String(line['device'])) as Device
  return typeof at === 'number' ? { ...device, wipeAsked: { at, by: String(by) } } : device
}

function toInvite(line: Line | undefined): Invite | null {
  if (line === undefined) return null
  return {
    workerId: String(line['worker_id']),
    secretHash: String(line['secret_hash']),
    by: String(line['invited_by']),
    createdAt: Number(line['created_at']),
    expiresAt: Number(line['expires_at']),
  }
}
