/**
 * The main job: a rep edits a real account without a network, an admin takes a right away meanwhile, the rep comes back,
 * and the server merges what is allowed, refuses what is not, and both see why; nothing is lost.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, tablet, type TestDevice } from './support/portal.ts'

describe('a rep offline, an admin meanwhile', () => {
  let portal: Portal
  let rhea: TestDevice
  let ada: TestDevice
  let account: string

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device()
    ada = await portal.device({ viewport: tablet })
  })
  afterAll(() => portal.close())

  test('[U-04] the rep signs in and has her own accounts on the phone', async () => {
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('searchbox').waitFor()
    await rhea.page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await rhea.page
      .getByRole('heading', { name: /Ashworth Landscapes/ })
      .first()
      .waitFor()
    account = new URL(rhea.page.url()).pathname
    expect(account).toMatch(/^\/crm\/accounts\/[\w-]+$/)
    await rhea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  })

  test('[L8] without a network she edits, and the screen says that it is saved on this device', async () => {
    await rhea.goOffline()
    await rhea.page.getByLabel('Phone', { exact: true }).fill('01632 960042')
    await rhea.page.getByLabel('Phone', { exact: true }).press('Enter')
    await rhea.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    await rhea.page
      .getByRole('status')
      .filter({ hasText: /Offline|waiting|Saved here/ })
      .waitFor()
  })

  test('a cold start by a deep link, still without a network, shows what she typed', async () => {
    await rhea.page.close()
    const page = await rhea.context.newPage()
    Object.assign(rhea, { page })
    await page.goto(rhea.wire.url + account)
    await page.getByLabel('Phone', { exact: true }).waitFor()
    expect(await page.getByLabel('Phone', { exact: true }).inputValue()).toBe('01632 960042')
  })

  test('she also adds a contact, which nobody will take away from her', async () => {
    const { page } = rhea
    await page
      .getByRole('link', { name: /^Contacts/ })
      .first()
      .click()
    await page.getByRole('button', { name: /Add contact/i }).click()
    await page.getByLabel('First name').fill('Juno')
    await page.getByLabel('Last name').fill('Weir')
    await page
      .getByRole('button', { name: /^(Add|Save)/ })
      .last()
      .click()
    await page.getByText('Juno Weir').first().waitFor()
  })

  test('[G-16] meanwhile the admin denies account edits to her group', async () => {
    await ada.signIn('ada')
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/groups/field-north/features`)
    const edits = page.getByRole('radiogroup', { name: /Allow Account Edits/ })
    await edits.getByRole('radio', { name: 'Deny' }).check({ force: true })
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await page
      .getByRole('dialog')
      .getByText(/workers lose/)
      .first()
      .waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Save for 4 workers' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[D18] back online the phone number is refused with its sentence and kept; the contact is merged', async () => {
    await rhea.goOnline()
    const { page } = rhea
    await page
      .getByRole('status')
      .filter({ hasText: /1 refused/ })
      .waitFor({ timeout: 60_000 })
    await page.goto(`${rhea.wire.url}/sync`)
    await page.getByText('01632 960042').waitFor()
    await page
      .getByText(/Allow Account Edits/)
      .first()
      .waitFor()
    await page
      .getByText(/Field Sales North/)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: /Discard/ }).count()).toBe(1)

    await page.goto(rhea.wire.url + account)
    const shown = page.getByLabel('Phone', { exact: true })
    await shown.waitFor()
    expect(await shown.inputValue()).not.toBe('01632 960042')
    await ada.page.goto(`${ada.wire.url}${account}/contacts`)
    await ada.page.getByText('Juno Weir').first().waitFor()
  })

  test('no page complained', () => {
    expect(rhea.errors).toEqual([])
    expect(ada.errors).toEqual([])
  })
})
