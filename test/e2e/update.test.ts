/** A newer version of the client arrives: it is offered, waits for a half-filled form, and is taken when a person says so. */
import { appendFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDemoOrganisation } from '../../sync-server/demo/make-demo-organisation.ts'
import { createLogger } from '../../sync-server/log.ts'
import { type RunningServer, startServer } from '../../sync-server/main.ts'
import { temporaryFolder } from '../support/ambit-process.ts'
import { launchOptions } from '../support/chromium.ts'
import { buildClient, demoPassword, phone } from './support/portal.ts'

describe('a newer version', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: RunningServer
  let browser: Browser
  let page: Page
  let other: Page

  beforeAll(async () => {
    await buildClient()
    folder = await temporaryFolder()
    const clientDir = join(folder.path, 'client')
    await cp(fileURLToPath(new URL('../../dist/client', import.meta.url)), clientDir, { recursive: true })
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      dataDir: join(folder.path, 'data'),
      rate: 0,
      clientDir,
      log: createLogger('silent'),
      prepare: makeDemoOrganisation,
    })
    browser = await chromium.launch(launchOptions)
    const context = await browser.newContext({ viewport: phone, reducedMotion: 'reduce' })
    page = await context.newPage()
    await page.goto(`${server.url}/sign-in`)
    await page.getByLabel('Username').fill('rhea')
    await page.getByLabel('Password').fill(demoPassword)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

    other = await context.newPage()
    await other.goto(`${server.url}/crm/accounts`)
    await other.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await other
      .getByRole('link', { name: /^Contacts/ })
      .last()
      .click()
    await other.getByRole('button', { name: /Add contact/i }).click()
    await other.getByLabel('First name').fill('Half')
    // The next version: other bytes are all that a browser goes by.
    await appendFile(join(clientDir, 'service-worker.js'), '\n// another build\n')
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
    await folder.remove()
  })

  test('is offered where nothing is being typed, and says that it waits where a form is open', async () => {
    const look = (tab: Page) =>
      tab.evaluate(() =>
        navigator.serviceWorker
          .getRegistration()
          .then((found) => found?.update())
          .then(() => undefined),
      )
    await look(page)
    await page.getByText('A new version is ready.').waitFor()
    await other.getByText(/A new version is ready/).waitFor()
    expect(await page.getByRole('button', { name: 'Update now' }).isEnabled()).toBe(true)
    expect(await other.getByLabel('First name').inputValue()).toBe('Half')
  })

  test('taken in one tab, it leaves the half-filled form in the other one alone', async () => {
    const reloaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Update now' }).click()
    await reloaded
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    expect(await other.getByLabel('First name').inputValue()).toBe('Half')
    await other.getByLabel('Last name').fill('Typed')
    await other
      .getByRole('dialog')
      .getByRole('button', { name: /^(Add|Save)/ })
      .last()
      .click()
    await other.getByText('Half Typed').first().waitFor()
  })
})
