/**
 * The client's own updates: asked for at start, whenever the tab is seen again and hourly; taken when a person says so.
 * A tab in which somebody is typing is never reloaded under their hands: what was typed is a draft on the device.
 */
import { createSignal } from 'solid-js'
import { Workbox } from 'workbox-window'

const [isUpdateReady, setUpdateReady] = createSignal(false)
const [isOfflineReady, setOfflineReady] = createSignal(false)

/** A newer version is here and waits; tracked. */
export { isUpdateReady }
/** Everything needed to start without a network is on the device; tracked. */
export { isOfflineReady }

const HOUR_MS = 60 * 60 * 1_000
/** Safari does not always say that the new version took over. */
const TAKEOVER_MS = 2_000

let workbox: Workbox | null = null
let accepted = false
/** Whether something typed in this tab is not on the device yet. */
let isDirty: () => boolean = () => false

/** Once, after the first screen has been painted. Without a built service worker (development) nothing happens. */
export async function registerServiceWorker(options: { readonly isDirty: () => boolean }): Promise<void> {
  isDirty = options.isDirty
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  workbox = new Workbox('/service-worker.js', { scope: '/' })
  workbox.addEventListener('waiting', () => setUpdateReady(true))
  workbox.addEventListener('activated', () => setOfflineReady(true))
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    // Another tab accepted: this one goes along unless somebody is typing in it, and then says so instead.
    if (isUpdate && (accepted || !isDirty())) location.reload()
    else if (isUpdate) setUpdateReady(true)
  })
  const registration = await workbox.register().catch(() => undefined)
  if (registration === undefined) return
  if (registration.active !== null) setOfflineReady(true)
  const look = () => void registration.update().catch(() => undefined)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look())
  setInterval(look, HOUR_MS)
}

/** The person wants the new version now. */
export function acceptUpdate(): void {
  accepted = true
  workbox?.messageSkipWaiting()
  setTimeout(() => location.reload(), TAKEOVER_MS)
}
