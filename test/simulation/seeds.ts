/** How many random histories a simulation lives through: a few in `npm test`, AMBIT_SEEDS of them in `npm run verify`. */
export function histories(usual: number): number {
  return Number(process.env['AMBIT_SEEDS'] ?? usual)
}
