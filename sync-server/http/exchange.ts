/** POST /api/import/:kind and GET /api/export/:kind. An import is authored by the caller and passes the same rules. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { stream } from 'hono/streaming'
import { decideKind } from '../../core/access/decide.ts'
import { isAllowed } from '../../core/access/types.ts'
import { IMPORT_BYTES_MAX } from '../../core/protocol/limits.ts'
import { isKind } from '../../core/records/registry.ts'
import { exportRecords } from '../exchange/export-records.ts'
import { importRecords } from '../exchange/import-records.ts'
import { isExchangeable } from '../../core/exchange/kinds.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'

export function exchangeRoutes(portal: Portal): Hono<AppEnvironment> {
  const { policy } = portal
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/import/:kind',
    requireSession(portal),
    requireContentType('text/csv'),
    bodyLimit({
      maxSize: IMPORT_BYTES_MAX,
      onError: (context) => problem(context, 413, 'The file is too large.'),
    }),
    async (context) => {
      const kind = context.req.param('kind')
      if (!isKind(kind) || !isExchangeable(kind)) return notFound(context)
      const mode = context.req.query('mode') ?? 'dry-run'
      if (mode !== 'dry-run' && mode !== 'apply') return problem(context, 400, 'mode is dry-run or apply.')

      const { workerId } = context.get('session')
      const decision = decideKind(policy.principalOf(workerId), 'import', kind)
      if (!isAllowed(decision))
        return problem(context, 403, 'You may not import data.', { reasons: decision.reasons })

      const report = await importRecords(portal, {
        kind,
        text: await context.req.text(),
        author: { type: 'worker', workerId },
        mode,
        ignore: context.req.queries('ignore') ?? [],
        allowRemovals: context.req.query('removals') === 'allow',
        tellConsequences: context.req.query('consequences') === 'tell',
      })
      // Told where it is asked for: the answer is a contract that other programs are written against.
      const { changeSet, ...counted } = report
      const isAsked = context.req.query('changeSet') === 'tell' && changeSet !== undefined
      return context.json(isAsked ? { ...counted, changeSet } : counted)
    },
  )

  routes.get('/export/:kind', requireSession(portal), async (context) => {
    const kind = context.req.param('kind')
    if (!isKind(kind) || !isExchangeable(kind)) return notFound(context)
    const principal = policy.principalOf(context.get('session').workerId)
    const decision = decideKind(principal, 'export', kind)
    if (!isAllowed(decision))
      return problem(context, 403, 'You may not export data.', { reasons: decision.reasons })

    context.header('content-type', 'text/csv; charset=utf-8')
    context.header('content-disposition', `attachment; filename="${kind}s.csv"`)
    return stream(context, async (output) => {
      for await (const chunk of exportRecords(portal, { kind, principal })) await output.write(chunk)
    })
  })

  return routes
}
