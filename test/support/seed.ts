/**
 * The seed of everything random in a run of the tests: AMBIT_SEED, where it is given.
 *
 * Else `npm test` has the same one each time, so that what fails there is somebody's change; a long run, which is there to
 * find what nobody has seen yet, has a new one and prints it.
 */
const USUAL_SEED = 20_261_126

export function seedOf(isLongRun: boolean): number {
  const given = process.env['AMBIT_SEED']
  if (given !== undefined) return Number(given)
  return isLongRun ? Math.floor(Math.random() * 2 ** 31) : USUAL_SEED
}
