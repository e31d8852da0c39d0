/**
 * Who works on this device. The session itself is a cookie that no script can read; here is only whose data to open
 * when there is no network: a worker's id and name (GATE 35).
 */
import * as v from 'valibot'
import type { Drain } from '../../core/protocol/drain.ts'

const workerSchema = v.object({ id: v.string(), username: v.string(), name: v.string() })
const loginSchema = v.object({ expiresAt: v.string(), worker: workerSchema })
const problemSchema = v.object({
  detail: v.optional(v.string()),
  reasons: v.optional(v.array(v.object({ code: v.string() }))),
})
const inviteSchema = v.object({ worker: v.object({ name: v.string(), username: v.string() }) })
const demoSchema = v.object({
  logins: v.array(v.object({ username: v.string(), password: v.string(), role: v.string() })),
})

export type SignedIn = v.InferOutput<typeof workerSchema>
/** Whom an invitation is for. */
export type Invited = v.InferOutput<typeof inviteSchema>['worker']
export type DemoLogin = v.InferOutput<typeof demoSchema>['logins'][number]

export type SignInOutcome =
  | { readonly type: 'signed-in'; readonly worker: SignedIn }
  /** Username and password do not match, or the login is disabled. */
  | { readonly type: 'wrong'; readonly detail: string }
  /** They match, and a new password has to be chosen before anything else (P32). */
  | { readonly type: 'change-due' }
  /** Tried too often: seconds until the next try. */
  | { readonly type: 'wait'; readonly seconds: number }
  /** The server cannot be reached: signing in needs it once. */
  | { readonly type: 'offline' }

const KEY = 'ambit.worker'
const LOGOUT_KEY = 'ambit.logout'
const WIPED_KEY = 'ambit.wiped'

/** Kept small on purpose: what a script may read on a shared tablet. */
export interface SessionStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface SessionContext {
  readonly fetch: typeof fetch
  readonly store: SessionStore
}

/** Whose portal this device opens, with or without a network; null where nobody is signed in. */
export function signedInHere(store: SessionStore): SignedIn | null {
  try {
    const parsed = v.safeParse(workerSchema, JSON.parse(store.getItem(KEY) ?? 'null'))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

export function writeSignedIn(store: SessionStore, worker: SignedIn): void {
  store.setItem(KEY, JSON.stringify(worker))
}

export async function signIn(
  { fetch, store }: SessionContext,
  username: string,
  password: string,
): Promise<SignInOutcome> {
  return await entering({ fetch, store }, '/api/login', { username, password })
}

/** A password of one's own in place of the old one, with a session or without; signed in afterwards (P32). */
export function changePassword(
  context: SessionContext,
  change: { readonly username: string; readonly old: string; readonly password: string },
): Promise<SignInOutcome> {
  return entering(context, '/api/password', change)
}

/** Whose login an invitation opens; `wrong` with its sentence when it is not good any more (P31). */
export async function openInvite(
  { fetch }: Pick<SessionContext, 'fetch'>,
  secret: string,
): Promise<
  { readonly type: 'good'; readonly worker: Invited } | Exclude<SignInOutcome, { type: 'signed-in' }>
> {
  const response = await post(fetch, '/api/invite', { secret })
  const failure = await failureOf(response)
  if (failure !== null) return failure
  const body = v.safeParse(inviteSchema, await response?.json().catch(() => null))
  return body.success ? { type: 'good', worker: body.output.worker } : { type: 'offline' }
}

export function acceptInvite(
  context: SessionContext,
  secret: string,
  password: string,
): Promise<SignInOutcome> {
  return entering(context, '/api/invite/accept', { secret, password })
}

/** Any call that is answered like a login. */
async function entering(
  { fetch, store }: SessionContext,
  path: string,
  sent: unknown,
): Promise<SignInOutcome> {
  const response = await post(fetch, path, sent)
  const failure = await failureOf(response)
  if (failure !== null) return failure
  const login = v.safeParse(loginSchema, await response?.json().catch(() => null))
  if (!login.success) return { type: 'offline' }
  // The answer's token is for programs; the cookie is this browser's session, and nothing else is kept.
  const { id, username, name } = login.output.worker
  const worker: SignedIn = { id, username, name }
  writeSignedIn(store, worker)
  store.removeItem(LOGOUT_KEY)
  store.removeItem(WIPED_KEY)
  return { type: 'signed-in', worker }
}

/** Null when the call did what it should. */
async function failureOf(
  response: Response | null,
): Promise<Exclude<SignInOutcome, { type: 'signed-in' }> | null> {
  if (response === null || response.status >= 500) return { type: 'offline' }
  if (response.ok) return null
  if (response.status === 429)
    return { type: 'wait', seconds: Number(response.headers.get('retry-after') ?? '60') }
  const problem = v.safeParse(problemSchema, await response.json().catch(() => null))
  const { detail = '', reasons = [] } = problem.success ? problem.output : {}
  return reasons.some(({ code }) => code === 'password-change-due')
    ? { type: 'change-due' }
    : { type: 'wrong', detail }
}

/** Ends the session. Without a network the cookie is ended at the next chance (`finishSignOut`). */
export async function signOut({ fetch, store }: SessionContext): Promise<void> {
  store.removeItem(KEY)
  store.setItem(LOGOUT_KEY, 'due')
  await finishSignOut({ fetch, store })
}

/** The server had the worker's data deleted from here (L16, L21). Every tab shows the sign-in, which says so. */
export function forgetWiped(store: SessionStore, why: Drain['why']): void {
  store.setItem(WIPED_KEY, why)
  store.removeItem(KEY)
}

/** Whether that was the last thing that happened to a worker here: what was over, they or this device. */
export function wasWiped(store: SessionStore): Drain['why'] | null {
  const why = store.getItem(WIPED_KEY)
  if (why === null) return null
  return why === 'device' ? 'device' : 'worker'
}

/** Called at start and when the network is back. */
export async function finishSignOut({ fetch, store }: SessionContext): Promise<void> {
  if (store.getItem(LOGOUT_KEY) === null) return
  const response = await post(fetch, '/api/logout', null)
  // 401: there was no session any more.
  if (response?.ok || response?.status === 401) store.removeItem(LOGOUT_KEY)
}

/** Whether the cookie is still good, and whose it is; null when that cannot be asked now. */
export async function sessionWorker({
  fetch,
}: Pick<SessionContext, 'fetch'>): Promise<string | 'none' | null> {
  const response = await fetch('/api/me').catch(() => null)
  if (response === null || response.status >= 500) return null
  if (!response.ok) return 'none'
  const body: unknown = await response.json().catch(() => null)
  const parsed = v.safeParse(v.object({ worker: v.object({ id: v.string() }) }), body)
  return parsed.success ? parsed.output.worker.id : null
}

/** The demo organisation's logins; empty in any other. */
export async function demoLogins({ fetch }: Pick<SessionContext, 'fetch'>): Promise<readonly DemoLogin[]> {
  const response = await fetch('/api/demo').catch(() => null)
  if (response === null || !response.ok) return []
  const parsed = v.safeParse(demoSchema, await response.json().catch(() => null))
  return parsed.success ? parsed.output.logins : []
}

async function post(fetch: SessionContext['fetch'], path: string, body: unknown): Promise<Response | null> {
  return await fetch(path, {
    method: 'POST',
    ...(body !== null && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => null)
}
