/** A room before anybody is in it: what finding out takes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Room } from '../../../sync-server/rooms/room.ts'
import { elm, type Harness, oak, openOrganisation, ref } from '../gate/harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

test.each([
  ['an account', oak, elm, ref('account', 'no-such')],
  ['a contact', ref('contact', 'house-oak'), ref('contact', 'house-elm'), ref('contact', 'no-such')],
])(
  '[GATE 1] [S9] of %s that is not there the storage is asked as often as of one that is',
  async (_, ...refs) => {
    const asked: number[] = []
    const outcomes: string[] = []
    for (const record of refs) {
      let questions = 0
      const load = (wanted: Parameters<Harness['storage']['load']>[0]) => {
        questions += wanted.length
        return harness.storage.load(wanted)
      }
      const room = new Room(record, { ...harness.storage, load }, harness.policy)
      await room.load()
      asked.push(questions)
      outcomes.push(room.decideView('rhea').outcome)
    }
    expect(outcomes).toEqual(['allowed', 'denied', 'denied'])
    expect(new Set(asked).size).toBe(1)
  },
)
