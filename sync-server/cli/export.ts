/** `ambit export`: CSV on standard output, of everything, or of what a named worker may see. */
import { once } from 'node:events'
import { isFileKind } from '../../core/exchange/kinds.ts'
import { exportRecords } from '../exchange/export-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { workerIdOf } from './named-worker.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'export --kind K --data DIR [--as USERNAME]      (CSV on standard output)'

export async function run(argv: readonly string[]): Promise<void> {
  const options = { kind: { type: 'string' }, data: { type: 'string' }, as: { type: 'string' } } as const
  const { values } = readArguments(argv, usage, options, { min: 0, max: 0 })
  const { kind = '' } = values
  if (!isFileKind(kind)) throw new CommandFailure(`there is no kind \`${kind}\` to export`, 2)

  await withOrganisation(dataDirOf(values.data), 'read', async (organisation) => {
    const principal =
      values.as === undefined
        ? 'operator'
        : organisation.policy.principalOf(await workerIdOf(organisation, values.as))
    for await (const chunk of exportRecords(organisation, { kind, principal }))
      if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
  })
}
