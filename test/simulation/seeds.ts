/**
 * How much a simulation lives through: a little in `npm test`, in `npm run verify` AMBIT_SEEDS histories and
 * AMBIT_MUTANTS bent updates.
 *
 * AMBIT_SEED brings the same mutants again; without it every run has new ones.
 */
export function histories(usual: number): number {
  return Number(process.env['AMBIT_SEEDS'] ?? usual)
}

export function mutants(usual: number): { readonly mutants: number; readonly seed: number } {
  return {
    mutants: Number(process.env['AMBIT_MUTANTS'] ?? usual),
    seed: Number(process.env['AMBIT_SEED'] ?? Math.floor(Math.random() * 2 ** 31)),
  }
}
