/** `ambit init`: an empty organisation with the preconfigured groups and one administrator. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { passwordProblem, hashPassword } from '../http/passwords.ts'
import { createLogger } from '../log.ts'
import { openOrganisation } from '../organisation.ts'
import { seedAdministrator } from '../seed/administrator.ts'
import { seedPreconfigured } from '../seed/preconfigured.ts'
import { databaseFile } from '../storage/sqlite/open-sqlite-storage.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { isEmptyOrMissing, withDataLock, withOrganisation } from './with-organisation.ts'

export const usage = 'init --data DIR --admin NAME        (password from AMBIT_ADMIN_PASSWORD)'

export async function run(argv: readonly string[]): Promise<void> {
  const options = { data: { type: 'string' }, admin: { type: 'string' } } as const
  const { values } = readArguments(argv, usage, options, { min: 0, max: 0 })
  const username = values.admin?.trim()
  if (!username) throw new CommandFailure(`name the administrator; usage: ambit ${usage}`, 2)
  const dataDir = dataDirOf(values.data)
  const password = process.env.AMBIT_ADMIN_PASSWORD
  if (password === undefined)
    throw new CommandFailure('put the administrator’s password into AMBIT_ADMIN_PASSWORD', 2)
  const problem = passwordProblem(password)
  if (problem !== null) throw new CommandFailure(problem)
  if (!isEmptyOrMissing(dataDir) && !(await hasNobody(dataDir)))
    throw new CommandFailure(`${dataDir} is not empty; an organisation needs a folder of its own`)

  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  await withDataLock(dataDir, async () => {
    const organisation = await openOrganisation({ dataDir, log: createLogger('warn'), rate: 0 })
    try {
      await seedPreconfigured(organisation.gate)
      const workerId = await seedAdministrator(organisation, username)
      await organisation.storage.saveCredential({
        workerId,
        passwordHash: await hashPassword(password),
        mustChange: false,
      })
    } finally {
      await organisation.close()
    }
  })
  process.stdout.write(`An organisation is in ${dataDir}; ${username} is its administrator.\n`)
}

/** An organisation that was served with `--no-demo` before anybody was in it: it may still begin. */
async function hasNobody(dataDir: string): Promise<boolean> {
  if (!existsSync(join(dataDir, databaseFile))) return false
  const everything = { type: 'everything' } as const
  return withOrganisation(dataDir, 'write', async ({ storage }) => {
    const counts = await Promise.all([
      storage.count('worker', everything),
      storage.count('group', everything),
    ])
    return counts.every((count) => count === 0)
  })
}
