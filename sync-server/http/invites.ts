/**
 * POST /api/invite {secret} and /api/invite/accept {secret, password}: the worker's side of an invitation (W-26, P31).
 *
 * Wrong, used, over, voided, the login disabled, its maker no longer over this worker: one answer, in the same words.
 * Tries are limited like logins.
 */
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { isAllowed } from '../../core/access/types.ts'
import { BODY_BYTES_MAX } from '../../core/protocol/limits.ts'
import type { Invite } from '../storage/storage.ts'
import { answerLogin } from './answer-login.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, tooMany } from './guards.ts'
import { holdsAllOf } from './over-login.ts'
import { hashPassword, passwordProblemIn } from './passwords.ts'
import { problem } from './problem.ts'
import { hashSecret, secretMatches } from './secrets.ts'

const secretSchema = v.pipe(v.string(), v.maxLength(200))
const openSchema = v.strictObject({ secret: secretSchema })
const acceptSchema = v.strictObject({ secret: secretSchema, password: v.string() })

/** In the limits of failed logins the name that all invitations share: no username has such a letter. */
const LIMITED_AS = '\u0000invite'

export function inviteRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, sessions, rateLimits, now } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(
    requireContentType('application/json'),
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (context) => problem(context, 413, 'That is too long.') }),
  )

  routes.post('/', async (context) => {
    const body = v.safeParse(openSchema, await context.req.json().catch(() => null))
    if (!body.success) return problem(context, 400, 'Send the secret of the link.')
    const wait = await waitFor(context)
    if (wait !== null) return wait
    const invite = await goodInvite(body.output.secret)
    if (invite === null) return await refused(context)
    const { name, username } = policy.principalOf(invite.workerId)
    return context.json({ worker: { name, username }, expiresAt: new Date(invite.expiresAt).toISOString() })
  })

  routes.post('/accept', async (context) => {
    const body = v.safeParse(acceptSchema, await context.req.json().catch(() => null))
    if (!body.success) return problem(context, 400, 'Send the secret of the link and a password.')
    const wait = await waitFor(context)
    if (wait !== null) return wait
    const { secret, password } = body.output
    if ((await goodInvite(secret)) === null) return await refused(context)
    const unfit = await passwordProblemIn(storage, password)
    if (unfit !== null) return problem(context, 422, unfit)
    const passwordHash = await hashPassword(password)
    // Again, at the end of all waiting: it may be used, voided or no longer good by now.
    const invite = await goodInvite(secret)
    if (invite === null || !(await storage.redeemInvite(invite, passwordHash))) return await refused(context)
    const { workerId } = invite
    await sessions.end({ workerId })
    const record = { kind: 'worker', id: workerId } as const
    await storage.logAccess({ workerId, record, via: 'invite-accepted', deviceId: null, at: now() })
    return await answerLogin(context, portal, await sessions.open(workerId))
  })

  return routes

  async function goodInvite(secret: string): Promise<Invite | null> {
    const invite = await storage.inviteBySecret(hashSecret(secret))
    if (invite === null || !secretMatches(secret, invite.secretHash)) return null
    const { workerId, by, createdAt, expiresAt } = invite
    // Made under a clock that was ahead, it does not outlast its correction (D24).
    if (now() >= expiresAt || now() < createdAt - CLOCK_SLACK_MS) return null
    if (!policy.principalOf(workerId).live) return null
    // SAFETY: its maker still has the link. What the worker was given since then is not theirs to take.
    const decision = await holdsAllOf(portal, by, workerId)
    return isAllowed(decision) ? invite : null
  }

  async function waitFor(context: Context): Promise<Response | null> {
    const waitMs = await rateLimits.loginWait(LIMITED_AS, addressOf(context))
    return waitMs === null ? null : tooMany(context, waitMs)
  }

  async function refused(context: Context): Promise<Response> {
    await rateLimits.loginFailed(LIMITED_AS, addressOf(context))
    return problem(context, 404, 'This link is no longer good, or never was. Ask for a new one.')
  }
}

/** How far a clock may be set back before invitations made until then are over, in milliseconds. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1_000

function addressOf(context: Context): string {
  return getConnInfo(context).remote.address ?? 'unknown'
}
