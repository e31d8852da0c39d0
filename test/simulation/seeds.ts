/**
 * How much a simulation lives through: a little in `npm test`, in `npm run verify` AMBIT_SEEDS histories and
 * AMBIT_MUTANTS bent updates. AMBIT_SEED brings the same ones again.
 */
import { seedOf } from '../support/seed.ts'

const { AMBIT_SEEDS: seeds, AMBIT_MUTANTS: bent } = process.env

/** For fast-check, which prints the seed of what fails. */
export function histories(usual: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Number(seeds ?? usual), seed: seedOf(seeds !== undefined) }
}

export function mutants(usual: number): { readonly mutants: number; readonly seed: number } {
  return { mutants: Number(bent ?? usual), seed: seedOf(bent !== undefined) }
}
