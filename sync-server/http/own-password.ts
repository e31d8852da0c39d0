/**
 * POST /api/password {username, old, password}: a new password of one's own, with or without a session (P32, W-25).
 *
 * The old one is asked for in either case, so that neither an open tablet nor another site can do it. Answers like a
 * login. The session that asked goes on under a new token, all others of the worker end.
 */
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { BODY_BYTES_MAX, PASSWORD_LENGTH_MAX } from '../../core/protocol/limits.ts'
import { foldValue } from '../../core/records/fold.ts'
import { answerLogin } from './answer-login.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { callerOf, requireContentType, tooMany } from './guards.ts'
import { hashPassword, passwordProblemIn } from './passwords.ts'
import { problem } from './problem.ts'
import { verifyLogin } from './verify-login.ts'

const bodySchema = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(200)),
  old: v.pipe(v.string(), v.maxLength(PASSWORD_LENGTH_MAX)),
  password: v.string(),
})

export function ownPasswordRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, sessions, rateLimits, now } = portal
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/',
    requireContentType('application/json'),
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (context) => problem(context, 413, 'That is too long.') }),
    async (context) => {
      const body = v.safeParse(bodySchema, await context.req.json().catch(() => null))
      if (!body.success) return problem(context, 400, 'Send username, old and password.')
      const { old, password } = body.output
      const username = foldValue(body.output.username)
      const address = getConnInfo(context).remote.address ?? 'unknown'
      const waitMs = await rateLimits.loginWait(username, address)
      if (waitMs !== null) return tooMany(context, waitMs)

      const verified = await verifyLogin(portal, username, old)
      if (verified === null) {
        await rateLimits.loginFailed(username, address)
        return problem(context, 401, 'The password you have now is another one, or the login is disabled.')
      }
      const unfit = await passwordProblemIn(storage, password)
      if (unfit !== null) return problem(context, 422, unfit)
      if (password.normalize('NFC') === old.normalize('NFC'))
        return problem(context, 422, 'Choose another password than the one you have.')

      const { workerId } = verified
      const passwordHash = await hashPassword(password)
      if (!(await verified.stillHolds())) return problem(context, 409, 'The password was changed meanwhile.')
      await storage.saveCredential({ workerId, passwordHash, mustChange: false })
      await storage.dropInvite(workerId)
      const caller = await sessions.fromRequest(callerOf(context))
      const mine = caller?.workerId === workerId ? caller : null
      await sessions.end({ workerId, ...(mine !== null && { but: mine.id }) })
      await storage.logAccess({
        workerId,
        record: { kind: 'worker', id: workerId },
        via: 'password-changed',
        deviceId: mine?.deviceId ?? null,
        at: now(),
      })
      await rateLimits.loginWorked(username, address)
      const opened = await (mine === null ? sessions.open(workerId) : sessions.renew(mine))
      return await answerLogin(context, portal, opened)
    },
  )

  return routes
}
