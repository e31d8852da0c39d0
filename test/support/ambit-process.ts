/** The real command line in a real process, for tests of what a user would start. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const entry = join(import.meta.dirname, '../../sync-server/cli/ambit.ts')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Written to standard input, which is then closed. */
  readonly input?: string
}

/** Runs one command to its end. */
export function runAmbit(
  args: readonly string[],
  { env = {}, input = '' }: RunOptions = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export interface RunningAmbit {
  readonly url: string
  /** Everything printed so far on standard output. */
  readonly printed: () => string
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** `ambit serve` on a free port, ready when this resolves. */
export async function startAmbit(
  args: readonly string[],
  { env = {} }: Pick<RunOptions, 'env'> = {},
): Promise<RunningAmbit> {
  const child = spawn(process.execPath, [entry, 'serve', '--port', '0', '--host', '127.0.0.1', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
      const match = /ready at (http:\/\/\S+)/.exec(stdout)
      if (match) resolve(match[1]!)
    })
    child.once('close', (code) => reject(new Error(`ambit serve ended with ${code}: ${stderr}`)))
  })

  return {
    url,
    printed: () => stdout,
    async stop() {
      child.kill('SIGTERM')
      await closed
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** A folder that exists for one test. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'ambit-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
