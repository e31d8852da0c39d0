/** One update on its way through the gate, and what of it has been answered so far. */
import type { ParseResult } from '../../core/documents/parse-update.ts'
import type { ParsedUpdate } from '../../core/documents/types.ts'
import type { Attribution } from './working-state.ts'
import type { UpdateSubmission, Verdict } from './types.ts'

export interface Arrival {
  readonly submission: UpdateSubmission
  readonly parsed: ParseResult
  readonly by: Attribution
  /**
   * A room's message is judged client by client. What is answered here is known to the record, merged or by its filler,
   * so that the message can be judged anew when something had to be loaded in the middle. A violation further on takes
   * it all back (`decideAround`).
   */
  readonly answered: Verdict[]
  readonly refusedClients: Set<number>
}

/** What is judged alone: a device's edit, or what one clientID brings in a room's message. */
export interface Part {
  readonly parsed: ParsedUpdate
  readonly bytes: Uint8Array
  /** The clientID that it may be of; null where it only deletes (D16). */
  readonly lease: number | null
}

export function arrive(submission: UpdateSubmission, parsed: ParseResult): Arrival {
  const { author, via, sessionId, edit } = submission
  return {
    submission,
    parsed,
    by: {
      author,
      via,
      sessionId,
      edit: edit === null ? null : { id: edit.id, deviceId: edit.deviceId, writtenAt: edit.writtenAt },
      changeSet: edit?.changeSet,
    },
    answered: [],
    refusedClients: new Set(),
  }
}
