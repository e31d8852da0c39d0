/** Signing in and the demo's logins, asked of the server. What goes wrong is a value with what to say about it. */
import * as v from 'valibot'

export interface SignedIn {
  readonly id: string
  readonly username: string
  readonly name: string
}

export type SignInOutcome =
  | { readonly type: 'signed-in'; readonly worker: SignedIn }
  /** Wrong, or the login is disabled: the server does not say which. */
  | { readonly type: 'wrong' }
  /** `until` is an instant of this device's clock, in milliseconds. */
  | { readonly type: 'too-many'; readonly until: number }
  | { readonly type: 'offline' }
  | { readonly type: 'failed' }

const loginSchema = v.object({
  worker: v.object({ id: v.string(), username: v.string(), name: v.string() }),
})

/** Used where a server says "too many" and not for how long. */
const RETRY_SECONDS = 30

export async function signIn(username: string, password: string): Promise<SignInOutcome> {
  let response: Response
  try {
    response = await fetch('/api/login', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
  } catch {
    return { type: 'offline' }
  }
  if (response.status === 401) return { type: 'wrong' }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after')) || RETRY_SECONDS
    return { type: 'too-many', until: Date.now() + seconds * 1_000 }
  }
  if (!response.ok) return { type: 'failed' }
  const answer = v.safeParse(loginSchema, await response.json().catch(() => null))
  return answer.success ? { type: 'signed-in', worker: answer.output.worker } : { type: 'failed' }
}

export interface DemoLogin {
  readonly username: string
  readonly password: string
  /** What this person shows, in a few words. */
  readonly role: string
}

const demoSchema = v.object({
  logins: v.array(v.object({ username: v.string(), password: v.string(), role: v.string() })),
})

/** None where the organisation is no demo, or cannot be asked. */
export async function demoLogins(): Promise<readonly DemoLogin[]> {
  try {
    const response = await fetch('/api/demo')
    if (!response.ok) return []
    const answer = v.safeParse(demoSchema, await response.json())
    return answer.success ? answer.output.logins : []
  } catch {
    return []
  }
}
