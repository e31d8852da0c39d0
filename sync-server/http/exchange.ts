/** POST /api/import/:kind and GET /api/export/:kind. An import is authored by the caller and passes the same rules. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { stream } from 'hono/streaming'
import { decideKind } from '../../core/access/decide.ts'
import { isAllowed } from '../../core/access/types.ts'
import { nameOfFile } from '../../core/exchange/files.ts'
import { isFileKind, recordKindOf } from '../../core/exchange/kinds.ts'
import { IMPORT_BYTES_MAX } from '../../core/protocol/limits.ts'
import { exportRecords } from '../exchange/export-records.ts'
import { type ImportQuestion, importRecords } from '../exchange/import-records.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import { wantsProgress, withProgress } from './with-progress.ts'

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
      if (!isFileKind(kind)) return notFound(context)
      const mode = context.req.query('mode') ?? 'dry-run'
      if (mode !== 'dry-run' && mode !== 'apply') return problem(context, 400, 'mode is dry-run or apply.')

      const { workerId } = context.get('session')
      const decision = decideKind(policy.principalOf(workerId), 'import', recordKindOf(kind))
      if (!isAllowed(decision))
        return problem(context, 403, 'You may not import data.', { reasons: decision.reasons })

      const question: ImportQuestion = {
        kind,
        content: new Uint8Array(await context.req.arrayBuffer()),
        author: { type: 'worker', workerId },
        mode,
        ignore: context.req.queries('ignore') ?? [],
        allowRemovals: context.req.query('removals') === 'allow',
        tellConsequences: context.req.query('consequences') === 'tell',
        tellChanges: context.req.query('changes') === 'tell',
      }
      // Told where it is asked for: the answer is a contract that other programs are written against.
      const tellsChangeSet = context.req.query('changeSet') === 'tell'
      const run = async (onProgress?: ImportQuestion['onProgress']) => {
        const { changeSet, ...counted } = await importRecords(portal, {
          ...question,
          ...(onProgress !== undefined && { onProgress }),
        })
        return tellsChangeSet && changeSet !== undefined ? { ...counted, changeSet } : counted
      }
      return wantsProgress(context)
        ? withProgress(context, portal, async (onProgress) => ({ report: await run(onProgress) }))
        : context.json(await run())
    },
  )

  routes.get('/export/:kind', requireSession(portal), async (context) => {
    const kind = context.req.param('kind')
    if (!isFileKind(kind)) return notFound(context)
    const principal = policy.principalOf(context.get('session').workerId)
    const decision = decideKind(principal, 'export', recordKindOf(kind))
    if (!isAllowed(decision))
      return problem(context, 403, 'You may not export data.', { reasons: decision.reasons })

    const name = nameOfFile(kind, new Date(portal.now()))
    context.header('content-type', 'text/csv; charset=utf-8')
    context.header('content-disposition', `attachment; filename="${name}"`)
    return stream(context, async (output) => {
      for await (const chunk of exportRecords(portal, { kind, principal })) await output.write(chunk)
    })
  })

  return routes
}
