/** `ambit backup`: a consistent copy of the data in one file, also while a server runs. */
import { existsSync } from 'node:fs'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'backup FILE --data DIR'

export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(argv, usage, { data: { type: 'string' } }, { min: 1, max: 1 })
  const [file = ''] = positionals
  if (existsSync(file)) throw new CommandFailure(`${file} exists already; a backup never writes over a file`)
  await withOrganisation(dataDirOf(values.data), 'read', ({ storage }) => storage.backupTo(file))
  process.stdout.write(`Backed up to ${file}.\n`)
}
