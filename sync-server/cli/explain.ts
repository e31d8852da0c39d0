/** `ambit explain`: why a worker may or may not do something, in the words the client uses. */
import { answer } from '../explain/answer.ts'
import { parseQuestion } from '../explain/question.ts'
import { loadTarget } from '../http/visible-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { workerIdOf } from './password.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'explain USERNAME ACTION RECORD[#FIELD] --data DIR [--json]'

export async function run(argv: readonly string[]): Promise<void> {
  const options = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const
  const { values, positionals } = readArguments(argv, usage, options, { min: 3, max: 3 })
  const [username = '', action = '', target = ''] = positionals
  const [record = '', field] = target.split('#', 2)
  const question = parseQuestion({ action, record, ...(field && { field }) })
  if ('problem' in question) throw new CommandFailure(question.problem, 2)

  await withOrganisation(dataDirOf(values.data), 'read', async (organisation) => {
    const workerId = await workerIdOf(organisation, username)
    const known = await loadTarget(organisation.storage, question.record)
    const principal = organisation.policy.principalOf(workerId)
    const { sentence, chain, ...decision } = await answer(organisation, principal, question, known)
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...decision, sentence, chain })}\n`
        : `${decision.outcome.toUpperCase()}  ${sentence}\n${chain.map((line) => `  ${line}\n`).join('')}`,
    )
  })
}
