/** The portal of a previewed worker, around every screen: read only, and nothing of it reaches a server. */
import { createEffect, type ParentProps } from 'solid-js'
import { createPortalState } from '../app/create-portal-state.ts'
import { type PortalActions, PortalOf } from '../app/context.tsx'
import type { SyncState } from '../sync/sync-state.ts'
import { endPreview, type Preview } from './preview.ts'

export default function PreviewPortal(props: ParentProps & { readonly preview: Preview }) {
  const { db, worker, at } = props.preview
  const state = createPortalState(db, worker.id)
  createEffect(() => state.search.warm())
  const syncState = (): SyncState => ({
    type: 'merged',
    link: { type: 'live' },
    waiting: 0,
    refused: 0,
    conflicts: 0,
    progress: null,
    syncedAt: at,
  })
  return (
    <PortalOf value={{ worker, db, ...state, syncState, isPreview: true, actions }}>
      {props.children}
    </PortalOf>
  )
}

const readOnly = () => Promise.resolve({ type: 'read-only' } as const)
const nothing = () => Promise.resolve()

const actions: PortalActions = {
  edit: readOnly,
  editAll: async (edits) => {
    const [edit] = edits
    return edit === undefined ? { type: 'saved' } : { type: 'not-saved', edit, outcome: await readOnly() }
  },
  editEntries: readOnly,
  create: readOnly,
  retry: readOnly,
  restore: readOnly,
  discard: nothing,
  ask: nothing,
  markRead: nothing,
  accept: nothing,
  reconnect: () => undefined,
  unsent: () => Promise.resolve({ waiting: 0, refused: 0 }),
  signOut: endPreview,
}
