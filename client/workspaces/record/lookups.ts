/**
 * Names of records that fields point to, and candidates for them: read from this device as they are needed.
 */
import { type Accessor, createSignal } from 'solid-js'
import { type Kind, type RecordKey, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { useLiveQuery, usePortal } from '../../app/context.tsx'
import type { PickOption } from '../../components/PickField.tsx'
import type { Replica } from '../../replica/database.ts'
import type { Search } from '../../search/search.ts'

export interface Lookups {
  /** The record's name; undefined where it is not on this device. Tracked. */
  readonly nameOf: (kind: Kind, id: string) => string | undefined
  /** The best matches for what was typed; tracked. */
  readonly optionsFor: (kind: Kind, query: string) => readonly PickOption[]
}

/** `keys` are the records whose names are shown. */
export function useLookups(keys: Accessor<readonly RecordKey[]>): Lookups {
  const { search } = usePortal()
  const names = useLiveQuery((db) => {
    const wanted = keys().map(shownKey)
    return wanted.length === 0 ? null : () => namesOf(db, wanted)
  })
  const [asked, setAsked] = createSignal<{ readonly kind: Kind; readonly query: string }>(
    { kind: 'colleague', query: '' },
    { equals: (a, b) => a.kind === b.kind && a.query === b.query },
  )
  const [wanted, setWanted] = createSignal(false)
  const found = useLiveQuery((db) => {
    const { kind, query } = asked()
    return wanted() ? () => findOptions(db, search, kind, query) : null
  })
  return {
    nameOf: (kind, id) => names()?.get(shownKey(recordKey(kind, id))),
    optionsFor: (kind, query) => {
      // Asked while a list is drawn: the question is put after it.
      queueMicrotask(() => {
        setAsked({ kind: shownKind(kind), query })
        setWanted(true)
      })
      const answer = found()
      return answer?.kind === shownKind(kind) ? answer.options : []
    },
  }
}

/** Of workers everybody may know the name, through the directory of colleagues. */
function shownKind(kind: Kind): Kind {
  return kind === 'worker' ? 'colleague' : kind
}

function shownKey(key: RecordKey): RecordKey {
  return key.startsWith('worker/') ? recordKey('colleague', key.slice('worker/'.length)) : key
}

export async function namesOf(db: Replica, keys: readonly RecordKey[]): Promise<ReadonlyMap<string, string>> {
  const records = await db.records.bulkGet([...keys])
  return new Map(
    records.flatMap((record) => (record === undefined ? [] : [[record.key, titleOf(record.row)] as const])),
  )
}

/** A list to choose from, not to read: who wants more types more. */
const OPTIONS_MAX = 40

async function findOptions(db: Replica, search: Search, kind: Kind, query: string) {
  const keys =
    query.trim() === ''
      ? await db.records
          .where('[kind+sort]')
          .between([kind, ''], [kind, '\uffff'])
          .limit(OPTIONS_MAX)
          .primaryKeys()
      : (await search.find(kind, query)).slice(0, OPTIONS_MAX)
  const records = await db.records.bulkGet([...keys])
  const options = records.flatMap((record): PickOption[] =>
    record === undefined ? [] : [{ value: record.id, label: titleOf(record.row), note: noteOf(record.row) }],
  )
  return { kind, options }
}

function titleOf(row: Row): string {
  return kindSpecs[row.kind].title(row) || row.id
}

function noteOf(row: Row): string | undefined {
  const parts = row.kind === 'account' ? [row.state, row.aId] : [row.jobTitle]
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ') || undefined
}
