/** Work that takes a while, told as it goes on, to who asks for lines of JSON (application/x-ndjson). */
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Portal } from './context.ts'

/** `total` is null while it is not known. */
export type OnProgress = (done: number, total: number | null) => void

export type Told = { readonly report: object } | { readonly failed: string }

export function wantsProgress(context: Context): boolean {
  return context.req.header('accept')?.includes('application/x-ndjson') === true
}

/**
 * Lines `{done, total}` as it goes on, and one `{report}` at the end; `{failed}`, a sentence, where it did not work or
 * broke. Work whose asker goes away is carried through: it is one commit, and half of it would be none.
 */
export function withProgress(
  context: Context,
  portal: Portal,
  run: (onProgress: OnProgress) => Promise<Told>,
): Response {
  context.header('content-type', 'application/x-ndjson')
  return stream(context, async (output) => {
    const line = (value: object) => output.write(`${JSON.stringify(value)}\n`)
    try {
      const told = await run((done, total) => void line({ done, total }))
      await line('report' in told ? { report: told.report } : { failed: told.failed })
    } catch (error) {
      portal.log.error({ err: error, path: context.req.path }, 'what was told as it went on broke')
      await line({ failed: 'The server could not finish this. Look again to see what is there now.' })
    }
  })
}
