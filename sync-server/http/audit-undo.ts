/**
 * POST /api/audit/:changeSet/undo?mode=dry-run|apply&partly=1: takes a change set back (D27); with its progress, for who
 * asks for it.
 */
import type { Hono } from 'hono'
import type { Principal } from '../../core/access/types.ts'
import { actorOf } from '../audit/log-item.ts'
import { undoChangeSet, type UndoReport } from '../audit/undo.ts'
import { seenOf } from '../audit/visible-changes.ts'
import type { ChangeSet } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { createInTurn } from './in-turn.ts'
import { notFound, problem } from './problem.ts'
import { type OnProgress, wantsProgress, withProgress } from './with-progress.ts'

type Undone = { readonly report: UndoReport } | { readonly status: 409 | 503; readonly failed: string }

export function addUndoRoute(routes: Hono<AppEnvironment>, portal: Portal): void {
  const { storage, policy } = portal
  const inTurn = createInTurn()

  routes.post('/:changeSet/undo', async (context) => {
    const mode = context.req.query('mode') ?? 'dry-run'
    if (mode !== 'dry-run' && mode !== 'apply') return problem(context, 400, 'mode is dry-run or apply.')
    const id = context.req.param('changeSet')
    const { workerId } = context.get('session')
    const partly = context.req.query('partly') === '1'
    if ((await visibleSet(id, policy.principalOf(workerId))) === null) return notFound(context)
    /** One after the other: who comes second is told that it was done. */
    const run = (onProgress?: OnProgress): Promise<Undone> =>
      inTurn(id, async () => {
        const asker = policy.principalOf(workerId)
        const set = await visibleSet(id, asker)
        if (set === null || set.undoneBy !== null)
          return { status: 409, failed: await undoneBefore(set?.undoneBy ?? null) }
        const report = await undoChangeSet(portal, {
          set,
          asker,
          mode,
          partly,
          ...(onProgress !== undefined && { onProgress }),
        })
        return report === null
          ? { status: 503, failed: 'These records are changing right now. Try again.' }
          : { report }
      })
    if (wantsProgress(context)) return withProgress(context, portal, run)
    const told = await run()
    return 'report' in told ? context.json(told.report) : problem(context, told.status, told.failed)
  })

  /** Null for what its asker may see nothing of. */
  async function visibleSet(id: string, asker: Principal): Promise<ChangeSet | null> {
    const set = await storage.changeSet(id)
    return set === null || (await seenOf(storage, asker, set, 1)) === null ? null : set
  }

  async function undoneBefore(by: string | null): Promise<string> {
    const set = by === null ? null : await storage.changeSet(by)
    const actor = set === null ? null : actorOf(policy, set.author)
    return `${actor?.name ?? 'Somebody'} has undone this already.`
  }
}
