/** `ambit explain`: why a worker may or may not do something, in the words the client uses. */
import { answer, seesEveryGroup } from '../explain/answer.ts'
import { parseQuestion } from '../explain/question.ts'
import { loadTarget } from '../http/visible-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { workerIdOf } from './named-worker.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'explain USERNAME ACTION RECORD[#FIELD] --data DIR [--json]'

export async function run(argv: readonly string[]): Promise<void> {
  const options = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const
  const { values, positionals } = readArguments(argv, usage, options, { min: 3, max: 3 })
  const [username = '', action = '', recordAndField = ''] = positionals
  const [record = '', field] = recordAndField.split('#', 2)
  const question = parseQuestion({ action, record, ...(field && { field }) })
  if ('problem' in question) throw new CommandFailure(question.problem, 2)

  await withOrganisation(dataDirOf(values.data), 'read', async (organisation) => {
    const { policy, storage } = organisation
    const workerId = await workerIdOf(organisation, username)
    const target = await loadTarget(storage, question.record)
    // The operator sees every worker and every record.
    const asked = {
      principal: policy.principalOf(workerId),
      question,
      target,
      seesBoth: true,
      seesGroup: seesEveryGroup,
    }
    const told = answer(policy, asked)
    process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : inLines(told))
  })
}

function inLines({ outcome, sentence, chain, change, remedy }: ReturnType<typeof answer>): string {
  const wayOut = [remedy, change].filter((text) => text !== null).join(' ')
  const lines = [...chain, ...(wayOut === '' ? [] : [wayOut])]
  return `${outcome.toUpperCase()}  ${sentence}\n${lines.map((line) => `  ${line}\n`).join('')}`
}
