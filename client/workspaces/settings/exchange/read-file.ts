/** Has a file read by a thread of its own, which ends with its answer. */
import type { FromReader } from './file-messages.ts'

export function readFile(file: File, signal: AbortSignal): Promise<FromReader> {
  const worker = new Worker(new URL('./read-file.worker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve } = Promise.withResolvers<FromReader>()
  worker.onmessage = ({ data }: MessageEvent<FromReader>) => resolve(data)
  // A file too large for the memory ends its thread without a word.
  worker.onerror = () => resolve({ type: 'empty' })
  signal.addEventListener('abort', () => resolve({ type: 'empty' }))
  worker.postMessage(file)
  return promise.finally(() => worker.terminate())
}
