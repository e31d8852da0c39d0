/** The clientID that a server authors under (GATE 31). */
import { expect, test } from 'vitest'
import { takeServerClient } from '../../../sync-server/gate/server-client.ts'
import { openHarness } from './harness.ts'

test('[GATE 31] [L12] is another one at each start, nobody’s before, and the server’s for good', async () => {
  const harness = await openHarness()
  await harness.storage.saveLease({ clientId: 8, workerId: 'rhea', deviceId: null, burnt: true })
  const drawn = [7, 7, 8, 0, 9]
  const start = () => takeServerClient(harness.storage, () => drawn.shift() ?? 10)
  expect([await start(), await start(), await start()]).toEqual([7, 9, 10])
  const leases = await harness.storage.leases([7, 8, 9, 10])
  expect([...leases.values()].map(({ workerId }) => workerId)).toEqual([
    ':server',
    'rhea',
    ':server',
    ':server',
  ])
  await harness.close()
})
