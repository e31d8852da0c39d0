/**
 * The logins of others: GET /api/workers/activity and /:id/login; POST /:id/invite, /:id/password and /:id/sign-out.
 *
 * Looking needs settings.workers.view; doing settings.workers, and P26. Each deed is logged, never with a secret.
 */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { rightOf } from '../../core/access/decisions.ts'
import { isAllowed } from '../../core/access/types.ts'
import { BODY_BYTES_MAX, INVITE_MS } from '../../core/protocol/limits.ts'
import type { LoginEvent } from '../storage/storage.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireContentType, requireSession } from './guards.ts'
import { decideOverLogin } from './over-login.ts'
import { hashPassword, passwordProblemIn } from './passwords.ts'
import { notFound, problem } from './problem.ts'
import { hashSecret, newSecret } from './secrets.ts'

const passwordSchema = v.strictObject({ password: v.optional(v.string()), mustChange: v.boolean() })

export function workerLoginRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, sessions, now } = portal
  const routes = new Hono<AppEnvironment>()
  routes.use(requireSession(portal))

  routes.get('/activity', async (context) => {
    const right = rightOf(policy.principalOf(context.get('session').workerId), 'settings.workers.view')
    if (!isAllowed(right))
      return problem(context, 403, 'Only who may view workers sees this.', { reasons: right.reasons })
    const known = [...(await storage.activity())].filter(([id]) => policy.directory.workers.has(id))
    return context.json(
      Object.fromEntries(
        known.map(([id, { signedInAt, syncedAt }]) => [
          id,
          { lastSignIn: toIso(signedInAt), lastSync: toIso(syncedAt) },
        ]),
      ),
    )
  })

  routes.get('/:id/login', async (context) => {
    const workerId = context.req.param('id')
    const asker = context.get('session').workerId
    const mayChange = await decideOverLogin(portal, asker, workerId)
    const mayLook = isAllowed(rightOf(policy.principalOf(asker), 'settings.workers.view'))
    if (mayChange === null || !mayLook) return notFound(context)
    const [credential, invite, all] = await Promise.all([
      storage.credential(workerId),
      storage.inviteOf(workerId),
      storage.sessionsOf(workerId),
    ])
    const isOpen = invite !== null && now() < invite.expiresAt
    return context.json({
      hasPassword: typeof credential?.passwordHash === 'string',
      mustChange: credential?.mustChange === true,
      invite: isOpen ? { expiresAt: toIso(invite.expiresAt), by: nameOf(invite.by) } : null,
      sessions: all.filter(({ expiresAt }) => expiresAt > now()).length,
      mayChange,
    })
  })

  routes.post('/:id/invite', async (context) => {
    const over = await overOther(context, context.req.param('id'))
    if (over instanceof Response) return over
    const { workerId, by } = over
    if (!policy.principalOf(workerId).live)
      return problem(
        context,
        422,
        'This login is off. Enable it first: an invitation to it would open nothing.',
      )
    const secret = newSecret()
    const expiresAt = now() + INVITE_MS
    await storage.saveInvite({ workerId, secretHash: hashSecret(secret), by, createdAt: now(), expiresAt })
    await log(over, 'invited')
    // In the fragment: browsers send it nowhere, so it is in no log and no Referer.
    return context.json({ url: `${originOf(context)}/welcome#${secret}`, expiresAt: toIso(expiresAt) })
  })

  routes.post(
    '/:id/password',
    requireContentType('application/json'),
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (context) => problem(context, 413, 'That is too long.') }),
    async (context) => {
      const over = await overOther(context, context.req.param('id'))
      if (over instanceof Response) return over
      const body = v.safeParse(passwordSchema, await context.req.json().catch(() => null))
      if (!body.success) return problem(context, 400, 'Send mustChange, and a password to set one.')
      const { password, mustChange } = body.output
      if (password === undefined) return await setMustChange(context, over, mustChange)
      const unfit = await passwordProblemIn(storage, password)
      if (unfit !== null) return problem(context, 422, unfit)
      const passwordHash = await hashPassword(password)
      // Again: rights may have changed while it was worked out.
      const still = await overOther(context, over.workerId)
      if (still instanceof Response) return still
      const { workerId } = still
      await storage.saveCredential({ workerId, passwordHash, mustChange })
      await storage.dropInvite(workerId)
      await sessions.end({ workerId })
      await log(still, 'password-set')
      return context.body(null, 204)
    },
  )

  routes.post('/:id/sign-out', async (context) => {
    const session = context.get('session')
    const isOwn = session.workerId === context.req.param('id')
    const over = isOwn
      ? { workerId: session.workerId, by: session.workerId, deviceId: session.deviceId }
      : await overOther(context, context.req.param('id'))
    if (over instanceof Response) return over
    await sessions.end({ workerId: over.workerId, ...(isOwn && { but: session.id }) })
    await log(over, 'signed-out-everywhere')
    return context.body(null, 204)
  })

  return routes

  async function setMustChange(context: Context, over: Over, mustChange: boolean) {
    const { workerId } = over
    const credential = await storage.credential(workerId)
    if (credential === null || credential.passwordHash === null)
      return problem(context, 422, 'This worker has no password yet. Invite them to choose one.')
    await storage.saveCredential({ ...credential, mustChange })
    if (mustChange) await log(over, 'password-change-asked')
    return context.body(null, 204)
  }

  /** Whom the caller may give another way in; the answer to send where not. */
  async function overOther(context: Context<AppEnvironment>, workerId: string): Promise<Over | Response> {
    const { workerId: by, deviceId } = context.get('session')
    const decision = await decideOverLogin(portal, by, workerId)
    if (decision === null) return notFound(context)
    if (!isAllowed(decision)) {
      const { reasons } = decision
      return problem(context, 403, 'How this worker signs in is not yours to change.', { reasons })
    }
    if (by === workerId)
      return problem(context, 403, 'This is your own login. Change its password with the one you have.')
    return { workerId, by, deviceId }
  }

  function log({ workerId, by, deviceId }: Over, via: LoginEvent): Promise<void> {
    const record = { kind: 'worker', id: workerId } as const
    return storage.logAccess({ workerId: by, record, via, deviceId, at: now() })
  }

  function nameOf(workerId: string): string | null {
    return policy.directory.workers.get(workerId)?.name ?? null
  }
}

interface Over {
  readonly workerId: string
  /** Worker id of who does it, and the device that they do it from. */
  readonly by: string
  readonly deviceId: string | null
}

/** As the caller's browser knows this server; a foreign Origin was refused before. */
function originOf(context: Context): string {
  const { host, protocol } = new URL(context.req.url)
  return context.req.header('origin') ?? `${protocol}//${context.req.header('host') ?? host}`
}

function toIso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
