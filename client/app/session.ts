/** Whose portal this browser shows: known without asking anybody, and the same in every tab. */
import { createSignal } from 'solid-js'
import { finishSignOut, type SignedIn, signedInHere } from '../sync/session.ts'

const [worker, setWorker] = createSignal<SignedIn | null>(signedInHere(localStorage), {
  equals: (a, b) => a?.id === b?.id && a?.name === b?.name,
})

/** Null where nobody is signed in on this device; tracked. */
export { worker as signedInWorker }

/** After a sign-in or a sign-out: reads again who it is. */
export function readSession(): void {
  setWorker(signedInHere(localStorage))
}

/** Follows other tabs, and ends on the server what was ended here without a network. */
export function followSession(): void {
  addEventListener('storage', readSession)
  const finish = () => void finishSignOut({ fetch: (...args) => fetch(...args), store: localStorage })
  addEventListener('online', finish)
  finish()
}
