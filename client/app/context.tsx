/**
 * What every screen has at hand: who works here, their rights, their data, the sync state, and what can be done.
 *
 * `PortalProvider` stands around everything behind the sign-in and lives as long as one worker's session on this
 * device; `usePortal` gives it to screens. Nothing in it waits for a network but what says so.
 */
import { type Accessor, createContext, createEffect, onCleanup, type ParentProps, useContext } from 'solid-js'
import type { Decision, Directory, Principal } from '../../core/access/types.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import type { RowValues } from '../../core/documents/writes-for.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'
import { createDecisionFor, type Question } from '../access/decision.ts'
import { createPacedQuery } from '../reactive/at-pace.ts'
import { createLiveQuery } from '../reactive/create-live-query.ts'
import { createRecordList, type ListQuery, type RecordList } from '../reactive/create-record-list.ts'
import { createRecordView, type RecordView } from '../reactive/create-record-view.ts'
import {
  createRecord,
  editEntries,
  editRecord,
  editRecords,
  type EditContext,
  type EditOutcome,
  type EntryEdit,
  type RecordEdit,
  type SaveOutcome,
} from '../replica/edit-record.ts'
import type { Replica } from '../replica/database.ts'
import {
  acceptConflict,
  answeredByReviewer,
  askAboutQuarantined,
  discardQuarantined,
  markAnswerRead,
  needingAttention,
  restoreConflict,
  retryQuarantined,
  sendAsked,
} from '../replica/settle.ts'
import type { Device, QuarantineEntry, StoredConflict } from '../replica/stored.ts'
import type { Search } from '../search/search.ts'
import { openPortal } from '../sync/portal.ts'
import type { SignedIn } from '../sync/session.ts'
import type { SyncState } from '../sync/sync-state.ts'
import { dropPreview } from '../preview/preview.ts'
import { createPortalState } from './create-portal-state.ts'
import { forgetWorker, leave } from './session.ts'

export interface PortalContextValue {
  readonly worker: SignedIn
  readonly db: Replica
  /** Who this device is to the server, and when it last met it. */
  readonly device: Accessor<Device | undefined>
  /** Null before the device has met the server for the first time. */
  readonly principal: Accessor<Principal | null>
  /** The organisation's settings; null where this device has none yet. */
  readonly settings: Accessor<Row | null>
  /** The bulletin board of this worker; null where there is none (U-08). */
  readonly board: Accessor<Row | null>
  /** The features there are, custom rights included. */
  readonly catalogue: Accessor<Catalogue>
  readonly syncState: Accessor<SyncState>
  readonly search: Search
  /** All workers and groups, where this worker sees them all; follows changes. Undefined while it is read. */
  readonly directory: Accessor<Directory | null | undefined>
  /** Another worker's portal, made from this device: nothing is written in it, and no server is asked. */
  readonly isPreview: boolean
  readonly actions: PortalActions
}

export interface PortalActions {
  edit(kind: Kind, id: string, fields: RowValues): Promise<EditOutcome>
  /** Entries of sets and maps alone, by field key; null takes one away. */
  editEntries(kind: Kind, id: string, entries: EntryEdit['entries']): Promise<EditOutcome>
  /** All of them as one change set, or none; counted in `onSaved`. */
  editAll(edits: readonly RecordEdit[], onSaved?: (done: number) => void): Promise<SaveOutcome>
  create(kind: Kind, fields: RowValues, id?: string): Promise<EditOutcome>
  /** Tries a refused edit again. */
  retry(edit: string): Promise<EditOutcome>
  discard(edit: string): Promise<void>
  /** Asks who may to look at a refused edit; told to the server as soon as there is a network. */
  ask(edit: string): Promise<void>
  /** A reviewer's answer has been read. */
  markRead(edit: string): Promise<void>
  restore(conflict: string): Promise<EditOutcome>
  accept(conflict: string): Promise<void>
  /** Tries the link now. */
  reconnect(): void
  /** What signing out would leave behind: to be shown before it is done. */
  unsent(): Promise<{ readonly waiting: number; readonly refused: number }>
  /** Ends the session and deletes this worker's data from the device. Ask first when `unsent` is not nothing. */
  signOut(): Promise<void>
}

const PortalContext = createContext<PortalContextValue>()

/** Throws outside of a `PortalProvider`: screens behind the sign-in only. */
export function usePortal(): PortalContextValue {
  const portal = useContext(PortalContext)
  if (portal === undefined) throw new Error('usePortal: no PortalProvider above')
  return portal
}

export interface PortalProviderProps extends ParentProps {
  readonly worker: SignedIn
  /** The worker's data is gone and the session over: the sign-in is next. */
  readonly onSignedOut: () => void
}

export function PortalProvider(props: PortalProviderProps) {
  const value = createPortalValue(props.worker, () => props.onSignedOut())
  return <PortalOf value={value}>{props.children}</PortalOf>
}

