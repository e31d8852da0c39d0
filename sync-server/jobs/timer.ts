/** Waiting, as it is handed to whoever waits, so that a test can step it by hand. */

/** Runs `work` after that many milliseconds; returns its cancelling. */
export type After = (ms: number, work: () => void) => () => void

/** Keeps no process alive. More than 2^31-1 ms would ring at once: see who asks. */
export const after: After = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
