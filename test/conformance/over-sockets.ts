/**
 * A case's question asked over real WebSockets: by a stock y-websocket client in the record's room, or by a device on
 * the link, which is where new records and rights travel.
 */
import { principalFromJson } from '../../core/access/principal-json.ts'
import type { Decision, Principal, Reason } from '../../core/access/types.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import type { Write } from '../../core/documents/author-change.ts'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { eventually } from '../support/eventually.ts'
import { TestDevice } from '../support/test-device.ts'
import type { RoomClient } from '../support/test-server.ts'
import type { Case, RecordQuestion } from './case-files.ts'
import type { ServedOrganisation } from './served-organisation.ts'
import { writesOf } from './writes-of.ts'

/** `synced`, or the code that the socket was closed with. */
export async function opened(
  served: ServedOrganisation,
  question: RecordQuestion,
): Promise<'synced' | number> {
  const room = await enter(served, question)
  const answer = await Promise.race([
    room.synced.then(
      () => 'synced' as const,
      () => null,
    ),
    closedWith(room),
  ])
  room.provider.destroy()
  return answer ?? closedWith(room)
}

/** Whether the feed of the worker's device brings the record. */
export async function isFed(
  served: ServedOrganisation,
  { worker, kind, id }: RecordQuestion,
): Promise<boolean> {
  return (await served.freshDevice(worker)).row(kind, id) !== null
}

/** The rights that the link tells the worker's device. */
export async function heldOverLink(served: ServedOrganisation, worker: string): Promise<Principal> {
  const device = await served.device(worker)
  const latest = device.bodies('policy').at(-1) ?? (await device.welcome)
  const principal = principalFromJson(latest.principals[0])
  if (principal === null) throw new Error('the link sent no principal')
  return principal
}

/** All that the link says to a device whose worker is not live: their names, in order (L16). */
export async function toldInDrain(served: ServedOrganisation, worker: string): Promise<readonly string[]> {
  const device = await TestDevice.connect(served.server, worker)
  await eventually(() => device.bodies('wipe').length > 0)
  device.cut()
  return device.messages.map(({ name }) => name)
}

export interface Edited {
  /** 4403 is a refusal; null where the socket stays open. */
  readonly closed: number | null
  readonly code: string | null
  /** As the author finds them in their quarantine. */
  readonly reasons: readonly Reason[]
}

/** One save in the record's room. What is merged is put back. */
export async function edited(
  served: ServedOrganisation,
  question: RecordQuestion,
  set: Case['set'],
): Promise<Edited> {
  const room = await enter(served, question)
  try {
    await room.synced
  } catch {
    const { code, reason } = await room.closed
    return { closed: code, code: reason, reasons: [] }
  }
  const { kind, id } = question
  const before = await served.server.row(kind, id)
  if (before === null) throw new Error(`${kind}/${id} was synced and is not there`)
  const writes = writesOf(question, before, set)
  write(room, writes)
  const merged = eventually(async () => holds(await served.server.row(kind, id), writes)).then(() => null)
  // Both are asked for; the one that does not come is nobody's to wait for.
  merged.catch(() => {})
  const closed = await Promise.race([merged, room.closed])
  room.provider.destroy()
  if (closed === null) {
    await served.restore(before, [...new Set(writes.map(({ field }) => fieldName(field)))])
    return { closed: null, code: null, reasons: [] }
  }
  if (holds(await served.server.row(kind, id), writes)) throw new Error('refused, and written all the same')
  return { closed: closed.code, code: closed.reason, reasons: await latestReasons(served, question) }
}

/** A new record, pushed by the worker's device. */
export async function created(
  served: ServedOrganisation,
  question: RecordQuestion,
  set: Case['set'],
): Promise<Decision> {
  const device = await served.device(question.worker)
  const writes = writesOf(question, null, set)
  const verdict = await device.verdict(device.edit(question.kind, question.id, writes))
  if (verdict.outcome === 'merged') return { outcome: 'allowed', reasons: [] }
  if (verdict.outcome !== 'refused') throw new Error(`the verdict was ${verdict.outcome}`)
  return { outcome: 'denied', reasons: verdict.reasons as readonly Reason[] }
}

const enter = ({ server }: ServedOrganisation, { worker, kind, id }: RecordQuestion): Promise<RoomClient> =>
  server.room(worker, kind, id)

const closedWith = (room: RoomClient): Promise<number> => room.closed.then(({ code }) => code)

const fieldName = (key: string): string => key.replace(/^text:/u, '').split('/', 1)[0] ?? key

function write({ doc, fields }: RoomClient, writes: readonly Write[]): void {
  doc.transact(() => {
    for (const { field, value } of writes) {
      if (!isTextKey(field)) fields.set(field, value)
      else doc.getText(field).insert(0, String(value))
    }
  })
}

function holds(row: Row | null, writes: readonly Write[]): boolean {
  if (row === null) return false
  return writes.every(({ field, value }) =>
    isTextKey(field)
      ? String(row[fieldName(field)]).startsWith(String(value))
      : sameValue(valueInRow(row, field), value),
  )
}

async function latestReasons(served: ServedOrganisation, { worker, kind, id }: RecordQuestion) {
  const answer = await served.call(worker, '/api/quarantine')
  const { items } = (await answer.json()) as {
    items: { record: string; worker: string; reasons: readonly Reason[] }[]
  }
  const own = items.filter((item) => item.record === `${kind}/${id}` && item.worker === worker)
  return own[0]?.reasons ?? []
}
