/** Waiting for a server in another process, asked again and again; patient, for a machine that does other things too. */
import { vi } from 'vitest'

/** Resolves with what the question answers once it is neither false nor null nor undefined, and does not throw. */
export function eventually<T>(question: () => T | Promise<T>): Promise<NonNullable<T>> {
  return vi.waitFor(
    async () => {
      const answer = await question()
      if (answer === null || answer === undefined || answer === false) throw new Error('not yet')
      return answer as NonNullable<T>
    },
    { timeout: 20_000, interval: 20 },
  )
}
