/**
 * GET /api/quarantine and POST /api/quarantine/:id/discard: refused edits, kept until a person deals with them (D18).
 *
 * What their authors claim is shown to the authors and to who reviews. What the server knew itself, the value that stood
 * there and the record's name, only to who may read the record now (GATE 15).
 */
import { Hono } from 'hono'
import { isAllowed } from '../../core/access/types.ts'
import type { Policy } from '../gate/policy.ts'
import { sentenceFor } from '../gate/refuse-update.ts'
import type { QuarantineEntry } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import { visibleTarget } from './visible-records.ts'

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
    const principal = policy.principalOf(workerId)
    const items = []
    for (const entry of entries) {
      if (entry.settled !== null) continue
      const target = await visibleTarget(storage, principal, entry.record)
      items.push(toItem(target === null ? asClaimed(entry, policy) : entry))
    }
    return context.json({ items })
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

/** Without what the server knew: of a room, the values that stood there; of every edit, the record's name. */
function asClaimed(entry: QuarantineEntry, policy: Policy): QuarantineEntry {
  const { record, reasons, creates, workerId, editId, changes } = entry
  const sentence = sentenceFor(policy, record, { reasons, record: null }, creates, workerId)
  const claimed = editId === null ? changes.map((change) => ({ ...change, old: null })) : changes
  return { ...entry, sentence, changes: claimed }
}

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
