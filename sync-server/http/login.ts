/** POST /api/login, POST /api/logout, POST /api/ticket. */
import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { bodyLimit } from 'hono/body-limit'
import { getConnInfo } from '@hono/node-server/conninfo'
import * as v from 'valibot'
import {
  BODY_BYTES_MAX,
  PASSWORD_LENGTH_MAX,
  SESSION_DRAINS_MS,
  SESSION_IDLE_MS,
} from '../../core/protocol/limits.ts'
import { foldValue } from '../../core/records/fold.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession, tooMany } from './guards.ts'
import { verifyPassword } from './passwords.ts'
import { problem } from './problem.ts'
import { sessionCookie } from './sessions.ts'

const loginSchema = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(PASSWORD_LENGTH_MAX)),
})

export function loginRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, sessions, rateLimits } = portal
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/login',
    requireContentType('application/json'),
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (context) => problem(context, 413, 'That is no login.') }),
    async (context) => {
      const body = v.safeParse(loginSchema, await context.req.json().catch(() => null))
      if (!body.success) return problem(context, 400, 'Send a username and a password.')
      const username = foldValue(body.output.username)
      const address = getConnInfo(context).remote.address ?? 'unknown'

      const waitMs = await rateLimits.loginWait(username, address)
      if (waitMs !== null) return tooMany(context, waitMs)

      const workerId = (await storage.idsByValue('worker', 'username', [username])).get(username)?.[0] ?? null
      const credential = workerId === null ? null : await storage.credential(workerId)
      const matches = await verifyPassword(body.output.password, credential?.passwordHash ?? null)
      if (workerId === null || !matches || !policy.principalOf(workerId).live) {
        await rateLimits.loginFailed(username, address)
        return problem(context, 401, 'Username and password do not match, or the login is disabled.')
      }

      await rateLimits.loginWorked(username, address)
      const { session, token } = await sessions.open(workerId)
      const { name, username: shown } = policy.principalOf(workerId)
      setCookie(context, sessionCookie, token, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        // Longer than the session is good for: what it opens is the server's to say, and at last it drains (L16).
        maxAge: (SESSION_IDLE_MS + SESSION_DRAINS_MS) / 1_000,
        secure: context.req.header('origin')?.startsWith('https:') ?? false,
      })
      return context.json({
        token,
        expiresAt: new Date(session.expiresAt).toISOString(),
        worker: { id: workerId, username: shown, name },
      })
    },
  )

  routes.post('/logout', requireSession(portal, { drains: true }), async (context) => {
    await sessions.end({ id: context.get('session').id })
    deleteCookie(context, sessionCookie, { path: '/' })
    return context.body(null, 204)
  })

  // A device of a worker who is not live needs one to hand in its edits; it opens nothing but that link (L16).
  routes.post('/ticket', requireSession(portal, { drains: true }), async (context) => {
    const session = context.get('session')
    const waitMs = await rateLimits.ticketWait(session.workerId)
    if (waitMs !== null) return tooMany(context, waitMs)
    const { ticket, expiresAt } = sessions.takeOutTicket(session)
    return context.json({ ticket, expiresAt: new Date(expiresAt).toISOString() })
  })

  return routes
}
