/** What stands before the routes: own origin for calls that change something, the right content type, a session. */
import { createMiddleware } from 'hono/factory'
import type { Context } from 'hono'
import { sortOfOrigin } from './origin.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { problem } from './problem.ts'
import type { Caller } from './session-types.ts'

export function callerOf(context: Context): Caller {
  const headers = Object.fromEntries(context.req.raw.headers)
  const { pathname, search } = new URL(context.req.url)
  return { headers, url: pathname + search }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A foreign Origin is refused, cookie or not (L15). */
export const refuseForeignOrigin = createMiddleware<AppEnvironment>(async (context, next) => {
  if (!safeMethods.has(context.req.method) && sortOfOrigin(callerOf(context).headers) === 'foreign')
    return problem(context, 403, 'This call came from another site.')
  return next()
})

/** A body is JSON, or CSV for an import. A form that another site could post is neither. */
export function requireContentType(type: 'application/json' | 'text/csv') {
  return createMiddleware<AppEnvironment>(async (context, next) => {
    const given = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (given !== type) return problem(context, 415, `Send the body as ${type}.`)
    return next()
  })
}

/** `drains`: also for the session of a worker who is not live (L16). */
export function requireSession(portal: Portal, { drains = false } = {}) {
  return createMiddleware<AppEnvironment>(async (context, next) => {
    const { sessions } = portal
    const caller = callerOf(context)
    const session = await (drains ? sessions.fromRequestOrDrain(caller) : sessions.fromRequest(caller))
    if (!session) return problem(context, 401, 'You are not signed in, or your session has ended.')
    const waitMs = await portal.rateLimits.readWait(session.id)
    if (waitMs !== null) return tooMany(context, waitMs)
    context.set('session', session)
    return next()
  })
}

export function tooMany(context: Context, waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  context.header('retry-after', String(seconds))
  return problem(context, 429, `Wait ${seconds} s, then try again.`)
}
