/**
 * An administrator gives a rep another word for a field, a board for her home screen, and the organisation a right of its
 * own. Her open screen follows without a reload, and keeps both without a network.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('label sets, boards and rights of the organisation’s own', () => {
  let portal: Portal
  let rhea: TestDevice
  let ada: TestDevice
  let worker: string

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device({ viewport: phone })
    ada = await portal.device({ viewport: tablet })
    await rhea.signIn('rhea')
    await ada.signIn('ada')
  })
  afterAll(() => portal.close())

  const merged = () => ada.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  const open = (path: string) => ada.page.goto(`${ada.wire.url}/settings/${path}`)
  const add = async (button: string, name: string) => {
    await ada.page.getByRole('button', { name: button }).click()
    await ada.page.getByRole('dialog').getByLabel('Name').fill(name)
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await ada.page.getByRole('heading', { level: 1, name }).waitFor()
  }
  const axe = async ({ page }: TestDevice) => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
  }

  test('[U-09] the administrator renames Phone in a label set, and sees how it will look', async () => {
    await open('organisation/labels')
    await add('Add label set', 'Shop words')
    const field = ada.page.getByLabel('Phone', { exact: true })
    await field.fill('Shop phone')
    await field.press('Enter')
    await ada.page.getByText('instead of Phone').waitFor()
    await axe(ada)
    await merged()
  })

  test('[U-08] and puts a notice on a board', async () => {
    await open('organisation/boards')
    await add('Add board', 'Field board')
    await ada.page.getByRole('button', { name: 'Add notice' }).click()
    const sheet = ada.page.getByRole('dialog')
    await sheet.getByLabel('Title').fill('Stocktaking on Friday')
    await sheet.getByLabel('Text').fill('Bring your scanner.')
    await sheet.getByRole('button', { name: 'Put up' }).click()
    await ada.page.getByText('Bring your scanner.').waitFor()
    await axe(ada)
    await merged()
  })

  test('[U-09] [U-26] given to the rep, her open screen says the new word without a reload', async () => {
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await rhea.page.getByLabel('Phone', { exact: true }).waitFor()

    await open('workers')
    await ada.page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await ada.page.getByRole('link', { name: 'Internal settings' }).click()
    worker = new URL(ada.page.url()).pathname
    await ada.page.getByLabel('Label set', { exact: true }).selectOption({ label: 'Shop words' })
    await ada.page.getByLabel('Bulletin board', { exact: true }).selectOption({ label: 'Field board' })
    await ada.page.getByRole('button', { name: /Review 2 changes/ }).click()
    const sheet = ada.page.getByRole('dialog')
    await sheet.getByText('Shop words').waitFor()
    await sheet.getByRole('button', { name: /^Save/ }).click()
    await rhea.page.getByLabel('Shop phone', { exact: true }).waitFor()
    expect(await rhea.page.getByLabel('Phone', { exact: true }).count()).toBe(0)
    expect(await ada.page.getByText('Shop phone').count()).toBe(0)
  })

  test('[U-08] her home screen shows the board, without a network, too', async () => {
    await rhea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await rhea.goOffline()
    await rhea.page.goto(rhea.wire.url)
    await rhea.page.getByRole('heading', { name: 'Field board' }).waitFor()
    await rhea.page.getByText('Bring your scanner.').waitFor()
    await axe(rhea)
    await rhea.goOnline()
  })

  test('[U-10] [U-i] a geography is counted at once, what is no place is told, and none lets nothing pass', async () => {
    await ada.page.goto(ada.wire.url + worker)
    const card = ada.page.getByRole('region', { name: 'Geography access' })
    await card.getByRole('button', { name: 'Only these' }).click()
    const field = card.getByLabel('Places')
    await field.fill('us//981')
    await field.press('Enter')
    await card.getByText(/is no place/).waitFor()
    await field.fill('atlantis')
    await field.press('Enter')
    const reach = ada.page.getByRole('region', { name: 'Accounts this Worker is Authorized to See' })
    await reach.getByText('0', { exact: true }).waitFor()
    await card.getByRole('button', { name: 'No restriction' }).click()
    await reach.getByText('0', { exact: true }).waitFor({ state: 'hidden' })
    await card.getByRole('button', { name: 'None' }).click()
    await reach.getByText('0', { exact: true }).waitFor()
    await ada.page.getByText(/Nothing passes/).waitFor()
    await axe(ada)
    await ada.page.getByRole('button', { name: /Review 1 change/ }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await card.getByText(/nothing is taken away/).waitFor()
  })

  test('[R-08] a right that is registered stands among the available rights; removing it names who loses it', async () => {
    await open('organisation/rights')
    await ada.page.getByRole('button', { name: 'Register right' }).first().click()
    const sheet = ada.page.getByRole('dialog')
    await sheet.getByLabel('Id').fill('SU-ALLOW-ACCOUNT-EDITS')
    await sheet.getByRole('button', { name: 'Register' }).click()
    await sheet.getByText(/has this id already/).waitFor()
    await sheet.getByLabel('Id').fill('SU-APPROVE-SAMPLES')
    await sheet.getByLabel('Label').fill('Approve samples')
    await sheet.getByRole('button', { name: 'Register' }).click()
    await ada.page.getByRole('button', { name: /Review 1 change/ }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await merged()

    await ada.page.goto(ada.wire.url + worker.replace(/\/internal$/, ''))
    await ada.page.getByRole('button', { name: 'Give Approve samples' }).click()
    await ada.page.getByRole('button', { name: /Review 1 change/ }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await ada.page.getByRole('dialog').waitFor({ state: 'hidden' })

    await open('organisation/rights')
    await ada.page.getByRole('button', { name: 'Remove Approve samples' }).click()
    await ada.page.getByRole('button', { name: /Review 1 change/ }).click()
    await ada.page
      .getByRole('dialog')
      .getByText(/Rhea Lindqvist/)
      .waitFor()
    await axe(ada)
  })

  test('[U-10] a campaign is added, and offered to the worker’s campaign access', async () => {
    await open('organisation/campaigns')
    await ada.page.getByRole('button', { name: 'Add campaign' }).click()
    const sheet = ada.page.getByRole('dialog')
    await sheet.getByLabel('Name').fill('Google Ads')
    await sheet.getByLabel('Code').fill('ADS')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await ada.page.getByText('ADS', { exact: true }).waitFor()
    await ada.page.goto(ada.wire.url + worker)
    const card = ada.page.getByRole('region', { name: 'Campaign access' })
    await card.getByRole('button', { name: 'Only these' }).click()
    await card.getByRole('button', { name: 'Add campaign' }).click()
    await ada.page
      .getByRole('dialog')
      .getByRole('button', { name: /Google Ads/ })
      .click()
    await card.getByText('Google Ads').waitFor()
    await ada.page.getByRole('button', { name: /Review 1 change/ }).waitFor()
    await ada.page.getByRole('link', { name: 'Effective access' }).click()
    await ada.page.getByRole('link', { name: 'Internal settings' }).click()
    await card.getByText('Google Ads').waitFor()
  })

  test('who may not change the organisation is told so, and no page complained', async () => {
    await rhea.page.goto(`${rhea.wire.url}/settings/organisation`)
    await rhea.page.getByRole('heading', { name: 'You can’t change the organisation' }).waitFor()
  })

  test('[P33] who may register rights finds the register there, and nothing else', async () => {
    const { page } = rhea
    const given = await ada.page.request.post(`${ada.wire.url}/api/import/worker?mode=apply`, {
      headers: { 'content-type': 'text/csv', origin: ada.wire.url },
      data: 'username,features_ext\nrhea,settings.rights\n',
    })
    expect(await given.json()).toMatchObject({ changed: 1, errors: [] })
    const parts = page.getByRole('list', { name: 'Organisation' })
    await parts.getByRole('link', { name: /Rights register/ }).waitFor()
    expect(await parts.getByRole('link').count()).toBe(1)
    await parts.getByRole('link').click()
    await page.getByRole('button', { name: 'Register right' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Id').fill('crm.gifts')
    await sheet.getByLabel('Label').fill('Give gifts')
    await sheet.getByRole('button', { name: 'Register', exact: true }).click()
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await page.goto(`${rhea.wire.url}/settings/organisation/general`)
    await page.getByRole('heading', { name: 'You can’t change the organisation' }).waitFor()
  })

  test('no page complained', () => {
    expect(rhea.errors).toEqual([])
    expect(ada.errors).toEqual([])
  })
})
