/**
 * Work on a large file in pieces: whoever drives it may let others have a turn at each `yield`, so that a server answers
 * and a screen moves while 50,000 rows are read.
 */
export type Steps<Result> = Generator<void, Result, void>

/** Rows between two turns: a few milliseconds of work. */
export const ROWS_A_STEP = 500

export function inOneGo<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
