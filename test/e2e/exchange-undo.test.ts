/** An import is taken back from the screen that tells that it was done. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Portal, openPortal } from './support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.close())

test('[B10] applied, undone, and the same file is a change again', async () => {
  const ada = await portal.device()
  const { page } = ada
  await ada.signIn('ada')
  await page.goto(`${ada.wire.url}/settings/exchange`)
  const check = async () => {
    await page.getByLabel('Choose a CSV file').setInputFiles({
      name: 'workers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('username,job_title\nrhea,Senior Sales Representative\neve,Trainer\n'),
    })
    await page.getByRole('button', { name: 'Check the file' }).click()
  }
  await check()
  await page.getByRole('button', { name: 'Apply 2 changes' }).click()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
  await dialog.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByRole('heading', { name: 'The import is undone' }).waitFor()
  await page.getByRole('button', { name: 'Import another file' }).click()
  await check()
  await page.getByRole('button', { name: 'Apply 2 changes' }).waitFor()
  expect(ada.errors).toEqual([])
})
