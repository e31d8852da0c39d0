/**
 * When each worker signed in and met the server last. Only the server knows; without it, or for who is not in its
 * answer, a list says "–".
 */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import * as v from 'valibot'
import { askServer } from '../../../app/ask-server.ts'
import { createOnline } from '../../../app/create-online.ts'

export interface Activity {
  /** Instants; null for never. */
  readonly lastSignIn: number | null
  readonly lastSync: number | null
}

export type ActivityById = ReadonlyMap<string, Activity>

/** An instant as milliseconds or as ISO text, as other answers of the server have it. */
const instant = v.optional(
  v.nullable(v.union([v.number(), v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))])),
  null,
)
const answerSchema = v.record(v.string(), v.object({ lastSignIn: instant, lastSync: instant }))

const nobody: ActivityById = new Map()

/** Nobody where the server cannot be asked or says nothing that can be read. */
export async function fetchActivity(signal: AbortSignal): Promise<ActivityById> {
  const response = await askServer('/api/workers/activity', { signal })
  if (!response.ok) {
    // An answer that nobody reads keeps its request open.
    await response.body?.cancel()
    return nobody
  }
  const answer = v.safeParse(answerSchema, await response.json())
  return answer.success ? new Map(Object.entries(answer.output)) : nobody
}

/** Asked when the list is opened and when the network comes back; what was told stays meanwhile. */
export function useActivity(): Accessor<ActivityById> {
  const online = createOnline()
  const [told, setTold] = createSignal<ActivityById>(nobody)
  createEffect(() => {
    if (!online()) return
    const abort = new AbortController()
    void fetchActivity(abort.signal).then(
      (answer) => setTold(answer),
      () => undefined,
    )
    onCleanup(() => abort.abort())
  })
  return told
}
