/**
 * A phone without a network, its worker disabled meanwhile: back online the edit is handed in for review, everything of
 * the worker's leaves the phone, and every tab shows the sign-in with its sentence (L16, W-05).
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { demoPassword, openPortal, type Portal, tablet, type TestDevice } from './support/portal.ts'

describe('a rep who is disabled while her phone is offline', () => {
  let portal: Portal
  let rhea: TestDevice
  let ada: TestDevice
  let account: string
  let otherTab: Page

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device()
    ada = await portal.device({ viewport: tablet })
  })
  afterAll(() => portal.close())

  const databases = async () =>
    (await rhea.page.evaluate(() => indexedDB.databases())).map(({ name }) => name).sort()
  const stored = () => rhea.page.evaluate(() => Object.keys(localStorage))

  test('[L8] she edits an account in the tunnel, with a second tab open', async () => {
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await rhea.page.getByLabel('Phone', { exact: true }).waitFor()
    account = new URL(rhea.page.url()).pathname
    otherTab = await rhea.context.newPage()
    await otherTab.goto(rhea.wire.url + account)
    await otherTab.getByLabel('Phone', { exact: true }).waitFor()
    await rhea.page.bringToFront()
    await rhea.goOffline()
    await rhea.page.getByLabel('Phone', { exact: true }).fill('01632 960077')
    await rhea.page.getByLabel('Phone', { exact: true }).press('Enter')
    await rhea.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    expect(await databases()).toHaveLength(2)
  })

  test('[W-05] meanwhile the admin disables her login, and the phone keeps what it has', async () => {
    await ada.signIn('ada')
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await page.getByRole('switch', { name: /Active/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    // "Merged" may be said of what was before: the server is asked.
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await eventually(async () => {
      const row = await page.evaluate(
        async (path) => (await (await fetch(path)).json()) as { active: boolean },
        `/api/records/worker/${id}`,
      )
      return !row.active
    })
    expect(await rhea.page.getByLabel('Phone', { exact: true }).inputValue()).toBe('01632 960077')
  })

  test('[L16] back online both tabs show the sign-in, which says why', async () => {
    await rhea.goOnline()
    for (const page of [rhea.page, otherTab]) {
      await page.waitForURL(/\/sign-in$/, { timeout: 60_000 })
      await page.getByText(/This login is no longer active/).waitFor()
      expect(await page.getByText(/Ashworth|01632/).count()).toBe(0)
    }
  })

  test('[L16] nothing of hers is left on the phone', async () => {
    // The small one remembers who works here: nobody.
    await eventually(async () => {
      expect(await databases()).toEqual(['ambit'])
      return true
    })
    expect(await stored()).not.toContain('ambit.worker')
    await rhea.page.goto(rhea.wire.url + account)
    await rhea.page.waitForURL(/\/sign-in/)
    expect(await databases()).toEqual(['ambit'])
    expect(await rhea.page.evaluate(async () => (await fetch('/api/me')).status)).toBe(401)
  })

  test('[D18] the edit waits for the admin, with its reason, and nothing was merged', async () => {
    const { items } = await ada.page.evaluate(
      async () =>
        (await (await fetch('/api/quarantine')).json()) as {
          items: { record: string; reasons: { code: string }[]; changes: { new: unknown }[] }[]
        },
    )
    expect(items.filter(({ record }) => `/crm/accounts/${record.split('/')[1]}` === account)).toMatchObject([
      { reasons: [{ code: 'worker-inactive' }], changes: [{ new: '01632 960077' }] },
    ])
    await ada.page.goto(ada.wire.url + account)
    const shown = ada.page.getByLabel('Phone', { exact: true })
    await shown.waitFor()
    expect(await shown.inputValue()).not.toBe('01632 960077')
  })

  test('[W-05] her password opens nothing', async () => {
    await rhea.page.getByLabel('Username').fill('rhea')
    await rhea.page.getByLabel('Password').fill(demoPassword)
    await rhea.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await rhea.page.getByText(/or the login is disabled/).waitFor()
  })

  test('no page complained', () => {
    expect(rhea.errors).toEqual([])
    expect(ada.errors).toEqual([])
  })
})
