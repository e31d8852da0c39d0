/** What was said to be saved on this device is there after whatever happens to the tab; leaving asks first. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/ambit-process.ts'
import { killBrowser, type Portal, openPortal, type TestDevice } from './support/portal.ts'

describe('nothing typed gets lost', () => {
  let portal: Portal
  let rhea: TestDevice
  let profile: Awaited<ReturnType<typeof temporaryFolder>>

  beforeAll(async () => {
    portal = await openPortal()
    profile = await temporaryFolder()
    rhea = await portal.device({ profile: profile.path })
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  })
  afterAll(async () => {
    await portal.close()
    await profile.remove()
  })

  const openFirstAccount = async () => {
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await rhea.page.getByLabel('Phone', { exact: true }).waitFor()
  }

  test('[L8] a browser killed right after “saved on this device” has lost nothing', async () => {
    await openFirstAccount()
    await rhea.goOffline()
    const phone = rhea.page.getByLabel('Phone', { exact: true })
    await phone.fill('01632 960111')
    await phone.press('Enter')
    await rhea.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    const address = rhea.page.url()
    await killBrowser(profile.path)

    rhea = await portal.device({ profile: profile.path, wire: rhea.wire })
    const { page } = rhea
    await page.goto(address)
    await page.getByLabel('Phone', { exact: true }).waitFor()
    expect(await page.getByLabel('Phone', { exact: true }).inputValue()).toBe('01632 960111')
  })

  test('signing out with unsent work asks first, with the count, and can be taken back', async () => {
    const { page } = rhea
    await page.goto(`${rhea.wire.url}/`)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.waitFor()
    expect(await sheet.textContent()).toMatch(/1/)
    await sheet.getByRole('button', { name: /cancel|stay/i }).click()
    await sheet.waitFor({ state: 'hidden' })
    expect(new URL(page.url()).pathname).toBe('/')
  })

  test('back online the edit is merged, if need be after signing in again; signing out then leaves nothing here', async () => {
    await rhea.goOnline()
    const { page } = rhea
    const merged = page.getByRole('status').filter({ hasText: 'Merged' })
    // A browser that is killed may not have written its cookies yet: then the server asks who this is.
    const asked = page
      .getByRole('alert')
      .or(page.getByRole('link', { name: 'Sign in' }))
      .or(page.getByRole('button', { name: 'Sign in' }))
    await merged.or(asked).first().waitFor({ timeout: 60_000 })
    if (!(await merged.isVisible())) await rhea.signIn('rhea')
    await merged.waitFor()
    const onServer = await page.evaluate(async () => {
      const answer = await fetch('/api/records/account?q=Ashworth%20Landscapes')
      return ((await answer.json()) as { items: { phone: string }[] }).items.map(({ phone }) => phone)
    })
    expect(onServer).toContain('01632 960111')
    await page.goto(`${rhea.wire.url}/`)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    const confirm = page.getByRole('dialog').getByRole('button', { name: /^Sign out/ })
    await Promise.race([confirm.click(), page.waitForURL(/sign-in/)]).catch(() => {})
    await page.waitForURL(/sign-in/)
    const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(databases.filter((name) => name?.startsWith('ambit-'))).toEqual([])
  })

  test('a second worker on the same device finds nothing of the first', async () => {
    await rhea.signIn('eve')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('searchbox').waitFor()
    await rhea.page.getByRole('link').filter({ hasText: /S01/ }).first().waitFor()
    expect(await rhea.page.getByText(/Ashworth Landscapes/).count()).toBe(0)
  })

  test('no page complained', () => {
    expect(rhea.errors).toEqual([])
  })
})
