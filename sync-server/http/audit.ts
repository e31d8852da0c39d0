/**
 * GET /api/audit, /api/audit/:id and /api/audit/export: the log of change sets, and of what changes no record (D29), for
 * holders of settings.audit.view; POST /api/audit/:changeSet/undo takes one back (D27). Nothing else writes: the log is
 * the journal and the access log.
 */
import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { rightOf } from '../../core/access/decisions.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { accessItem, seenAccess } from '../audit/access-events.ts'
import { exportLog } from '../audit/export-log.ts'
import { CHANGES_SHOWN, countsOf, headOf, itemOf, toChange } from '../audit/log-item.ts'
import { logPage, readPosition, writePosition } from '../audit/log-page.ts'
import { readFilters } from '../audit/log-query.ts'
import { changesIn, pageOfSeen, seenOf } from '../audit/visible-changes.ts'
import { addUndoRoute } from './audit-undo.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'

/** Entries of a change set on one page. */
const ENTRIES_SHOWN = 100

export function auditRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession(portal))
  routes.use(async (context, next) => {
    const right = rightOf(askerOf(context), 'settings.audit.view')
    if (isAllowed(right)) return next()
    return problem(context, 403, 'Only who may view the audit log sees this.', { reasons: right.reasons })
  })

  routes.get('/', async (context) => {
    const { limit = String(LIST_LIMIT_DEFAULT), cursor, ...rest } = context.req.query()
    const filters = readFilters(rest)
    if ('problem' in filters) return problem(context, 400, filters.problem)
    if (!/^[1-9]\d{0,8}$/.test(limit)) return problem(context, 400, 'limit is a whole number from 1.')
    const asker = askerOf(context)
    const { entries, next } = await logPage(portal, asker, filters, {
      from: readPosition(cursor),
      limit: Math.min(Number(limit), LIST_LIMIT_MAX),
      shown: CHANGES_SHOWN,
    })
    const items = await Promise.all(
      entries.map((entry) =>
        entry.type === 'changes' ? itemOf(portal, asker, entry.set, entry.seen) : accessItem(portal, entry),
      ),
    )
    return context.json({ items, cursor: next === null ? null : writePosition(next) })
  })

  routes.get('/export', (context) => {
    const filters = readFilters(context.req.query())
    if ('problem' in filters) return problem(context, 400, filters.problem)
    const asker = askerOf(context)
    context.header('content-type', 'text/csv; charset=utf-8')
    context.header('content-disposition', 'attachment; filename="audit-log.csv"')
    return stream(context, async (output) => {
      for await (const lines of exportLog(portal, asker, filters)) await output.write(lines)
    })
  })

  routes.get('/:id', async (context) => {
    const asker = askerOf(context)
    const id = context.req.param('id')
    const set = await storage.changeSet(id)
    const seen = set === null ? null : await seenOf(storage, asker, set, 1)
    if (set === null || seen === null) {
      const access = await seenAccess(portal, asker, await storage.accessEntry(id))
      return access === null ? notFound(context) : context.json(accessItem(portal, access))
    }
    const after = numberOf(context.req.query('cursor'))
    const { entries, cursor } = await pageOfSeen(storage, asker, set, after, ENTRIES_SHOWN)
    return context.json({
      ...(await headOf(portal, asker, set)),
      ...countsOf(seen),
      changes: changesIn(entries).map(({ visible, change }) => toChange(policy, asker, visible, change)),
      cursor: cursor === null ? null : String(cursor),
    })
  })

  addUndoRoute(routes, portal)
  return routes

  function askerOf(context: Context<AppEnvironment>): Principal {
    return policy.principalOf(context.get('session').workerId)
  }
}

/** It comes back from outside; what cannot be read begins at the beginning. */
function numberOf(cursor: string | undefined): number {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0
}
