/** From many steps to the few that still do harm, each list tried on an organisation of its own. */
import type { Found } from './fuzz-gate.ts'
import { Harm, type Step, World } from './world.ts'

/** Sent at once: looking at everything after each would take minutes, and what goes wrong stays wrong. */
const CHUNK = 25

/** What a list of steps comes to: the harm in words, or null. */
export async function replay(steps: readonly Step[]): Promise<string | null> {
  const world = await World.open()
  try {
    for (let from = 0; from < steps.length; from += CHUNK) await world.send(steps.slice(from, from + CHUNK))
    return null
  } catch (error) {
    if (error instanceof Harm) return error.message
    throw error
  } finally {
    await world.close()
  }
}

/** Tries at most so often: a found input that is long is better than none. */
const TRIES = 300

export async function minimise(found: Found): Promise<Found> {
  let { steps, message } = found
  let tries = 0
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length && tries < TRIES; ) {
      const fewer = [...steps.slice(0, from), ...steps.slice(from + size)]
      tries++
      const harm = await replay(fewer)
      // An honest edit whose ground was taken away is no find.
      if (harm !== null && codeIn(harm) === codeIn(message)) {
        steps = fewer
        message = harm
      } else from += size
    }
  }
  return { message, steps }
}

/** Of an honest edit that was not merged, why. */
function codeIn(message: string): string | undefined {
  return /"(?:fault|code)":"([^"]+)"/.exec(message)?.[1]
}
