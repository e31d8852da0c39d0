/** Deciding one submission of a batch, and loading what that takes. */
import { parseUpdate } from '../../core/documents/parse-update.ts'
import { admitUpdate } from './admit-update.ts'
import { type Arrival, arrive } from './arrival.ts'
import { authorWrites } from './author-writes.ts'
import type { GateContext } from './gate-context.ts'
import { type Loaded, type Need, NeedsLoading } from './loaded.ts'
import { needsOfRow, needsOfSubmission, needsOfUpdate } from './needs-of.ts'
import type { Submission, Verdict, WritesSubmission } from './types.ts'

export type Waiting =
  | { readonly type: 'update'; readonly arrival: Arrival }
  | { readonly type: 'writes'; readonly submission: WritesSubmission }

export function waitingOf(submission: Submission): Waiting {
  return submission.type === 'update'
    ? { type: 'update', arrival: arrive(submission, parseUpdate(submission.update)) }
    : { type: 'writes', submission }
}

/** What most decisions will ask for, in two rounds: the records, then the accounts that they hang on. */
export async function loadFor(loaded: Loaded, batch: readonly Waiting[]): Promise<void> {
  const needs = batch.flatMap((waiting) =>
    waiting.type === 'update' ? needsOfUpdate(waiting.arrival) : needsOfSubmission(waiting.submission),
  )
  await loaded.fetch(needs)
  const accounts = needs.flatMap((need) =>
    need.type === 'record' ? needsOfRow(loaded.record(need.ref)?.row ?? null) : [],
  )
  if (accounts.length > 0) await loaded.fetch(accounts)
}

/** More questions than a decision could have: a loop that never ends would stop the gate. */
const QUESTIONS_MAX = 10_000

/**
 * Decides, and decides anew from the beginning each time something had to be loaded. A decision that asks has moved
 * nothing, and nothing but this loop moves anything, so that the wait in between changes nothing underneath.
 */
export async function decideOne(context: GateContext, waiting: Waiting): Promise<Verdict> {
  for (let questions = 0; questions < QUESTIONS_MAX; questions++) {
    const answer = attempt(context, waiting)
    if ('need' in answer) await context.working.loaded.fetch([answer.need])
    else return answer.verdict
  }
  throw new Error('decideOne: asks without end')
}

/** Synchronous from reading to moving. */
export function attempt(
  context: GateContext,
  waiting: Waiting,
): { readonly verdict: Verdict } | { readonly need: Need } {
  try {
    const verdict =
      waiting.type === 'update'
        ? admitUpdate(context, waiting.arrival)
        : authorWrites(context, waiting.submission)
    return { verdict }
  } catch (error) {
    if (error instanceof NeedsLoading) return { need: error.need }
    throw error
  }
}
