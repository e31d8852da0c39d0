/** Word of refused edits that were reviewed, for whoever tells their authors: the devices that are connected now. */
import type { QuarantineEntry, QuarantineSettlement } from '../storage/storage.ts'

export interface Settlement {
  readonly entry: Pick<QuarantineEntry, 'id' | 'workerId'>
  readonly settled: QuarantineSettlement
}

export interface Settlements {
  /** After it is durable. */
  tell(settlement: Settlement): void
  /** Returns its own removal. */
  onSettled(listener: (settlement: Settlement) => void): () => void
}

export function createSettlements(): Settlements {
  const listeners = new Set<(settlement: Settlement) => void>()
  return {
    tell(settlement) {
      for (const listener of listeners) listener(settlement)
    },
    onSettled(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
