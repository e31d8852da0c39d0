/**
 * GET /api/quarantine, POST /api/quarantine/:id/discard and /ask: refused edits, kept until a person deals with them
 * (D18). What somebody else makes of them is in quarantine-review.ts.
 *
 * What their authors claim is shown to the authors and to who reviews. What the server knew itself, the value that stood
 * there and the record's name, only to who may read the record now (GATE 15).
 */
import { type Context, Hono } from 'hono'
import { decide } from '../../core/access/decide.ts'
import { isAllowed, type Principal, type Target } from '../../core/access/types.ts'
import type { Policy } from '../gate/policy.ts'
import { sentenceFor } from '../gate/refuse-update.ts'
import { asOfNow, asReadBy, targetOf } from '../review/keep-recovered.ts'
import type { QuarantineEntry } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { createInTurn } from './in-turn.ts'
import { notFound, problem } from './problem.ts'
import { toItem } from './quarantine-item.ts'
import { addReviewRoutes, reviewItems } from './quarantine-review.ts'

const limitMax = 1_000

export function quarantineRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, now } = portal
  const routes = new Hono<AppEnvironment>()
  const inTurn = createInTurn()
  routes.use(requireSession(portal))
  addReviewRoutes(routes, portal, inTurn)

  const reviews = (workerId: string) => {
    const right = policy.principalOf(workerId).rights.get('settings.audit')
    return right !== undefined && isAllowed(right)
  }

  routes.get('/', async (context) => {
    const { workerId } = context.get('session')
    if (context.req.query('review') === '1')
      return context.json({ items: await reviewItems(portal, workerId) })
    const entries = await storage.quarantine({
      workerId: reviews(workerId) ? null : workerId,
      limit: limitMax,
    })
    const principal = policy.principalOf(workerId)
    const items = []
    for (const entry of entries) {
      if (entry.settled !== null) continue
      const target = await targetOf(storage, entry)
      const open = asOfNow(entry, target)
      if (open !== null) items.push(toItem(shownTo(principal, open, target)))
    }
    return context.json({ items })
  })

  routes.post('/:id/discard', (context) =>
    inTurn(context.req.param('id'), async () => {
      const { workerId } = context.get('session')
      const entry = await storage.quarantineEntry(context.req.param('id'))
      if (entry?.workerId !== workerId) return notFound(context)
      const settled = await storage.settle(entry.id, { by: workerId, at: now(), how: 'discarded' })
      return settled ? context.body(null, 204) : dealtWith(context)
    }),
  )

  routes.post('/:id/ask', async (context) => {
    const { workerId } = context.get('session')
    const entry = await storage.quarantineEntry(context.req.param('id'))
    if (entry?.workerId !== workerId) return notFound(context)
    return (await storage.markAsked(entry.id, now())) ? context.body(null, 204) : dealtWith(context)
  })

  return routes

  function shownTo(principal: Principal, entry: QuarantineEntry, target: Target): QuarantineEntry {
    if (entry.recovered !== undefined) return asReadBy(principal, entry, target)
    const isVisible = target.row !== null && isAllowed(decide(principal, 'view', target))
    return isVisible ? entry : asClaimed(entry, policy)
  }
}

function dealtWith(context: Context): Response {
  return problem(context, 409, 'Somebody has dealt with this edit already.')
}

/** Without what the server knew: of a room, the values that stood there; of every edit, the record's name. */
function asClaimed(entry: QuarantineEntry, policy: Policy): QuarantineEntry {
  const { record, reasons, creates, workerId, editId, changes } = entry
  const sentence = sentenceFor(policy, record, { reasons, record: null }, creates, workerId)
  const claimed = editId === null ? changes.map((change) => ({ ...change, old: null })) : changes
  return { ...entry, sentence, changes: claimed }
}
