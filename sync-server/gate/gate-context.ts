/** What every step of the gate is handed. */
import type { Verdict } from './types.ts'
import type { Working } from './working-state.ts'

export interface GateContext {
  readonly working: Working
  /** The clientID that this process authors under; fresh at each start (GATE 31). */
  readonly serverClient: number
  readonly newId: () => string
}

/** Not judged, and why: the quarantine of this worker is full (GATE 16). */
export const QUARANTINE_FULL_RETRY_MS = 60_000

export const quarantineFull: Verdict = { type: 'later', afterMs: QUARANTINE_FULL_RETRY_MS }
