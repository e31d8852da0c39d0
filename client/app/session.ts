/** Whose portal this browser shows: known without asking anybody, and the same in every tab. */
import { createSignal } from 'solid-js'
import { openWorkerMemory } from '../sync/remembered-worker.ts'
import {
  acceptInvite,
  changePassword,
  finishSignOut,
  forgetWiped,
  openInvite,
  type SessionContext,
  type SignedIn,
  signedInHere,
  signIn,
  type SignInOutcome,
  signOut,
  wasWiped,
  writeSignedIn,
} from '../sync/session.ts'

const [worker, setWorker] = createSignal<SignedIn | null>(signedInHere(localStorage), {
  equals: (a, b) => a?.id === b?.id && a?.name === b?.name,
})

const context: SessionContext = { fetch: (...args) => fetch(...args), store: localStorage }
const memory = openWorkerMemory()

/** Null where nobody is signed in on this device; tracked. */
export { worker as signedInWorker }

export function enter(username: string, password: string): Promise<SignInOutcome> {
  return remembered(signIn(context, username, password))
}

/** A new password of one's own; signed in with it afterwards. */
export function choosePassword(username: string, old: string, password: string): Promise<SignInOutcome> {
  return remembered(changePassword(context, { username, old, password }))
}

export function lookAtInvite(secret: string): ReturnType<typeof openInvite> {
  return openInvite(context, secret)
}

export function enterByInvite(secret: string, password: string): Promise<SignInOutcome> {
  return remembered(acceptInvite(context, secret, password))
}

async function remembered(entering: Promise<SignInOutcome>): Promise<SignInOutcome> {
  const outcome = await entering
  if (outcome.type === 'signed-in') {
    await memory.remember(outcome.worker)
    readSession()
  }
  return outcome
}

/** The worker's data is wiped by the portal before. */
export async function leave(): Promise<void> {
  await memory.forget()
  await signOut(context)
}

/** After the portal's data was deleted because the server wanted it (L16, L21). `readSession` shows it. */
export async function forgetWorker(why: 'worker' | 'device'): Promise<void> {
  await memory.forget()
  forgetWiped(localStorage, why)
}

/** Whether the server had everything deleted here, and what was over: the worker's login, or this device. */
export function wipedHere(): 'worker' | 'device' | null {
  return wasWiped(localStorage)
}

/** Before the first screen: who was signed in when the browser last had no time to write it down. */
export async function recallSession(): Promise<void> {
  if (worker() !== null) return
  const recalled = await memory.recall().catch(() => null)
  if (recalled === null) return
  writeSignedIn(localStorage, recalled)
  readSession()
}

/** After a sign-in or a sign-out: reads again who it is. */
export function readSession(): void {
  setWorker(signedInHere(localStorage))
}

/** Follows other tabs, and ends on the server what was ended here without a network. */
export function followSession(): void {
  addEventListener('storage', readSession)
  const finish = () => void finishSignOut(context)
  addEventListener('online', finish)
  finish()
}
