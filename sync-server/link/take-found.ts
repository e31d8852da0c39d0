/** What a device found lost after a restore, one after the other: an account before what hangs on it (L20). */
import type { Found } from '../../core/protocol/found.ts'
import { FOUND_IN_FLIGHT_MAX } from '../../core/protocol/limits.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Rate } from '../gate/rate.ts'
import { type Finder, keepRecovered, type RecoveryDependencies } from '../review/keep-recovered.ts'

export interface FindsDependencies extends RecoveryDependencies {
  /** By worker. */
  readonly foundRate: Rate
}

export interface Finds {
  take(found: Found, bytes: Uint8Array): void
}

/** How long a device that sends more than it may have on the way is asked to wait, in milliseconds. */
const CROWDED_RETRY_MS = 1_000

export function createFinds(
  deps: FindsDependencies,
  finder: Finder,
  send: (frame: Uint8Array) => void,
): Finds {
  let underWay = 0
  let queue: Promise<void> = Promise.resolve()

  const answer = ({ find }: Found, afterMs: number | null) => send(encodeMessage('taken', { find, afterMs }))

  return {
    take(found, bytes) {
      const waitMs = underWay >= FOUND_IN_FLIGHT_MAX ? CROWDED_RETRY_MS : deps.foundRate.take(finder.workerId)
      if (waitMs > 0) return answer(found, waitMs)
      underWay++
      queue = queue
        .then(() => keepRecovered(deps, finder, found, bytes))
        // What could not be kept is not lost: the device has it and comes again.
        .catch(() => CROWDED_RETRY_MS)
        .then((afterMs) => {
          underWay--
          answer(found, afterMs)
        })
    },
  }
}