/** Everything within sees this portal: the reader's own, or the preview of another worker's. */
export function PortalOf(props: ParentProps & { readonly value: PortalContextValue }) {
  return <PortalContext.Provider value={props.value}>{props.children}</PortalContext.Provider>
}

function createPortalValue(worker: SignedIn, onSignedOut: () => void): PortalContextValue {
  const portal = openPortal(worker.id, location.origin.replace(/^http/, 'ws'), {
    forget: forgetWorker,
    onWiped: onSignedOut,
  })
  const { db } = portal
  const state = createPortalState(db, worker.id)
  const { principal, cache, search, syncState } = state
  onCleanup(() => portal.close())
  // What a killed tab left behind.
  void dropPreview(worker.id)

  /** Hard rules are predicted where they apply and the directory is here. */
  async function contextFor(kind: Kind | null): Promise<EditContext> {
    const mine = principal()
    const needsDirectory = mine !== null && (kind === 'worker' || kind === 'group')
    return {
      now: Date.now,
      newId: () => crypto.randomUUID(),
      directory: needsDirectory ? await cache.get(mine) : null,
    }
  }

  const actions: PortalActions = {
    edit: async (kind, id, fields) => editRecord(db, { kind, id, fields }, await contextFor(kind)),
    editAll: async (edits, onSaved) => {
      // Hard rules concern these two: one of them among the edits, and the directory is needed.
      const [kind = null] = edits
        .map((edit) => edit.kind)
        .filter((one) => one === 'worker' || one === 'group')
      const changeSet = crypto.randomUUID()
      return editRecords(db, edits, { ...(await contextFor(kind)), changeSet }, onSaved)
    },
    editEntries: async (kind, id, entries) => editEntries(db, { kind, id, entries }, await contextFor(kind)),
    create: async (kind, fields, id) =>
      createRecord(db, { kind, fields, ...(id !== undefined && { id }) }, await contextFor(kind)),
    retry: async (edit) => retryQuarantined(db, edit, await contextFor(null)),
    discard: (edit) => discardQuarantined(db, edit, { now: Date.now, fetch: (...args) => fetch(...args) }),
    ask: async (edit) => {
      await askAboutQuarantined(db, edit)
      void sendAsked(db, (...args) => fetch(...args)).catch(() => undefined)
    },
    markRead: (edit) => markAnswerRead(db, edit),
    restore: async (conflict) => restoreConflict(db, conflict, await contextFor(null)),
    accept: (conflict) => acceptConflict(db, conflict),
    reconnect: () => portal.reconnect(),
    unsent: async () => ({
      waiting: await db.outbox.count(),
      refused: (await needingAttention(db)).length,
    }),
    signOut: async () => {
      search.close()
      await dropPreview(worker.id)
      await portal.wipe()
      await leave()
      onSignedOut()
    },
  }
  // It reads every record: not while they are still coming.
  createEffect(() => {
    if (syncState().syncedAt !== null && syncState().progress === null) search.warm()
  })
  return { worker, db, ...state, isPreview: false, actions }
}

// What screens use most, bound to the portal around them.

/** May this be done, and why not: follows rights and rows. */
export function createDecision(question: () => Question): Accessor<Decision> {
  return createDecisionFor(usePortal().principal, question)
}

/** One record; undefined while it is read, null where it is not on this device. */
export function useRecord(
  which: () => { readonly kind: Kind; readonly id: string } | null,
): Accessor<RecordView | null | undefined> {
  const { db } = usePortal()
  return createRecordView(() => db, which)
}

/** A list for a virtual scroller. */
export function useRecordList(query: () => ListQuery): RecordList {
  const { db, search } = usePortal()
  return createRecordList(() => db, query, search)
}

/** Refused edits that need attention, the latest first. */
export function useQuarantine(): Accessor<readonly QuarantineEntry[] | undefined> {
  const { db } = usePortal()
  return createLiveQuery(() => () => needingAttention(db), { keep: true })
}

/** Refused edits that a reviewer has answered, until the answer is read. */
export function useAnswered(): Accessor<readonly QuarantineEntry[] | undefined> {
  const { db } = usePortal()
  return createLiveQuery(() => () => answeredByReviewer(db), { keep: true })
}

/** Conflicts that nobody has looked at. */
export function useConflicts(): Accessor<readonly StoredConflict[] | undefined> {
  const { db } = usePortal()
  return createLiveQuery(() => () => db.conflicts.filter(({ settled }) => settled === null).toArray(), {
    keep: true,
  })
}

/** Any query of the database; `source` is tracked, the query it answers is followed. */
export function useLiveQuery<T>(source: (db: Replica) => (() => Promise<T>) | null): Accessor<T | undefined> {
  const { db } = usePortal()
  return createLiveQuery(() => source(db), { keep: true })
}

/** A query over many records, which a first sync must not run for every page; see `createPacedQuery`. */
export function usePacedQuery<T>(
  kinds: readonly Kind[],
  query: (db: Replica) => Promise<T>,
): Accessor<T | undefined> {
  const { db } = usePortal()
  return createPacedQuery(() => db, kinds, query)
}
