/** Opens the organisation in a folder for one command and closes it afterwards. Writers hold the exclusive lock. */
import { existsSync, readdirSync } from 'node:fs'
import { createLogger } from '../log.ts'
import { openOrganisation, type Organisation } from '../organisation.ts'
import { acquireDataLock } from '../storage/data-lock.ts'
import { CommandFailure } from './failure.ts'

export async function withOrganisation<T>(
  dataDir: string,
  access: 'read' | 'write',
  use: (organisation: Organisation) => Promise<T>,
): Promise<T> {
  requireOrganisation(dataDir)
  if (access === 'write') return withDataLock(dataDir, () => opened(dataDir, use))
  return opened(dataDir, use)
}

/** The lock is dropped by the kernel with the process, whatever happens to it. */
export async function withDataLock<T>(dataDir: string, use: () => Promise<T>): Promise<T> {
  const lock = await acquireDataLock(dataDir)
  if ('heldBy' in lock)
    throw new CommandFailure(
      `another process${lock.heldBy === null ? '' : ` (${lock.heldBy})`} holds the data in ${dataDir}; stop the server first`,
    )
  try {
    return await use()
  } finally {
    lock.release()
  }
}

export function isEmptyOrMissing(dir: string): boolean {
  return !existsSync(dir) || readdirSync(dir).length === 0
}

async function opened<T>(dataDir: string, use: (organisation: Organisation) => Promise<T>): Promise<T> {
  const organisation = await openOrganisation({ dataDir, log: createLogger('warn'), rate: 0 })
  try {
    return await use(organisation)
  } finally {
    await organisation.close()
  }
}

function requireOrganisation(dataDir: string): void {
  if (isEmptyOrMissing(dataDir))
    throw new CommandFailure(
      `there is no organisation in ${dataDir}; make one with: ambit init --data ${dataDir} --admin NAME`,
    )
}
