/** Whose portal is previewed, if anybody's: one for the page, as who is signed in is. */
import { createSignal } from 'solid-js'
import { changersOf, changersToJson } from '../../core/access/changers.ts'
import { compileTimeline, principalAt, principalToJson } from '../../core/access/principal.ts'
import type { Directory } from '../../core/access/types.ts'
import { openReplica, readDevice, type Replica, wipeReplica } from '../replica/database.ts'
import { emptyDevice } from '../replica/stored.ts'
import type { SignedIn } from '../sync/session.ts'
import { fillPreview } from './fill-preview.ts'

export interface Preview {
  /** Whose it is. */
  readonly worker: SignedIn
  readonly db: Replica
  /** This device's clock when it was made: what changes later is not in it. */
  readonly at: number
}

export interface PreviewQuestion {
  readonly source: Replica
  readonly directory: Directory
  readonly workerId: string
  /** This device's clock, milliseconds. */
  readonly now: number
  readonly onProgress: (done: number, total: number) => void
}

const [preview, setPreview] = createSignal<Preview | null>(null)

/** Null where the reader's own portal is shown; tracked. */
export { preview }

/** One for each reader: the next replaces it, and what a killed tab left behind goes when they come again. */
export function previewOwner(workerId: string): string {
  return `${workerId}-preview`
}

/** Makes a worker's portal from what this device holds, and shows it. */
export async function beginPreview(question: PreviewQuestion): Promise<void> {
  const { source, directory, workerId, now, onProgress } = question
  await endPreview()
  await wipeReplica(openReplica(previewOwner(source.workerId)))
  const db = openReplica(previewOwner(source.workerId))
  const own = await readDevice(source)
  const timeline = compileTimeline(directory, workerId, now + own.clockAheadMs)
  const principal = principalAt(timeline, now + own.clockAheadMs)
  await db.device.put({
    ...emptyDevice,
    policyVersion: own.policyVersion,
    principals: timeline.map(principalToJson),
    changers: changersToJson(changersOf(directory, now + own.clockAheadMs)),
    clockAheadMs: own.clockAheadMs,
    syncedAt: own.syncedAt,
    metAt: own.metAt,
  })
  await fillPreview(source, db, principal, onProgress)
  const { username, name } = principal
  setPreview({ worker: { id: workerId, username, name }, db, at: now })
}

/** Back to the reader's own portal; nothing of the preview stays on the device. */
export async function endPreview(): Promise<void> {
  const ended = preview()
  if (ended === null) return
  setPreview(null)
  await wipeReplica(ended.db)
}

/** Before a reader's own data is opened, and when it is deleted. */
export async function dropPreview(workerId: string): Promise<void> {
  if (preview() !== null) return endPreview()
  await wipeReplica(openReplica(previewOwner(workerId)))
}
