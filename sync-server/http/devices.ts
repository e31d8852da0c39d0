/**
 * GET /api/devices?worker= and POST /api/devices/:id/wipe: what a worker's devices hold, and emptying one of them (L21).
 *
 * One's own always; another's with settings.workers.view, and wiping with settings.workers and P26.
 */
import { Hono } from 'hono'
import { rightOf } from '../../core/access/decisions.ts'
import { type Decision, isAllowed } from '../../core/access/types.ts'
import { kinds } from '../../core/records/kind-spec.ts'
import { offlineLeaseMs } from '../../core/records/settings.ts'
import { waitingOn } from '../dry-run/unsent-effects.ts'
import { confirmedOf } from '../link/device-scope.ts'
import type { Device, Storage } from '../storage/storage.ts'
import { isWipeDue } from '../storage/wipe-due.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { decideOverLogin } from './over-login.ts'
import { notFound, problem } from './problem.ts'
import { settingsRow } from './settings-row.ts'

const own: Decision = { outcome: 'allowed', reasons: [{ code: 'own-record', rule: 'L21' }] }

export function deviceRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, sessions, now } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession(portal))

  routes.get('/', async (context) => {
    const session = context.get('session')
    const workerId = context.req.query('worker') ?? session.workerId
    const mayWipe = await decideAbout(session.workerId, workerId)
    if (mayWipe === null) return notFound(context)
    const [devices, all, head, settings] = await Promise.all([
      storage.devicesOf(workerId),
      storage.sessionsOf(workerId),
      storage.head(),
      settingsRow(storage),
    ])
    const live = all.filter(({ expiresAt }) => expiresAt > now())
    const waiting = await unsentByDevice(storage, workerId)
    const items = []
    for (const device of devices) {
      const { id } = device
      const signedIn = live.filter(({ deviceId }) => deviceId === id)
      items.push({
        ...(await toItem(device, head.number, offlineLeaseMs(settings))),
        isThis: session.deviceId === id,
        unsent: waiting.get(id) ?? 0,
        sessions: signedIn.length,
      })
    }
    return context.json({ items, sessions: live.length, mayWipe })
  })

  routes.post('/:id/wipe', async (context) => {
    const session = context.get('session')
    const device = await storage.device(context.req.param('id'))
    const decision = device === null ? null : await decideAbout(session.workerId, device.workerId)
    if (device === null || decision === null) return notFound(context)
    if (!isAllowed(decision))
      return problem(context, 403, 'The devices of this worker are not yours to wipe.', {
        reasons: decision.reasons,
      })
    if (session.deviceId === device.id)
      return problem(context, 409, 'This is the device you are on. Sign out to remove your data from it.')
    if (!isWipeDue(device)) {
      const { workerId: by } = session
      await storage.askWipe(device.id, { at: now(), by })
      const record = { kind: 'worker', id: device.workerId } as const
      await storage.logAccess({
        workerId: by,
        record,
        via: 'device-wipe-asked',
        deviceId: device.id,
        at: now(),
      })
    }
    await sessions.drainDevice(device.id)
    return context.body(null, 204)
  })

  return routes

  /** Whether the asker may wipe devices of this worker; null where they may not even see them. */
  async function decideAbout(askerId: string, workerId: string): Promise<Decision | null> {
    if (askerId === workerId) return own
    const mayLook = isAllowed(rightOf(policy.principalOf(askerId), 'settings.workers.view'))
    return mayLook ? await decideOverLogin(portal, askerId, workerId) : null
  }

  async function toItem(device: Device, head: number, leaseMs: number) {
    const { id, label = null, createdAt, seenAt, wipeAsked, wipedAt } = device
    const confirmed = confirmedOf(device)
    return {
      id,
      label,
      since: toIso(createdAt),
      lastSeen: toIso(seenAt),
      // The feed's position, and how many commits there were since.
      number: confirmed?.number ?? 0,
      behind: confirmed === null ? null : Math.max(0, head - confirmed.number),
      records: confirmed === null ? null : await countHeld(storage, device),
      leaseEnds: toIso(seenAt + leaseMs),
      wipe:
        wipeAsked === undefined
          ? null
          : {
              askedAt: toIso(wipeAsked.at),
              by: policy.directory.workers.get(wipeAsked.by)?.name ?? null,
              doneAt: wipedAt === undefined || isWipeDue(device) ? null : toIso(wipedAt),
            },
      // Of a worker who was disabled: without anybody's asking.
      wipedAt: wipedAt === undefined || isWipeDue(device) ? null : toIso(wipedAt),
    }
  }
}

/** About: what there is now under what it may hold; restrictions are not looked at. */
async function countHeld(storage: Storage, device: Device): Promise<number | null> {
  const reach = confirmedOf(device)?.scope.held.reach
  if (reach === undefined) return null
  const counts = await Promise.all(
    kinds.map(async (kind) => (reach[kind] === undefined ? 0 : await storage.count(kind, reach[kind]))),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function unsentByDevice(storage: Storage, workerId: string): Promise<ReadonlyMap<string, number>> {
  const devices = await storage.devicesWithUnsent([workerId])
  const waiting = await Promise.all(
    devices.map(async (device) => [device.id, (await waitingOn(storage, device)).total] as const),
  )
  return new Map(waiting)
}

function toIso(at: number): string {
  return new Date(at).toISOString()
}
