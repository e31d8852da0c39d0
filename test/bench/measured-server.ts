/**
 * A server in a process that can be asked how much memory it takes after a collection: `node --expose-gc`, the data
 * folder as its argument, one question a message. Nothing of it is in the product.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createLogger } from '../../sync-server/log.ts'
import { startServer } from '../../sync-server/main.ts'

/** Bytes, after collections. */
export interface ServerMemory {
  readonly rss: number
  /** What JavaScript holds, in the heap and beside it. */
  readonly held: number
}

export interface MeasuredServer {
  readonly url: string
  memory(): Promise<ServerMemory>
  stop(): Promise<void>
}

export async function startMeasured(folder: string): Promise<MeasuredServer> {
  const child = fork(fileURLToPath(import.meta.url), [folder], { execArgv: ['--expose-gc'] })
  const gone = once(child, 'exit')
  const told = async () => {
    const [message] = (await Promise.race([
      once(child, 'message'),
      gone.then(() => Promise.reject(new Error('the measured server has gone'))),
    ])) as [unknown]
    return message
  }
  const url = (await told()) as string
  return {
    url,
    async memory() {
      child.send('memory')
      return (await told()) as ServerMemory
    },
    async stop() {
      child.disconnect()
      await gone
    },
  }
}

async function memory(): Promise<ServerMemory> {
  // Twice, with a turn between: what only a callback still holds goes with the second.
  for (let times = 0; times < 2; times++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    globalThis.gc?.()
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, held: heapUsed + external }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (globalThis.gc === undefined) throw new Error('run me with --expose-gc')
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    dataDir: process.argv[2] ?? '',
    rate: 0,
    clientDir: null,
    log: createLogger('error'),
  })
  process.on('message', () => void memory().then((told) => process.send?.(told)))
  process.once('disconnect', () => void server.close())
  process.send?.(server.url)
}
