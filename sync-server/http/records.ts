/**
 * GET /api/records/:kind and GET /api/records/:kind/:id: rows, only what this worker may see. With `via=match`, also what
 * Check for Match has just shown this session as a link (S13).
 */
import { Hono } from 'hono'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { decideThroughMatch } from '../../core/match/decide-through-match.ts'
import { LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { foldWords } from '../../core/records/fold.ts'
import { recordIdPattern, type Row } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import type { ShownMatches } from '../match/shown-matches.ts'
import type { RecordRef } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import type { Session } from './session-types.ts'
import { listVisible, loadTarget, visibleTarget } from './visible-records.ts'

const queryLengthMax = 200

export function recordRoutes(portal: Portal, shown: ShownMatches): Hono<AppEnvironment> {
  const { storage, policy, now } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession(portal))

  routes.get('/:kind', async (context) => {
    const kind = context.req.param('kind')
    if (!isKind(kind)) return notFound(context)
    const { q = '', limit = String(LIST_LIMIT_DEFAULT), cursor = null } = context.req.query()
    if (q.length > queryLengthMax) return problem(context, 400, `q has at most ${queryLengthMax} characters.`)
    if (!/^[1-9]\d{0,8}$/.test(limit)) return problem(context, 400, 'limit is a whole number from 1.')
    const principal = policy.principalOf(context.get('session').workerId)
    const page = await listVisible(storage, principal, {
      kind,
      words: foldWords(q),
      limit: Math.min(Number(limit), LIST_LIMIT_MAX),
      cursor,
    })
    return context.json({ items: page.rows, total: page.total, cursor: page.cursor })
  })

  routes.get('/:kind/:id', async (context) => {
    const { kind, id } = context.req.param()
    if (!isKind(kind) || !recordIdPattern.test(id)) return notFound(context)
    const session = context.get('session')
    const principal = policy.principalOf(session.workerId)
    const target = await visibleTarget(storage, principal, { kind, id })
    if (target?.row) return context.json(target.row)
    const matched =
      context.req.query('via') === 'match' ? await throughMatch(session, principal, { kind, id }) : null
    return matched === null ? notFound(context) : context.json({ ...matched, via: 'match' })
  })

  return routes

  /** The row of what a match showed this session as a link, logged before it is answered (S13); else null. */
  async function throughMatch(
    session: Session,
    principal: Principal,
    record: RecordRef,
  ): Promise<Row | null> {
    if (record.kind !== 'account' || !shown.wasShown(session.id, record.id)) return null
    const target = await loadTarget(storage, record)
    if (target.row === null || !isAllowed(decideThroughMatch(principal, target))) return null
    const { workerId, deviceId } = session
    await storage.logAccess({ workerId, record, via: 'match', deviceId, at: now() })
    return target.row
  }
}
