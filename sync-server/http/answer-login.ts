/** The answer to a sign-in, by whatever way: the token, its end, who it is, and the cookie that scripts cannot read. */
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { SESSION_DRAINS_MS, SESSION_IDLE_MS } from '../../core/protocol/limits.ts'
import type { Portal } from './context.ts'
import type { Session } from './session-types.ts'
import { sessionCookie } from './sessions.ts'

export async function answerLogin(
  context: Context,
  { policy, storage, now }: Pick<Portal, 'policy' | 'storage' | 'now'>,
  { session, token }: { readonly session: Session; readonly token: string },
): Promise<Response> {
  const { workerId, expiresAt } = session
  await storage.noteSignIn(workerId, now())
  const { name, username } = policy.principalOf(workerId)
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
    expiresAt: new Date(expiresAt).toISOString(),
    worker: { id: workerId, username, name },
  })
}
