/**
 * GET /api/explain and GET /api/who: why somebody may or may not, and who may.
 *
 * Both speak only of what the asker may see: a record out of their scope is explained like one that does not exist
 * (GATE 34), and about other workers only holders of settings.workers may ask.
 */
import { Hono } from 'hono'
import { answer } from '../explain/answer.ts'
import { isAllowed } from '../../core/access/types.ts'
import { who } from '../../core/access/who.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import { parseQuestion } from '../explain/question.ts'
import { visibleTarget } from './visible-records.ts'

export function explainRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, now } = portal
  const routes = new Hono<AppEnvironment>()

  routes.get('/explain', requireSession(portal), async (context) => {
    const { worker, ...asked } = context.req.query()
    const question = parseQuestion(asked)
    if ('problem' in question) return problem(context, 400, question.problem)

    const asker = policy.principalOf(context.get('session').workerId)
    const workerId = worker === undefined ? asker.workerId : workerIdOf(worker)
    if (workerId !== asker.workerId) {
      const right = asker.rights.get('settings.workers')
      if (!right || !isAllowed(right))
        return problem(context, 403, 'Only who manages workers may ask about others.', {
          reasons: right?.reasons ?? [],
        })
      if (!policy.directory.workers.has(workerId)) return notFound(context)
    }

    const target = await visibleTarget(storage, asker, question.record)
    const explained = await answer(portal, policy.principalOf(workerId), question, target)
    return context.json(explained)
  })

  routes.get('/who', requireSession(portal), async (context) => {
    const question = parseQuestion(context.req.query())
    if ('problem' in question) return problem(context, 400, question.problem)
    const asker = policy.principalOf(context.get('session').workerId)
    const target = await visibleTarget(storage, asker, question.record)
    if (target === null) return notFound(context)
    const items = who(policy.directory, question.action, target, now()).map(({ workerId, name }) => ({
      workerId,
      name,
    }))
    return context.json({ items })
  })

  return routes

  /** By id, or by username as people know it. */
  function workerIdOf(worker: string): string {
    if (policy.directory.workers.has(worker)) return worker
    const wanted = worker.normalize('NFC').toLowerCase()
    for (const { id, username } of policy.directory.workers.values())
      if (username.normalize('NFC').toLowerCase() === wanted) return id
    return worker
  }
}
