/** What goes out next, and how an entry travels. */
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { Change } from '../../core/documents/types.ts'
import { spliceBetween } from '../../core/documents/splice-between.ts'
import type { Hello } from '../../core/protocol/hello.ts'
import { PUSHES_IN_FLIGHT_MAX, UNSENT_FIELDS_MAX, UNSENT_TOLD_MAX } from '../../core/protocol/limits.ts'
import type { Push } from '../../core/protocol/push.ts'
import { type FieldValue, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { reopening, type Replica } from '../replica/database.ts'
import { splitRecordKey } from '../replica/rebuild-record.ts'
import type { OutboxEntry } from '../replica/stored.ts'

/**
 * The next entries in order, one a record, none of a busy record, and none that names a record whose own making is
 * still unanswered. Marked as sent before they are: from then on their id and bytes stay what they are (D2).
 */
export async function nextPushes(
  db: Replica,
  busy: ReadonlySet<string>,
  inFlight: number,
): Promise<readonly OutboxEntry[]> {
  if (inFlight >= PUSHES_IN_FLIGHT_MAX) return []
  return await reopening(db, () =>
    db.transaction('rw', db.outbox, async () => {
      const taken = new Set(busy)
      const unmade = new Set<string>()
      const next: OutboxEntry[] = []
      await db.outbox
        .orderBy('n')
        .until(() => next.length >= PUSHES_IN_FLIGHT_MAX - inFlight)
        .each((entry) => {
          const isFree = !taken.has(entry.record) && !referencesOf(entry).some((key) => unmade.has(key))
          if (isFree) next.push(entry)
          taken.add(entry.record)
          if (entry.creates) unmade.add(entry.record)
        })
      const sent = next.map((entry) => ({ ...entry, state: 'sent' as const }))
      await db.outbox.bulkPut(sent.filter((_, index) => next[index]?.state === 'waiting'))
      return sent
    }),
  )
}

/** Records that an entry's values name. */
function referencesOf({ record, changes }: OutboxEntry): readonly string[] {
  const { kind } = splitRecordKey(record)
  return changes.flatMap(({ field, new: value }) => {
    const type = kindSpecs[kind].fields[splitFieldKey(field).field]?.type
    return type?.type === 'reference' && typeof value === 'string' ? [recordKey(type.kind, value)] : []
  })
}

/** What waits, as hello tells of it. */
export async function unsentOf(db: Replica): Promise<Hello['unsent']> {
  const [total, first] = await Promise.all([
    db.outbox.count(),
    db.outbox.orderBy('n').limit(UNSENT_TOLD_MAX).toArray(),
  ])
  return {
    total,
    edits: first.map(({ edit, record, creates, changes }) => ({
      edit,
      record: splitRecordKey(record),
      creates,
      fields: changes.slice(0, UNSENT_FIELDS_MAX).map(({ field }) => field),
    })),
  }
}

export function pushOf(entry: OutboxEntry): Push {
  const { edit, record, creates, changes, writtenAt, policyVersion, lastRefusal, replaces, changeSet } = entry
  return {
    edit,
    record: splitRecordKey(record),
    creates,
    changes: changes.map(claimOf),
    writtenAt,
    policyVersion,
    lastRefusal,
    replaces,
    ...(changeSet !== undefined && { changeSet }),
  }
}

/** Characters of a text that travel around what changed in it: the claim is for people to read, the bytes count. */
const CONTEXT = 200
const CLAIM_LENGTH_MAX = 4_000

/** Two whole texts would not fit the frame. */
function claimOf({ field, old, new: value }: Change): Push['changes'][number] {
  if (!isLong(old) && !isLong(value)) return { field, old, new: value }
  const [before, after] = [String(old ?? ''), String(value ?? '')]
  const { at, remove, insert } = spliceBetween(before, after)
  const from = Math.max(0, at - CONTEXT)
  return {
    field,
    old: clip(before.slice(from, at + remove + CONTEXT)),
    new: clip(after.slice(from, at + insert.length + CONTEXT)),
  }
}

function isLong(value: FieldValue): boolean {
  return typeof value === 'string' && value.length > CLAIM_LENGTH_MAX
}

function clip(text: string): string {
  return text.slice(0, CLAIM_LENGTH_MAX).toWellFormed()
}
