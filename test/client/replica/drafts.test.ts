import { expect, test } from 'vitest'
import { dropDraft, readDraft, saveDraft } from '../../../client/replica/drafts.ts'
import { TestDevice } from '../support/device.ts'

test('a half-filled form outlives the tab, until it is dropped', async () => {
  const device = new TestDevice()
  await saveDraft(device.db, 'new-account', { name: 'Half' }, 5)
  device.restart()
  expect(await readDraft(device.db, 'new-account')).toEqual({ name: 'Half' })
  expect(await readDraft(device.db, 'account/a1')).toBeNull()
  await dropDraft(device.db, 'new-account')
  expect(await readDraft(device.db, 'new-account')).toBeNull()
})
