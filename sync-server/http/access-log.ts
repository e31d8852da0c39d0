/**
 * GET /api/access-log: who opened what through a match, and who did what to which login, the latest first; for holders of
 * settings.audit.view (S13, P31).
 */
import { Hono } from 'hono'
import { rightOf } from '../../core/access/decisions.ts'
import { isAllowed } from '../../core/access/types.ts'
import { LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import type { AccessEntry } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { problem } from './problem.ts'

export function accessLogRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy } = portal
  const routes = new Hono<AppEnvironment>()

  routes.get('/', requireSession(portal), async (context) => {
    const right = rightOf(policy.principalOf(context.get('session').workerId), 'settings.audit.view')
    if (!isAllowed(right))
      return problem(context, 403, 'Only who may view the audit log sees this.', { reasons: right.reasons })
    const { limit = String(LIST_LIMIT_DEFAULT), cursor = null } = context.req.query()
    if (!/^[1-9]\d{0,8}$/.test(limit)) return problem(context, 400, 'limit is a whole number from 1.')
    const page = await storage.accessLog({ limit: Math.min(Number(limit), LIST_LIMIT_MAX), cursor })
    return context.json({ items: page.entries.map(toItem), cursor: page.cursor })
  })

  return routes

  function toItem({ workerId, record, via, at }: AccessEntry) {
    return {
      worker: workerId,
      name: policy.directory.workers.get(workerId)?.name ?? null,
      record: recordKey(record.kind, record.id),
      via,
      at: new Date(at).toISOString(),
    }
  }
}
