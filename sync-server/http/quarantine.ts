/** GET /api/quarantine and POST /api/quarantine/:id/discard: refused edits, kept until a person deals with them (D18). */
import { Hono } from 'hono'
import { isAllowed } from '../../core/access/types.ts'
import type { QuarantineEntry } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'

const limitMax = 1_000

export function quarantineRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, now } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession(portal))

  const reviews = (workerId: string) => {
    const right = policy.principalOf(workerId).rights.get('settings.audit')
    return right !== undefined && isAllowed(right)
  }

  routes.get('/', async (context) => {
    const { workerId } = context.get('session')
    const entries = await storage.quarantine({
      workerId: reviews(workerId) ? null : workerId,
      limit: limitMax,
    })
    return context.json({ items: entries.filter((entry) => entry.settled === null).map(toItem) })
  })

  routes.post('/:id/discard', async (context) => {
    const { workerId } = context.get('session')
    const entry = await storage.quarantineEntry(context.req.param('id'))
    if (entry?.workerId !== workerId) return notFound(context)
    const settled = await storage.settle(entry.id, { by: workerId, at: now(), how: 'discarded' })
    return settled
      ? context.body(null, 204)
      : problem(context, 409, 'Somebody has dealt with this edit already.')
  })

  return routes
}

/** The changes are what the author claims; the server's own values are not shown here (GATE 15). */
function toItem({ id, record, workerId, at, writtenAt, reasons, sentence, changes }: QuarantineEntry) {
  return {
    id,
    record: `${record.kind}/${record.id}`,
    worker: workerId,
    at: new Date(at).toISOString(),
    writtenAt: writtenAt === null ? null : new Date(writtenAt).toISOString(),
    reasons,
    sentence,
    changes,
  }
}
