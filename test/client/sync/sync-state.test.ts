import { describe, expect, test } from 'vitest'
import type { LinkStatus } from '../../../client/replica/stored.ts'
import { syncStateOf } from '../../../client/sync/sync-state.ts'

const counts = { waiting: 0, refused: 0, conflicts: 0, syncedAt: 1 }
const beat = (status: LinkStatus, at = 1_000) => ({ key: 'link' as const, tab: 't', at, status })
const live: LinkStatus = { type: 'live' }

describe('the sync state', () => {
  test('is merged when nothing waits and the link lives', () => {
    expect(syncStateOf(beat(live), counts, 1_000, true).type).toBe('merged')
  })

  test('says how much waits, whether there is a network or not', () => {
    const waiting = { ...counts, waiting: 3 }
    expect(syncStateOf(beat(live), waiting, 1_000, true)).toMatchObject({ type: 'sending', waiting: 3 })
    expect(syncStateOf(beat(live), waiting, 1_000, false)).toMatchObject({ type: 'saved-here', waiting: 3 })
  })

  test('a heartbeat that stopped is no live link', () => {
    expect(syncStateOf(beat(live), counts, 60_000, true).type).toBe('connecting')
    expect(syncStateOf(undefined, counts, 0, true).type).toBe('connecting')
    expect(syncStateOf(undefined, counts, 0, false).type).toBe('offline')
  })

  test('what needs a person comes before what does not', () => {
    expect(syncStateOf(beat(live), { ...counts, refused: 1 }, 1_000, true).type).toBe('refused')
    const ended = beat({ type: 'session-ended' })
    expect(syncStateOf(ended, { ...counts, refused: 1, waiting: 2 }, 1_000, true).type).toBe('session-ended')
  })

  test('a first sync shows how far it is', () => {
    const first = beat({ type: 'first-sync', done: 5, total: 10 })
    expect(syncStateOf(first, counts, 1_000, true)).toMatchObject({
      type: 'first-sync',
      progress: { done: 5, total: 10 },
    })
  })
})
