/** POST /api/dry-run: what a change would do, and to whom, before anybody makes it (P28). */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { BODY_BYTES_MAX } from '../../core/protocol/limits.ts'
import { dryRunOf } from '../dry-run/dry-run.ts'
import { readProposed, submissionsOf } from '../dry-run/proposed-changes.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession } from './guards.ts'
import { problem } from './problem.ts'
import { visibleTarget } from './visible-records.ts'

export function dryRunRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy } = portal
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/',
    requireSession(portal),
    requireContentType('application/json'),
    bodyLimit({
      maxSize: BODY_BYTES_MAX,
      onError: (context) => problem(context, 413, 'That is too much to ask at once.'),
    }),
    async (context) => {
      const changes = readProposed(await context.req.json().catch(() => null))
      if ('problem' in changes) return problem(context, 400, changes.problem)
      const { workerId } = context.get('session')
      const asker = policy.principalOf(workerId)
      const submissions = await submissionsOf(
        changes,
        { type: 'worker', workerId },
        async (record) => (await visibleTarget(storage, asker, record))?.row ?? null,
      )
      return context.json(await dryRunOf(portal, submissions, asker))
    },
  )

  return routes
}
