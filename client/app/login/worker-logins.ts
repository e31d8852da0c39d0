/** What only the server knows of logins and devices, one's own and others': asked when it is shown, kept nowhere. */
import * as v from 'valibot'
import type { Decision } from '../../../core/access/types.ts'
import { askServer } from '../ask-server.ts'

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
)
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** The server's own words: what it says of rights is shown, and decides nothing here. */
const decision = v.pipe(
  v.looseObject({ outcome: v.picklist(['allowed', 'denied']), reasons: v.array(v.looseObject({})) }),
  v.transform((told) => told as unknown as Decision),
)

const loginSchema = v.object({
  hasPassword: v.boolean(),
  mustChange: v.boolean(),
  invite: v.nullable(v.object({ expiresAt: instant, by: v.nullable(v.string()) })),
  sessions: count,
  mayChange: decision,
})
const madeSchema = v.object({ url: v.string(), expiresAt: instant })
const deviceSchema = v.object({
  id: v.string(),
  label: v.nullable(v.string()),
  isThis: v.boolean(),
  lastSeen: instant,
  behind: v.nullable(count),
  records: v.nullable(count),
  unsent: count,
  leaseEnds: instant,
  sessions: count,
  wipe: v.nullable(v.object({ askedAt: instant, by: v.nullable(v.string()), doneAt: v.nullable(instant) })),
  wipedAt: v.nullable(instant),
})
const devicesSchema = v.object({ items: v.array(deviceSchema), sessions: count, mayWipe: decision })
const problemSchema = v.object({ detail: v.string() })

export type WorkerLogin = v.InferOutput<typeof loginSchema>
export type MadeInvite = v.InferOutput<typeof madeSchema>
export type WorkerDevice = v.InferOutput<typeof deviceSchema>
export type WorkerDevices = v.InferOutput<typeof devicesSchema>

export type Answer<T> =
  | { readonly type: 'done'; readonly value: T }
  | { readonly type: 'offline' }
  /** The server's sentence. */
  | { readonly type: 'refused'; readonly detail: string }

export function readLogin(workerId: string): Promise<Answer<WorkerLogin>> {
  return ask(`/api/workers/${encodeURIComponent(workerId)}/login`, loginSchema)
}

export function makeInvite(workerId: string): Promise<Answer<MadeInvite>> {
  return ask(`/api/workers/${encodeURIComponent(workerId)}/invite`, madeSchema, {})
}

/** Without a password only whether a change is due. */
export function savePassword(
  workerId: string,
  change: { readonly password?: string; readonly mustChange: boolean },
): Promise<Answer<null>> {
  return ask(`/api/workers/${encodeURIComponent(workerId)}/password`, nothing, change)
}

/** One's own session stays. */
export function signOutEverywhere(workerId: string): Promise<Answer<null>> {
  return ask(`/api/workers/${encodeURIComponent(workerId)}/sign-out`, nothing, {})
}

export function readDevices(workerId: string): Promise<Answer<WorkerDevices>> {
  return ask(`/api/devices?worker=${encodeURIComponent(workerId)}`, devicesSchema)
}

export function wipeDevice(deviceId: string): Promise<Answer<null>> {
  return ask(`/api/devices/${encodeURIComponent(deviceId)}/wipe`, nothing, {})
}

const nothing = v.null()

/** `sent` makes it a POST. */
async function ask<T>(path: string, schema: v.GenericSchema<unknown, T>, sent?: unknown): Promise<Answer<T>> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  }
  const response = await askServer(path, sent === undefined ? {} : post).catch(() => null)
  if (response === null || response.status >= 500) return { type: 'offline' }
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (!response.ok) {
    const problem = v.safeParse(problemSchema, body)
    return { type: 'refused', detail: problem.success ? problem.output.detail : '' }
  }
  const parsed = v.safeParse(schema, body)
  return parsed.success ? { type: 'done', value: parsed.output } : { type: 'offline' }
}
