/** Drives work in pieces and lets the server answer others in between. */
import type { Steps } from '../../core/exchange/steps.ts'

export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await nextTurn()
  }
}

export function nextTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume))
}
