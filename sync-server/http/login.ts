/** POST /api/login, POST /api/logout, POST /api/ticket. */
import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { bodyLimit } from 'hono/body-limit'
import { getConnInfo } from '@hono/node-server/conninfo'
import * as v from 'valibot'
import { BODY_BYTES_MAX, PASSWORD_LENGTH_MAX } from '../../core/protocol/limits.ts'
import { foldValue } from '../../core/records/fold.ts'
import { answerLogin } from './answer-login.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession, tooMany } from './guards.ts'
import { problem } from './problem.ts'
import { sessionCookie } from './sessions.ts'
import { verifyLogin } from './verify-login.ts'

const loginSchema = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(PASSWORD_LENGTH_MAX)),
})

export function loginRoutes(portal: Portal): Hono<AppEnvironment> {
  const { sessions, rateLimits } = portal
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

      const verified = await verifyLogin(portal, username, body.output.password)
      if (verified === null) {
        await rateLimits.loginFailed(username, address)
        return problem(context, 401, 'Username and password do not match, or the login is disabled.')
      }
      await rateLimits.loginWorked(username, address)
      // P32: no session, but the way to one: POST /api/password with this password as the old one.
      if (verified.mustChange)
        return problem(context, 403, 'Choose a new password: the one you have was set by somebody else.', {
          reasons: [{ code: 'password-change-due', rule: 'P32' }],
        })
      const opened = await sessions.open(verified.workerId)
      // Set anew while this one was compared: then the sessions were ended before it was opened.
      if (!(await verified.stillHolds())) {
        await sessions.end({ id: opened.session.id })
        return problem(context, 401, 'Username and password do not match, or the login is disabled.')
      }
      return await answerLogin(context, portal, opened)
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
