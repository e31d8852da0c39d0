/** What a portal's screens follow, from its database: rights, features, words, names of who may change things, sync, search. */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { catalogueFromSettings } from '../../core/access/from-rows.ts'
import { changersFromJson } from '../../core/access/changers.ts'
import type { SearchFilter } from '../../core/access/search-filter.ts'
import type { Directory, Principal } from '../../core/access/types.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import { recordKey, type Row } from '../../core/records/kind-spec.ts'
import { shippedLabels } from '../../core/records/portal-words.ts'
import { settingsId } from '../../core/records/settings.ts'
import { cacheDirectory, type DirectoryCache } from '../access/directory.ts'
import { readPortalWords } from '../access/field-label.ts'
import { createPrincipal } from '../access/principal.ts'
import { setSurroundings, surroundings } from '../access/surroundings.ts'
import { createLiveQuery } from '../reactive/create-live-query.ts'
import { createSyncState } from '../reactive/create-sync-state.ts'
import type { Replica } from '../replica/database.ts'
import type { Device } from '../replica/stored.ts'
import { openSearch, type Search } from '../search/search.ts'
import type { SyncState } from '../sync/sync-state.ts'

export interface PortalState {
  readonly device: Accessor<Device | undefined>
  readonly principal: Accessor<Principal | null>
  readonly settings: Accessor<Row | null>
  readonly board: Accessor<Row | null>
  readonly catalogue: Accessor<Catalogue>
  readonly cache: DirectoryCache
  readonly directory: Accessor<Directory | null | undefined>
  readonly syncState: Accessor<SyncState>
  readonly search: Search
}

const noFilter: SearchFilter = []

/** Lives as long as its owner; the database stays open. */
export function createPortalState(db: Replica, workerId: string): PortalState {
  const device = createLiveQuery(() => () => db.device.get('device'), { keep: true })
  const principal = createPrincipal(device)
  const search = openSearch(db, () => principal()?.searchFilter ?? noFilter)
  const settings = createLiveQuery(() => () => db.records.get(recordKey('settings', settingsId)), {
    keep: true,
  })
  const words = createLiveQuery(() => () => readPortalWords(db, workerId), { keep: true })
  const catalogue = createMemo(() => catalogueFromSettings(settings()?.row ?? null))
  const around = surroundings()
  createEffect(() =>
    setSurroundings({
      catalogue: catalogue(),
      changers: changersFromJson(device()?.changers ?? {}),
      labels: words()?.labels ?? shippedLabels,
      workerId,
      principal: principal(),
    }),
  )
  const cache = cacheDirectory(db)
  onCleanup(() => {
    cache.close()
    search.close()
    // A preview stands within the portal of whoever looks: what was said there is said again.
    setSurroundings(around)
  })
  const directory = createDirectory(cache, principal)
  return {
    device,
    principal,
    settings: () => settings()?.row ?? null,
    board: () => words()?.board ?? null,
    catalogue,
    cache,
    directory,
    syncState: createSyncState(db),
    search,
  }
}

function createDirectory(
  cache: DirectoryCache,
  principal: Accessor<Principal | null>,
): Accessor<Directory | null | undefined> {
  const [directory, setDirectory] = createSignal<Directory | null | undefined>(undefined)
  const [changes, setChanges] = createSignal(0)
  onCleanup(cache.onChange(() => setChanges((count) => count + 1)))
  createEffect(() => {
    changes()
    const mine = principal()
    if (mine === null) return setDirectory(undefined)
    void cache.get(mine).then((read) => {
      if (principal() === mine) setDirectory(() => read)
    })
  })
  return directory
}
