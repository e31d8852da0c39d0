/**
 * Reviewing other people's refused edits (D21): GET /api/quarantine?review=1 lists them, POST /api/quarantine/:id/accept
 * writes one as an edit of the reviewer's own, POST /api/quarantine/:id/decline answers its author with a word.
 *
 * SAFETY: who may not review an entry gets the answer of an entry that does not exist (S9).
 */
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import { BODY_BYTES_MAX, DECLINE_WORD_MAX } from '../../core/protocol/limits.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Target } from '../../core/access/types.ts'
import { wasBeforeRightsWent } from '../review/before-rights-went.ts'
import { asOfNow } from '../review/keep-recovered.ts'
import { claimedAccountId, isKeptWhole, mayReview } from '../review/may-review.ts'
import type { QuarantineEntry, QuarantineSettlement, Storage } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType } from './guards.ts'
import type { InTurn } from './in-turn.ts'
import { notFound, problem } from './problem.ts'
import { toItem } from './quarantine-item.ts'
import { loadTargets } from './visible-records.ts'

/** Open entries that are looked through for one reviewer, and shown to them. */
const scannedMax = 5_000
const shownMax = 500

const declineSchema = v.strictObject({
  word: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(DECLINE_WORD_MAX)),
})

/** What `workerId` may review now: those whose authors asked first, then the newest. */
export async function reviewItems({ storage, policy }: Portal, workerId: string) {
  const entries = (await storage.quarantine({ workerId: null, limit: scannedMax })).filter(
    (entry) => entry.workerId !== workerId,
  )
  const principal = policy.principalOf(workerId)
  const targets = await targetsOf(storage, entries)
  const found = entries.flatMap((refused, index) => {
    const target = targets[index]
    const entry = target === undefined ? null : asOfNow(refused, target)
    if (entry === null || target === undefined) return []
    return mayReview(principal, workerId, entry, target) ? [{ entry, target }] : []
  })
  found.sort((one, other) => Number(isAsked(other.entry)) - Number(isAsked(one.entry)))
  return Promise.all(
    found.slice(0, shownMax).map(async ({ entry, target }) => ({
      ...toItem(entry),
      creates: entry.creates,
      isWhole: isKeptWhole(entry),
      title: target.row === null ? null : kindSpecs[entry.record.kind].title(target.row),
      /** What stands in the fields now, in the order of the changes. */
      stands: entry.changes.map(({ field }) =>
        target.row === null ? null : (valueInRow(target.row, field) ?? null),
      ),
      askedAt: entry.askedAt === undefined ? null : new Date(entry.askedAt).toISOString(),
      beforePolicy: await wasBeforeRightsWent(storage, policy.directory, entry, accountIdOf(target)),
    })),
  )
}

function targetsOf(storage: Storage, entries: readonly QuarantineEntry[]): Promise<readonly Target[]> {
  return loadTargets(
    storage,
    entries.map((entry) => ({ ...entry.record, accountId: claimedAccountId(entry) })),
  )
}

const isAsked = ({ askedAt }: QuarantineEntry): boolean => askedAt !== undefined

function accountIdOf({ row }: Target): string | null {
  return typeof row?.accountId === 'string' ? row.accountId : null
}

export function addReviewRoutes(routes: Hono<AppEnvironment>, portal: Portal, inTurn: InTurn): void {
  const { storage, policy, gate, settlements, now, newId } = portal

  routes.post('/:id/accept', (context) =>
    inTurn(context.req.param('id'), async () => {
      const { workerId } = context.get('session')
      const entry = await reviewable(context.req.param('id'), workerId)
      if (entry === null) return notFound(context)
      if (entry.settled !== null) return settledBefore(context, entry.settled)
      if (!isKeptWhole(entry))
        return problem(context, 422, 'What was typed into this text was not kept. Write it yourself.')
      const verdict = await gate.submit({
        type: 'writes',
        author: { type: 'worker', workerId },
        via: 'review',
        record: entry.record,
        creates: entry.creates,
        writes: entry.changes.map(({ field, new: value }) => ({ field, value })),
        accepts: entry,
        changeSet: newId(),
      })
      switch (verdict.type) {
        case 'merged': {
          const settled = (await storage.quarantineEntry(entry.id))?.settled
          if (settled) settlements.tell({ entry, settled })
          return context.json({ seq: verdict.seq })
        }
        case 'refused':
          return problem(context, 422, verdict.sentence, { reasons: verdict.reasons })
        case 'unreadable':
          return notFound(context)
        case 'later':
        case 'violation':
          return problem(context, 503, 'The server could not decide this now. Try again.')
      }
    }),
  )

  routes.post(
    '/:id/decline',
    requireContentType('application/json'),
    bodyLimit({
      maxSize: BODY_BYTES_MAX,
      onError: (context) => problem(context, 413, 'That is too much for a word.'),
    }),
    (context) =>
      inTurn(context.req.param('id'), async () => {
        const { workerId } = context.get('session')
        const entry = await reviewable(context.req.param('id'), workerId)
        if (entry === null) return notFound(context)
        const body = v.safeParse(declineSchema, await context.req.json().catch(() => null))
        if (!body.success)
          return problem(context, 400, `Say why, in 1 to ${DECLINE_WORD_MAX} characters: "word".`)
        if (entry.settled !== null) return settledBefore(context, entry.settled)
        const settled = { by: workerId, at: now(), how: 'declined', word: body.output.word } as const
        if (!(await storage.settle(entry.id, settled))) return settledBefore(context, null)
        settlements.tell({ entry, settled })
        return context.body(null, 204)
      }),
  )

  /** Null for what this worker may not review, and for what is not there. */
  async function reviewable(id: string, workerId: string): Promise<QuarantineEntry | null> {
    const refused = await storage.quarantineEntry(id)
    if (refused === null) return null
    const [target] = await targetsOf(storage, [refused])
    // What stands already can still be dealt with: it was listed when it was looked at.
    const entry = target === undefined ? null : (asOfNow(refused, target) ?? refused)
    if (entry === null || target === undefined) return null
    return mayReview(policy.principalOf(workerId), workerId, entry, target) ? entry : null
  }

  function settledBefore(context: Context, settled: QuarantineSettlement | null): Response {
    const name = policy.directory.workers.get(settled?.by ?? '')?.name ?? 'Somebody'
    const done = {
      accepted: 'accepted this edit already.',
      declined: 'declined this edit already.',
      discarded: 'discarded this edit.',
      retried: 'wrote this edit anew.',
    }
    return problem(
      context,
      409,
      `${name} ${settled === null ? 'has dealt with this edit already.' : done[settled.how]}`,
    )
  }
}
