/** Looking at the portal as another worker would see it, comparing two, and asking why about somebody else; all on the device. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('an admin asks what others may do', () => {
  let portal: Portal
  let ada: TestDevice

  beforeAll(async () => {
    portal = await openPortal()
    ada = await portal.device({ viewport: phone })
    await ada.signIn('ada')
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await ada.page.goto(`${ada.wire.url}/settings/workers`)
    await ada.page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await ada.page.getByRole('link', { name: 'Effective access' }).click()
    // Nothing of it needs the server.
    await ada.goOffline()
  })
  afterAll(() => portal.close())

  test('[B2] asked whether she may change an account that is not hers, the sentence names what decides', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Ask why' }).click()
    const sheet = page.getByRole('dialog', { name: 'May they do this?' })
    await sheet.getByLabel('Question').selectOption('edit')
    await sheet.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('dialog', { name: 'Choose account' }).getByRole('button').nth(1).click()
    await sheet.getByText(/Rhea Lindqvist may (not )?change the account/).waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
  })

  test('[B2] compared with the manager, only what differs is shown, each with where it comes from', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Compare with another worker' }).click()
    const choice = page.getByRole('dialog', { name: 'Choose a worker to compare with' })
    await choice.getByRole('searchbox').fill('ada')
    await choice.getByRole('button', { name: /Ada Byrne/ }).click()
    const differing = page.getByRole('button', { name: /^Differences \d+/ })
    await differing.waitFor()
    const manage = page.getByRole('listitem').filter({ hasText: 'Manage worker groups' })
    expect(
      await manage.getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
    ).toEqual(['Not allowed', 'Allowed'])
    expect(await page.getByRole('listitem').filter({ hasText: 'View accounts' }).count()).toBe(0)
    expect(new URL(page.url()).searchParams.get('with')).not.toBeNull()
  })

  test('[B1] previewed, there are her accounts and her workspaces, and nothing can be changed', async () => {
    const { page } = ada
    const all = await page.evaluate(() => new URL(location.href).pathname)
    await page.getByRole('button', { name: 'Preview as Rhea Lindqvist' }).click()
    await page.getByText(/The portal as Rhea Lindqvist would see it/).waitFor()
    await page.getByRole('heading', { name: 'Rhea Lindqvist' }).waitFor()
    const nav = page.getByRole('navigation', { name: 'Workspaces' })
    expect(await nav.getByRole('link', { name: 'Settings' }).count()).toBe(0)
    await nav.getByRole('link', { name: 'CRM' }).click()
    await page.getByPlaceholder('Search 57 accounts').waitFor()
    await page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await page.getByLabel('Phone', { exact: true }).fill('0123')
    await page.getByLabel('Phone', { exact: true }).press('Enter')
    await page.getByText('This is a preview: nothing is changed in it.').first().waitFor()
    await page.getByRole('button', { name: 'Leave preview' }).click()
    await page.getByRole('button', { name: 'Preview as Rhea Lindqvist' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(all)
    await page.goto(`${ada.wire.url}/crm/accounts`)
    await page.getByRole('searchbox').waitFor()
    expect(await page.getByPlaceholder('Search 57 accounts').count()).toBe(0)
  })

  test('[L4] nothing of the preview stays on the device', async () => {
    await expect
      .poll(() => ada.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '')))
      .not.toContainEqual(expect.stringContaining('-preview'))
    expect(ada.errors).toEqual([])
  })

  test('[W-06] on a tablet a preview of who has Settings shows Settings, read only', async () => {
    const { page, wire, signIn, errors } = await portal.device({ viewport: tablet, colorScheme: 'dark' })
    await signIn('ada')
    await page.goto(`${wire.url}/settings/workers`)
    const main = page.getByRole('main')
    await main.getByRole('link', { name: /Ada Byrne/ }).click()
    await main.getByRole('link', { name: 'Effective access' }).click()
    await main.getByRole('button', { name: 'Preview as Ada Byrne' }).click()
    await page.getByText(/The portal as Ada Byrne would see it/).waitFor()
    await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('link', { name: 'Settings' }).click()
    await main.getByRole('link', { name: /Rhea Lindqvist/ }).waitFor()

    // As somebody else nothing is asked and nothing done: the parts that need the server say that they cannot reach it.
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/') && pathname !== '/api/ticket') asked.push(pathname)
    })
    await main.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await main.getByRole('link', { name: 'Devices' }).click()
    await main.getByRole('button', { name: 'Password and invitation' }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /^You, / }).click()
    await main.getByText(/Signed in as/).waitFor()
    expect(await main.getByRole('button', { name: /Sign out|Change password|Your devices/ }).count()).toBe(0)
    expect(asked).toEqual([])
    expect(errors).toEqual([])
  })
})
