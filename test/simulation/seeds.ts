/**
 * How much a simulation lives through: a little in `npm test`, in `npm run verify` AMBIT_SEEDS histories and
 * AMBIT_MUTANTS bent updates.
 *
 * AMBIT_SEED brings the same ones again; without it every run has new ones.
 */
const seed = Number(process.env['AMBIT_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** For fast-check, which prints the seed of what fails. */
export function histories(usual: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Number(process.env['AMBIT_SEEDS'] ?? usual), seed }
}

export function mutants(usual: number): { readonly mutants: number; readonly seed: number } {
  return { mutants: Number(process.env['AMBIT_MUTANTS'] ?? usual), seed }
}
