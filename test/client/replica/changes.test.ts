/** Word of changes between the tabs of one worker, and of nobody else (L10, GATE 28). */
import { IDBFactory } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { announce, changesChannelName, shareChanges } from '../../../client/replica/changes.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../support/device.ts'

test('[L10] [GATE 28] a change is heard on its worker’s channel, and on no other worker’s of the same device', async () => {
  const browser = new IDBFactory()
  const [rhea, max] = [new TestDevice('rhea', browser), new TestDevice('max', browser)]
  const heard = { rhea: [] as unknown[], max: [] as unknown[] }
  const channels = (['rhea', 'max'] as const).map((worker) => {
    const channel = new BroadcastChannel(changesChannelName(worker))
    channel.onmessage = ({ data }) => void heard[worker].push(data.keys)
    return channel
  })
  const stops = [shareChanges(rhea.db), shareChanges(max.db)]
  announce(rhea.db, ['account/a1'])
  announce(max.db, ['account/a2'])
  await eventually(() => heard.rhea.length > 0 && heard.max.length > 0)
  expect(heard).toEqual({ rhea: [['account/a1']], max: [['account/a2']] })
  for (const stop of stops) stop()
  for (const channel of channels) channel.close()
})
