/** `ambit who`: everybody who may do something, and through what. */
import { throughWhat, who } from '../../core/access/who.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { parseQuestion } from '../explain/question.ts'
import { loadTarget } from '../http/visible-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'who ACTION RECORD[#FIELD] --data DIR [--json]'

export async function run(argv: readonly string[]): Promise<void> {
  const options = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const
  const { values, positionals } = readArguments(argv, usage, options, { min: 2, max: 2 })
  const [action = '', recordAndField = ''] = positionals
  const [record = '', field] = recordAndField.split('#', 2)
  const question = parseQuestion({ action, record, ...(field && { field }) })
  if ('problem' in question) throw new CommandFailure(question.problem, 2)

  await withOrganisation(dataDirOf(values.data), 'read', async ({ policy, storage, now }) => {
    const target = await loadTarget(storage, question.record)
    const context = {
      catalogue: policy.directory.catalogue,
      kind: kindSpecs[question.record.kind].label,
    }
    const items = who(policy.directory, question.action, target, now(), field).map(
      ({ workerId, name, decision }) => ({ workerId, name, through: throughWhat(decision, context) }),
    )
    const lines = items.map(({ name, through }) => `${name}: ${through.join('; ')}\n`)
    process.stdout.write(values.json ? `${JSON.stringify({ items })}\n` : lines.join('') || 'Nobody.\n')
  })
}
