/**
 * How many random organisations the engine is tried on: some in `npm test`, in `npm run verify` as many as
 * AMBIT_ORGANISATIONS says for each comparison with the second evaluator, and a tenth of that for each law.
 *
 * A failure prints its seed and path. AMBIT_SEED brings the same organisations again.
 */
import { vi } from 'vitest'
import { seedOf } from '../../support/seed.ts'

export interface Runs {
  readonly numRuns: number
  readonly seed: number
}

const many = process.env['AMBIT_ORGANISATIONS']
const seed = seedOf(many !== undefined)

export function comparisons(usual: number): Runs {
  return { numRuns: many === undefined ? usual : Number(many), seed }
}

export function laws(usual: number): Runs {
  return { numRuns: many === undefined ? usual : Math.ceil(Number(many) / 10), seed }
}

/** For the head of a file of properties: a limit for what hangs, not a measure; and the seed of a long run. */
export function beginRuns(what: string): void {
  vi.setConfig({ testTimeout: many === undefined ? 120_000 : 3_600_000 })
  if (many !== undefined) console.log(`${what}: ${many} random organisations, AMBIT_SEED=${seed}`)
}
