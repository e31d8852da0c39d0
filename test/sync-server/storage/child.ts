/** Starts a script of this folder as a process of its own, to be killed like a power cut would. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child {
  readonly pid: number | undefined
  /** The next line it prints; null when it has ended. */
  nextLine(): Promise<string | null>
  /** SIGKILL; resolves when the process is gone, with what it had still printed. */
  kill(): Promise<readonly string[]>
}

export function startChild(script: string, ...args: readonly string[]): Child {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string | null> => {
    const { done, value } = await lines.next()
    return done ? null : value
  }
  return {
    pid: child.pid,
    nextLine,
    async kill() {
      child.kill('SIGKILL')
      await gone
      const rest: string[] = []
      for (let line = await nextLine(); line !== null; line = await nextLine()) rest.push(line)
      return rest
    },
  }
}
