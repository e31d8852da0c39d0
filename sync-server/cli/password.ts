/** `ambit password`: sets a worker's password from standard input. Never forces a change (DESIGN 8). */
import { text } from 'node:stream/consumers'
import { hashPassword, passwordProblemIn } from '../http/passwords.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { workerIdOf } from './named-worker.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage = 'password USERNAME --data DIR        (reads the new password from standard input)'

export async function run(argv: readonly string[]): Promise<void> {
  const {
    values,
    positionals: [username = ''],
  } = readArguments(argv, usage, { data: { type: 'string' } }, { min: 1, max: 1 })
  await withOrganisation(dataDirOf(values.data), 'write', async (organisation) => {
    const workerId = await workerIdOf(organisation, username)
    const password = (await text(process.stdin)).replace(/\r?\n$/, '')
    const problem = await passwordProblemIn(organisation.storage, password)
    if (problem !== null) throw new CommandFailure(problem)
    await organisation.storage.saveCredential({
      workerId,
      passwordHash: await hashPassword(password),
      mustChange: false,
    })
    await organisation.storage.endSessions({ workerId })
    const record = { kind: 'worker', id: workerId } as const
    await organisation.storage.logAccess({
      workerId: 'operator',
      record,
      via: 'password-set',
      deviceId: null,
      at: organisation.now(),
    })
  })
}
