/** The reader's favourite records: on their desk, so that they roam over their devices. */
import { createMemo } from 'solid-js'
import { recordKey, type RecordKey } from '../../../core/records/kind-spec.ts'
import { usePortal, useRecord } from '../../app/context.tsx'

export interface Favourites {
  /** Tracked. */
  readonly keys: () => ReadonlySet<RecordKey>
  readonly set: (key: RecordKey, on: boolean) => Promise<void>
}

export function useFavourites(): Favourites {
  const { worker, actions } = usePortal()
  const desk = useRecord(() => ({ kind: 'desk', id: worker.id }))
  const keys = createMemo(() => {
    const list = desk()?.row.favourites
    return new Set((Array.isArray(list) ? list : []) as RecordKey[])
  })
  return {
    keys,
    set: async (key, on) => {
      const others = [...keys()].filter((other) => other !== key)
      const favourites = on ? [...others, key] : others
      const outcome = await actions.edit('desk', worker.id, { favourites })
      if (outcome.type === 'not-here') await actions.create('desk', { favourites }, worker.id)
    },
  }
}

export const accountKey = (id: string): RecordKey => recordKey('account', id)
