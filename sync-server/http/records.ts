/** GET /api/records/:kind and GET /api/records/:kind/:id: rows, only what this worker may see. */
import { Hono } from 'hono'
import { LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { foldWords } from '../../core/records/fold.ts'
import { recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import { listVisible, visibleTarget } from './visible-records.ts'

const queryLengthMax = 200

export function recordRoutes({ storage, policy, ...portal }: Portal): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession({ storage, policy, ...portal }))

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
    const principal = policy.principalOf(context.get('session').workerId)
    const target = await visibleTarget(storage, principal, { kind, id })
    return target?.row ? context.json(target.row) : notFound(context)
  })

  return routes
}
