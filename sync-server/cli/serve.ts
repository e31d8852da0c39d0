/** `ambit serve`: client and server on one port, with the demo organisation when the data is empty (DESIGN 8, Start). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { environmentSchema } from '../config.ts'
import { demoLoginsKey } from '../http/demo.ts'
import { createLogger } from '../log.ts'
import { startServer } from '../main.ts'
import type { Storage } from '../storage/storage.ts'
import { makeDemoOrganisation } from '../demo/make-demo-organisation.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { CommandFailure } from './failure.ts'
import { withDataLock, isEmptyOrMissing } from './with-organisation.ts'
import { mkdirSync } from 'node:fs'

export const usage = 'serve [--port N] [--host H] [--data DIR] [--no-demo]'

const defaultPort = 4000
const builtClient = join(import.meta.dirname, '../../dist/client')

export async function run(argv: readonly string[]): Promise<void> {
  const environment = v.safeParse(environmentSchema, process.env)
  if (!environment.success) throw new CommandFailure(environment.issues[0].message, 2)
  const { PORT, HOST, AMBIT_RATE, AMBIT_LOG } = environment.output
  const { values } = readArguments(
    argv,
    usage,
    {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'no-demo': { type: 'boolean', default: false },
    },
    { min: 0, max: 0 },
  )
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
    throw new CommandFailure('--port is a number', 2)
  const dataDir = dataDirOf(values.data)
  const clientDir = existsSync(join(builtClient, 'index.html')) ? builtClient : null

  const isNew = isEmptyOrMissing(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  await withDataLock(dataDir, async () => {
    const server = await startServer({
      host: values.host ?? HOST ?? '0.0.0.0',
      port: values.port === undefined ? (PORT ?? defaultPort) : Number(values.port),
      dataDir,
      rate: AMBIT_RATE ?? 200,
      clientDir,
      log: createLogger(AMBIT_LOG ?? 'warn'),
      ...(isNew && !values['no-demo'] && { prepare: makeDemoOrganisation }),
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE'
        ? new CommandFailure('that port is taken; choose another with --port')
        : error
    })
    // Listened for before anybody can read that it is ready: a stop asked for at once is a clean one, too.
    const stop = untilAskedToStop()
    process.stdout.write(await welcome(server.url, server.organisation.storage, clientDir, dataDir))
    await stop
    await server.close()
  })
}

/** What is printed once it serves; in one piece, so that whoever waits for the first line has the others with it. */
async function welcome(
  url: string,
  storage: Pick<Storage, 'meta' | 'count'>,
  clientDir: string | null,
  dataDir: string,
): Promise<string> {
  const lines = [`Ambit is ready at ${url}`]
  if (clientDir === null)
    lines.push('The client is not built; only the API and the rooms are served. Build it with: npm run build')
  if ((await storage.count('worker', { type: 'everything' })) === 0)
    lines.push(`Nobody can sign in yet. Stop it, then: npm run ambit -- init --data ${dataDir} --admin NAME`)
  const logins = await storage.meta(demoLoginsKey)
  if (logins !== null) {
    const told = JSON.parse(logins) as Record<'username' | 'password' | 'role', string>[]
    lines.push('This is a demo organisation. Sign in as:')
    for (const { username, password, role } of told)
      lines.push(`  ${username.padEnd(10)} ${password.padEnd(24)} ${role}`)
    lines.push(`Its data is in ${dataDir}.`)
  }
  return `${lines.join('\n')}\n`
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
