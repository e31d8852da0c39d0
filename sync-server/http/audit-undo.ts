/** POST /api/audit/:changeSet/undo?mode=dry-run|apply&partly=1: takes a change set back (D27). */
import type { Context, Hono } from 'hono'
import { actorOf } from '../audit/log-item.ts'
import { undoChangeSet } from '../audit/undo.ts'
import { seenOf } from '../audit/visible-changes.ts'
import type { ChangeSet } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { createInTurn } from './in-turn.ts'
import { notFound, problem } from './problem.ts'

export function addUndoRoute(routes: Hono<AppEnvironment>, portal: Portal): void {
  const { storage, policy } = portal
  const inTurn = createInTurn()

  routes.post('/:changeSet/undo', (context) =>
    inTurn(context.req.param('changeSet'), async () => {
      const mode = context.req.query('mode') ?? 'dry-run'
      if (mode !== 'dry-run' && mode !== 'apply') return problem(context, 400, 'mode is dry-run or apply.')
      const asker = policy.principalOf(context.get('session').workerId)
      const set = await storage.changeSet(context.req.param('changeSet'))
      if (set === null || (await seenOf(storage, asker, set, 1)) === null) return notFound(context)
      if (set.undoneBy !== null) return undoneBefore(context, set.undoneBy)
      const partly = context.req.query('partly') === '1'
      const report = await undoChangeSet(portal, { set, asker, mode, partly })
      return report === null
        ? problem(context, 503, 'These records are changing right now. Try again.')
        : context.json(report)
    }),
  )

  async function undoneBefore(context: Context, by: ChangeSet['id']): Promise<Response> {
    const set = await storage.changeSet(by)
    const actor = set === null ? null : actorOf(policy, set.author)
    return problem(context, 409, `${actor?.name ?? 'Somebody'} has undone this already.`)
  }
}
