/** The organisation's settings as they are stored: few ask, and none keeps them. */
import { recordKey, type Row } from '../../core/records/kind-spec.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { Storage } from '../storage/storage.ts'

/** Null before there are any. */
export async function settingsRow(storage: Pick<Storage, 'load'>): Promise<Row | null> {
  const loaded = await storage.load([{ kind: 'settings', id: settingsId }])
  return loaded.get(recordKey('settings', settingsId))?.row ?? null
}
