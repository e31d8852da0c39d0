/** `ambit dry-run`: whom a change would touch, before anybody makes it; the change is a file as POST /api/dry-run takes it. */
import { readFileSync } from 'node:fs'
import { dryRunOf } from '../dry-run/dry-run.ts'
import { readProposed, submissionsOf } from '../dry-run/proposed-changes.ts'
import { loadTarget } from '../http/visible-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { consequenceLines } from './consequence-lines.ts'
import { CommandFailure } from './failure.ts'
import { authorOf } from './named-worker.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'dry-run CHANGES.json --data DIR [--as USERNAME] [--json]'

export async function run(argv: readonly string[]): Promise<void> {
  const options = {
    data: { type: 'string' },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const
  const { values, positionals } = readArguments(argv, usage, options, { min: 1, max: 1 })
  const [path = ''] = positionals
  const changes = readProposed(readJson(path))
  if ('problem' in changes) throw new CommandFailure(`${path}: ${changes.problem}`)

  await withOrganisation(dataDirOf(values.data), 'read', async (organisation) => {
    const { policy, storage } = organisation
    const author = await authorOf(organisation, values.as)
    const submissions = await submissionsOf(
      changes,
      author,
      async (record) => (await loadTarget(storage, record)).row,
    )
    const asker = author.type === 'worker' ? policy.principalOf(author.workerId) : 'operator'
    const report = await dryRunOf(organisation, submissions, asker)
    if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
    else
      for (const line of consequenceLines(report, policy.directory.catalogue))
        process.stdout.write(`${line}\n`)
    const [refused] = report.refusals
    if (refused !== undefined) throw new CommandFailure(`it would be refused: ${refused.sentence}`)
  })
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CommandFailure(`${path}: ${error instanceof Error ? error.message : 'not readable'}`)
  }
}
