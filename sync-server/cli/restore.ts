/**
 * `ambit restore`: puts a backup into an empty folder. The restored server has a new history, so that devices notice and
 * offer again what they hold; sessions and leases end (GATE 31).
 */
import { existsSync, mkdirSync } from 'node:fs'
import { restoreSqlite } from '../storage/sqlite/restore-sqlite.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { isEmptyOrMissing, withDataLock } from './with-organisation.ts'

export const usage = 'restore FILE --data DIR'

export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(argv, usage, { data: { type: 'string' } }, { min: 1, max: 1 })
  const [file = ''] = positionals
  const dataDir = dataDirOf(values.data)
  if (!existsSync(file)) throw new CommandFailure(`there is no file ${file}`)
  if (!isEmptyOrMissing(dataDir))
    throw new CommandFailure(`${dataDir} is not empty; restore into a folder of its own`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const problem = await withDataLock(dataDir, () => restoreSqlite(file, dataDir))
  if (problem !== null) throw new CommandFailure(problem)
  process.stdout.write(`Restored ${file} into ${dataDir}.\n`)
}
