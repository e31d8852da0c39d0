/** Waiting for what a network brings, in tests and benches over real sockets: asked again and again, never slept for. */

const PATIENCE_MS = 5_000
const PAUSE_MS = 5

/**
 * Resolves with what the question answers once it is neither false nor null nor undefined, and does not throw; rejects
 * with the last error after five seconds.
 */
export async function eventually<T>(question: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    let problem: unknown = new Error('not yet')
    try {
      const answer = await question()
      if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<T>
    } catch (error) {
      problem = error
    }
    if (performance.now() > deadline) throw problem
    await new Promise((resume) => setTimeout(resume, PAUSE_MS))
  }
}
