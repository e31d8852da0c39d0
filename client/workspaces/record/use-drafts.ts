/** Half-filled forms, kept in the worker's own database on this device. */
import { usePortal } from '../../app/context.tsx'
import type { DraftStore, Values } from './RecordFormSheet.tsx'

export function useDrafts(): DraftStore {
  const { db } = usePortal()
  return {
    read: async (key) => {
      const value = (await db.drafts.get(key))?.value
      return typeof value === 'object' && value !== null ? (value as Values) : null
    },
    write: async (key, values) => {
      if (values === null) await db.drafts.delete(key)
      else await db.drafts.put({ key, value: values, at: Date.now() })
    },
  }
}
