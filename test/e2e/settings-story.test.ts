/**
 * A day in Settings: an admin in a car park makes a worker on her phone, gives rights, accounts and a group, denies
 * something above, sees first whom it touches, and takes it back; the worker's open tablet follows each time. Then
 * without a network: what waits is decided at arrival, and what is refused comes back with its reason.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messageTypes } from '../../core/protocol/message-types.ts'
import { eventually } from '../support/eventually.ts'
import { demoPassword, openPortal, type Portal, tablet, type TestDevice } from './support/portal.ts'

describe('an admin on a phone, a worker with an open tablet', () => {
  let portal: Portal
  let ada: TestDevice
  let nina: TestDevice
  /** The screen of nina's in Settings. */
  let settingsOfNina: string
  /** While it is true, what nina's tablet sends of its edits gets lost on the way. */
  let isPushLost = false

  beforeAll(async () => {
    portal = await openPortal()
    ada = await portal.device()
    nina = await portal.device({ viewport: tablet })
    await nina.context.routeWebSocket(/\/rooms\/desk\//, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        // Its number stands first in a message of ours, in one byte below 128.
        if (isPushLost && typeof message !== 'string' && message[0] === messageTypes.push) return
        server.send(message)
      })
    })
    await ada.signIn('ada')
  })
  afterAll(() => portal.close())

  const dialog = () => ada.page.getByRole('dialog')
  const figure = async () =>
    Number((await ada.page.locator('p[aria-live] > b').first().textContent())?.replaceAll(',', ''))
  const merged = ({ page }: TestDevice) => page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  const save = async () => {
    await dialog().getByRole('button', { name: /^Save/ }).click()
    await dialog().waitFor({ state: 'hidden' })
  }
  const importOfAda = (body: string) =>
    ada.page.evaluate(
      async (csv) =>
        (
          await fetch('/api/import/worker?mode=apply&removals=allow', {
            method: 'POST',
            headers: { 'content-type': 'text/csv' },
            body: csv,
          })
        ).status,
      body,
    )
  /** A mark that a reload would take away. */
  const mark = (page: Page) => page.evaluate(() => Object.assign(globalThis, { stayed: true }))
  const hasStayed = (page: Page) => page.evaluate(() => 'stayed' in globalThis)

  test('[W-25] she makes a worker and sets a password, and the worker is in on the other device', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('button', { name: 'Add worker' }).click()
    await dialog().getByLabel('First name').fill('Nina')
    await dialog().getByLabel('Last name').fill('Novak')
    await dialog().getByLabel('Username').fill('nina')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/settings\/workers\/[\w-]+\?login=1/)
    settingsOfNina = new URL(page.url()).pathname
    const sheet = page.getByRole('dialog', { name: 'Password and invitation' })
    await sheet.getByLabel('New password', { exact: true }).fill(demoPassword)
    await sheet.getByLabel('Must be changed at the next sign-in').uncheck()
    await sheet.getByRole('button', { name: 'Set password' }).click()
    await sheet.getByText(/^Has a password\./).waitFor()
    await sheet.getByRole('button', { name: 'Done' }).click()
    await sheet.waitFor({ state: 'hidden' })

    await nina.signIn('nina')
    await nina.page.goto(`${nina.wire.url}/crm/accounts`)
    await nina.page.getByRole('searchbox').waitFor()
    expect(await nina.page.locator('a[href^="/crm/accounts/"]').count()).toBe(0)
    await mark(nina.page)
  })

  test('[R-04] [R-05] a right, rep codes with their live count, and a group are reviewed and saved as one', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Give Allow Account Adds' }).click()
    await page.getByRole('button', { name: 'Rep code match' }).click()
    await page.getByText('Without a rep code this worker sees no account.').waitFor()
    const codes = page.getByLabel('Rep codes')
    await codes.fill('N01')
    await codes.press('Enter')
    const north = await eventually(async () => (await figure()) || null)
    await codes.fill('S01,')
    await eventually(async () => (await figure()) > north)
    await page.getByRole('button', { name: 'Remove S01' }).click()
    await eventually(async () => (await figure()) === north)
    await page.getByRole('button', { name: 'Add to group' }).click()
    await dialog().getByRole('searchbox').fill('north')
    await dialog()
      .getByRole('button', { name: /^Field Sales North/ })
      .click()
    await page.getByRole('button', { name: 'Review 4 changes' }).click()
    await dialog()
      .getByText(/^worker gains /)
      .first()
      .waitFor()
    await dialog()
      .getByText(/more accounts?$/)
      .waitFor()
    await save()
    await merged(ada)
  })

  test('[L7] her tablet follows without a reload, and she edits an account', async () => {
    const { page } = nina
    await page.locator('a[href^="/crm/accounts/"]').first().click()
    const phone = page.getByLabel('Phone', { exact: true })
    await phone.waitFor()
    expect(await phone.isEditable()).toBe(true)
    expect(await hasStayed(page)).toBe(true)
  })

  test('[P28] a deny on the group above is told first: who loses what, and what is not sent yet on devices', async () => {
    // She types in a tunnel; out of it her tablet says what it holds, and the line breaks before it is handed over.
    await nina.goOffline()
    await nina.page.getByLabel('Phone', { exact: true }).fill('01632 960055')
    await nina.page.getByLabel('Phone', { exact: true }).press('Enter')
    await nina.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    isPushLost = true
    await nina.goOnline()

    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/groups/sales-rep`)
    const edits = page.getByRole('radiogroup', { name: /Allow Account Edits/ })
    await edits.getByRole('radio', { name: 'Deny' }).check({ force: true })
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await dialog()
      .getByText(/workers lose Allow Account Edits/)
      .waitFor()
    await dialog().getByText('For Sales Rep and every group below it.').waitFor()
    await dialog().getByRole('button', { name: 'See each worker' }).click()
    await dialog().getByRole('listitem').filter({ hasText: 'Nina Novak' }).waitFor()
    await dialog().getByText('unsent edit of Nina Novak would be refused').waitFor()
    await save()
    await merged(ada)
  })

  test('[L7] her tablet is locked within seconds, and what it held is refused and kept', async () => {
    isPushLost = false
    await nina.goOffline()
    await nina.goOnline()
    const { page } = nina
    await page
      .getByRole('status')
      .filter({ hasText: /1 refused/ })
      .waitFor()
    await eventually(async () => !(await page.getByLabel('Phone', { exact: true }).isEditable()))
    expect(await hasStayed(page)).toBe(true)
  })

  test('[D27] undo in the log gives it back, and her tablet follows again', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/audit`)
    await page
      .getByRole('list', { name: 'Audit log' })
      .getByRole('link', { name: /Sales Rep/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await dialog()
      .getByText(/workers gain Allow Account Edits/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Undo' }).click()
    await dialog().waitFor({ state: 'hidden' })
    await eventually(() => nina.page.getByLabel('Phone', { exact: true }).isEditable())
    expect(await hasStayed(nina.page)).toBe(true)
  })

  test('[D27] undo right after saving does the same, from the notice', async () => {
    const { page } = ada
    await page.goto(ada.wire.url + settingsOfNina)
    await page.getByRole('button', { name: 'Remove from Field Sales North' }).click()
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await save()
    await eventually(async () => !(await nina.page.getByLabel('Phone', { exact: true }).isEditable()))
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(() => nina.page.getByLabel('Phone', { exact: true }).isEditable())
  })

  test('[L8] offline a change of a group waits in the outbox; back online it is decided', async () => {
    const { page } = ada
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.goto(`${ada.wire.url}/settings/groups/field-north`)
    const adds = page.getByRole('radiogroup', { name: /Allow Customer Adds\/Edits/ })
    await adds.waitFor()
    await ada.goOffline()
    await adds.getByRole('radio', { name: 'Deny' }).check({ force: true })
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await dialog()
      .getByText(/workers lose Allow Customer Adds/)
      .waitFor()
    await save()
    await page
      .getByRole('status')
      .filter({ hasText: /Offline|waiting|Saved here/ })
      .first()
      .waitFor()
    await page.goto(`${ada.wire.url}/sync`)
    await page.getByText('Field Sales North').first().waitFor()
    await ada.goOnline()
    await merged(ada)
  })

  test('[D18] one who lost the right meanwhile gets it back with its reason', async () => {
    const max = await portal.device({ viewport: tablet })
    expect(await importOfAda('username,features_ext\nmax,settings.groups\n')).toBe(200)
    await max.signIn('max')
    const { page } = max
    await page.goto(`${max.wire.url}/settings/groups/field-south`)
    const adds = page.getByRole('radiogroup', { name: /Allow Customer Adds\/Edits/ })
    await adds.waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await max.goOffline()
    await adds.getByRole('radio', { name: 'Deny' }).check({ force: true })
    await page.getByRole('button', { name: 'Review 1 change' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await importOfAda('username,features_ext\nmax,settings.groups.view\n')).toBe(200)
    await max.goOnline()
    await page
      .getByRole('status')
      .filter({ hasText: /1 refused/ })
      .waitFor({ timeout: 60_000 })
    await page.goto(`${max.wire.url}/sync`)
    const card = page.getByRole('region', { name: /Field Sales South/ })
    await card.getByText('Allow Customer Adds/Edits: Deny').waitFor()
    await card.getByText(/“Manage worker groups” has not been given/).waitFor()
    await card.getByText(/before the rights changed/).waitFor()
    expect(max.errors).toEqual([])
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
    expect(nina.errors).toEqual([])
  })
})
