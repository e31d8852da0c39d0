/** What the doors need: who may log in, who is logged in, which devices and clientIDs are whose; and odd notes. */
import type { DatabaseSync } from 'node:sqlite'
import { SESSION_DRAINS_MS } from '../../../core/protocol/limits.ts'
import type {
  DeviceWithUnsent,
  EndedSessions,
  Lease,
  Storage,
  StoredSession,
  UnsentEdits,
} from '../storage.ts'
import { isWipeDue } from '../wipe-due.ts'
import { toDevice } from './logins.ts'

type Doors = Pick<
  Storage,
  | 'leases'
  | 'saveLease'
  | 'credential'
  | 'saveCredential'
  | 'session'
  | 'saveSession'
  | 'endSessions'
  | 'drainSessions'
  | 'bindSession'
  | 'devicesOfSession'
  | 'sessionsOfDevice'
  | 'device'
  | 'saveDevice'
  | 'saveUnsent'
  | 'devicesWithUnsent'
  | 'meta'
  | 'saveMeta'
>

export function createDoors(db: DatabaseSync, writeLeases: (leases: readonly Lease[]) => void): Doors {
  const lease = db.prepare('SELECT worker_id, device_id, burnt FROM leases WHERE client_id = ?')
  const credential = db.prepare('SELECT password_hash, must_change FROM credentials WHERE worker_id = ?')
  const saveCredential = db.prepare(`
    INSERT INTO credentials (worker_id, password_hash, must_change) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET password_hash = excluded.password_hash, must_change = excluded.must_change`)
  const session = db.prepare(
    'SELECT id, worker_id, created_at, expires_at, drains, device_id FROM sessions WHERE token_hash = ?',
  )
  const saveSession = db.prepare(`
    INSERT INTO sessions (id, token_hash, worker_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`)
  const dropExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const endOne = db.prepare('DELETE FROM sessions WHERE id = ? RETURNING id')
  const endOfDevice = db.prepare(`
    DELETE FROM sessions WHERE id IN (SELECT session_id FROM session_devices WHERE device_id = ?) RETURNING id`)
  const endOfWorker = db.prepare('DELETE FROM sessions WHERE worker_id = ? AND id IS NOT ? RETURNING id')
  const drainOfWorker = db.prepare(
    'UPDATE sessions SET drains = 1 WHERE worker_id = ? AND drains = 0 RETURNING id',
  )
  const bind = db.prepare('UPDATE sessions SET device_id = ? WHERE id = ?')
  const met = db.prepare('INSERT OR IGNORE INTO session_devices (session_id, device_id) VALUES (?, ?)')
  const metBy = db.prepare(`
    SELECT device, wipe_asked_at, wipe_asked_by FROM session_devices
    JOIN devices ON id = device_id WHERE session_id = ?`)
  const meeting = db.prepare('SELECT session_id FROM session_devices WHERE device_id = ?')
  const device = db.prepare('SELECT device, wipe_asked_at, wipe_asked_by FROM devices WHERE id = ?')
  const saveDevice = db.prepare(`
    INSERT INTO devices (id, worker_id, device) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET worker_id = excluded.worker_id, device = excluded.device`)
  const saveUnsent = db.prepare('UPDATE devices SET unsent = ? WHERE id = ?')
  const withUnsent = db.prepare(`
    SELECT device, wipe_asked_at, wipe_asked_by, unsent FROM devices
    WHERE worker_id = ? AND unsent IS NOT NULL`)
  const meta = db.prepare('SELECT value FROM meta WHERE key = ?')
  const saveMeta = db.prepare(`
    INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`)

  /** Writings of one turn of the event loop share a sync to disk: everybody comes back at once after a restart (L18). */
  let together: {
    readonly write: () => void
    readonly done: () => void
    readonly fail: (error: unknown) => void
  }[] = []
  const begin = db.prepare('BEGIN IMMEDIATE')
  const end = db.prepare('COMMIT')
  const undo = db.prepare('ROLLBACK')

  function writeTogether(): void {
    const writings = together
    together = []
    try {
      begin.run()
      for (const { write } of writings) write()
      end.run()
    } catch {
      if (db.isTransaction) undo.run()
      // Each alone, so that one that cannot be written does not keep the others.
      for (const { write, done, fail } of writings) {
        try {
          write()
          done()
        } catch (error) {
          fail(error)
        }
      }
      return
    }
    for (const { done } of writings) done()
  }

  function durably(write: () => void): Promise<void> {
    return new Promise((done, fail) => {
      if (together.push({ write, done, fail }) === 1) setImmediate(writeTogether)
    })
  }

  function endedBy(which: EndedSessions) {
    if ('id' in which) return endOne.all(which.id)
    return 'deviceId' in which
      ? endOfDevice.all(which.deviceId)
      : endOfWorker.all(which.workerId, which.but ?? null)
  }

  return {
    async leases(clientIds) {
      const found = new Map<number, Lease>()
      for (const clientId of clientIds) {
        const line = lease.get(clientId)
        if (line === undefined) continue
        const deviceId = line['device_id']
        found.set(clientId, {
          clientId,
          workerId: String(line['worker_id']),
          deviceId: typeof deviceId === 'string' ? deviceId : null,
          burnt: line['burnt'] === 1,
        })
      }
      return found
    },
    saveLease: (saved) => durably(() => writeLeases([saved])),
    async credential(workerId) {
      const line = credential.get(workerId)
      if (line === undefined) return null
      const hash = line['password_hash']
      return {
        workerId,
        passwordHash: typeof hash === 'string' ? hash : null,
        mustChange: line['must_change'] === 1,
      }
    },
    async saveCredential({ workerId, passwordHash, mustChange }) {
      saveCredential.run(workerId, passwordHash, mustChange ? 1 : 0)
    },
    async session(tokenHash) {
      const line = session.get(tokenHash)
      if (line === undefined) return null
      return {
        id: String(line['id']),
        tokenHash,
        workerId: String(line['worker_id']),
        createdAt: Number(line['created_at']),
        expiresAt: Number(line['expires_at']),
        ...(line['drains'] === 1 && { drains: true as const }),
        ...(typeof line['device_id'] === 'string' && { deviceId: line['device_id'] }),
        ...(metBy.all(String(line['id'])).map(toDevice).some(isWipeDue) && { wipes: true as const }),
      }
    },
    async saveSession({ id, tokenHash, workerId, createdAt, expiresAt }: StoredSession) {
      // Nothing else takes out sessions that nobody ended; here the time is known.
      dropExpired.run(createdAt - SESSION_DRAINS_MS)
      saveSession.run(id, tokenHash, workerId, createdAt, expiresAt)
    },
    async endSessions(which) {
      return endedBy(which).map((line) => String(line['id']))
    },
    async drainSessions(workerId) {
      return drainOfWorker.all(workerId).map((line) => String(line['id']))
    },
    bindSession: (sessionId, deviceId) =>
      durably(() => {
        bind.run(deviceId, sessionId)
        met.run(sessionId, deviceId)
      }),
    async devicesOfSession(sessionId) {
      return metBy.all(sessionId).map(toDevice)
    },
    async sessionsOfDevice(deviceId) {
      return meeting.all(deviceId).map((line) => String(line['session_id']))
    },
    async device(id) {
      const line = device.get(id)
      return line === undefined ? null : toDevice(line)
    },
    saveDevice({ wipeAsked: _, ...saved }) {
      return durably(() => void saveDevice.run(saved.id, saved.workerId, JSON.stringify(saved)))
    },
    saveUnsent: (deviceId, unsent) =>
      durably(() => void saveUnsent.run(unsent.total === 0 ? null : JSON.stringify(unsent), deviceId)),
    async devicesWithUnsent(workerIds) {
      return workerIds.flatMap((id) =>
        withUnsent.all(id).map((line): DeviceWithUnsent => {
          const unsent = JSON.parse(String(line['unsent'])) as UnsentEdits
          return { ...toDevice(line), unsent }
        }),
      )
    },
    async meta(key) {
      const line = meta.get(key)
      return line === undefined ? null : String(line['value'])
    },
    async saveMeta(key, value) {
      saveMeta.run(key, value)
    },
  }
}

/** A clientID belongs to the first worker that used it (L12): throws for another. */
export function createLeaseWriter(db: DatabaseSync): (leases: readonly Lease[]) => void {
  const save = db.prepare(`
    INSERT INTO leases (client_id, worker_id, device_id, burnt) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET device_id = excluded.device_id, burnt = excluded.burnt
    WHERE worker_id = excluded.worker_id`)
  return (leases) => {
    for (const { clientId, workerId, deviceId, burnt } of leases) {
      const { changes } = save.run(clientId, workerId, deviceId, burnt ? 1 : 0)
      if (Number(changes) === 0) throw new Error(`The clientID ${clientId} belongs to another worker.`)
    }
  }
}
