/**
 * The way out of quarantine: a rep's edits are refused, she asks, and her manager accepts one in his own name and
 * declines the other with a word; both answers reach her device.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('a refused edit, asked about, reviewed and answered', () => {
  let portal: Portal
  let rhea: TestDevice
  let max: TestDevice
  let ada: TestDevice
  /** Names of the two accounts that she edits, and their addresses. */
  const accounts: string[] = []
  const paths: string[] = []

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device()
    max = await portal.device({ viewport: tablet, colorScheme: 'dark' })
    ada = await portal.device({ viewport: tablet })
  })
  afterAll(() => portal.close())

  const expectAccessible = async ({ page }: TestDevice) => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
  }
  const card = ({ page }: TestDevice, name: string) => page.getByRole('region', { name })

  test('[D18] the rep writes without a network, her group loses the right, and both edits are refused', async () => {
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('searchbox').waitFor()
    const links = rhea.page.locator('a[href^="/crm/accounts/"]')
    for (const index of [0, 1]) paths.push((await links.nth(index).getAttribute('href')) ?? '')
    await rhea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await rhea.goOffline()
    for (const [index, path] of paths.entries()) {
      await rhea.page.goto(rhea.wire.url + path)
      const field = rhea.page.getByLabel('Phone', { exact: true })
      await field.fill(`01632 96004${index}`)
      await field.press('Enter')
      await rhea.page
        .getByText(/Saved on this device/)
        .first()
        .waitFor()
      accounts.push((await rhea.page.title()).replace(' · Ambit', ''))
    }
    await ada.signIn('ada')
    await ada.page.goto(`${ada.wire.url}/settings/groups/field-north/features`)
    const edits = ada.page.getByRole('radiogroup', { name: /Allow Account Edits/ })
    await edits.getByRole('radio', { name: 'Deny' }).check({ force: true })
    await ada.page.getByRole('button', { name: 'Review 1 change' }).click()
    await ada.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Save for/ })
      .click()
    await ada.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await ada.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await rhea.goOnline()
    await rhea.page
      .getByRole('status')
      .filter({ hasText: /2 refused/ })
      .waitFor({ timeout: 60_000 })
  })

  test('[D21] she asks for the first of them', async () => {
    await rhea.page.goto(`${rhea.wire.url}/sync`)
    const refused = card(rhea, `Refused: ${accounts[0]}`)
    await refused.getByRole('button', { name: 'Ask for access' }).click()
    await refused.getByText(/You asked/).waitFor()
    await expectAccessible(rhea)
  })

  test('[D21] her manager sees both, hers first, with what they would change, and accepts it in his name', async () => {
    await max.signIn('max')
    await max.page.goto(`${max.wire.url}/sync`)
    const review = max.page.getByRole('region', { name: 'Review', exact: true })
    await review.getByRole('heading', { name: accounts[0] ?? '' }).waitFor()
    expect(await review.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Review', ...accounts])
    const asked = card(max, `To review: ${accounts[0]}`)
    expect(await asked.textContent()).toMatch(
      /Asked for.*01632 960040.*Rhea Lindqvist typed this.*Written before/s,
    )
    await expectAccessible(max)
    await max.page.setViewportSize(phone)
    await max.page.emulateMedia({ colorScheme: 'light' })
    await expectAccessible(max)
    await asked.getByRole('button', { name: 'Accept' }).click()
    await expectAccessible(max)
    await max.page.getByRole('dialog').getByRole('button', { name: 'Accept' }).press('Enter')
    await asked.waitFor({ state: 'detached' })
  })

  test('[D21] and declines the other with a word, which he has to give', async () => {
    const other = card(max, `To review: ${accounts[1]}`)
    await other.getByRole('button', { name: 'Decline' }).click()
    const dialog = max.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Decline' }).click()
    await dialog.getByText('Say why, in a word or two.').waitFor()
    await expectAccessible(max)
    await dialog.getByLabel('Why').fill('They move in May.')
    await dialog.getByRole('button', { name: 'Decline' }).click()
    await max.page.getByText(/Nothing to review/).waitFor()
    await expectAccessible(max)
  })

  test('[D21] her device says who answered what, and needs no attention any more', async () => {
    const { page } = rhea
    await page.getByText(/^Accepted by Max/).waitFor()
    await page.getByText(/^Declined by Max .*: They move in May\.$/).waitFor()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await expectAccessible(rhea)
    for (const name of accounts)
      await card(rhea, `Reviewed: ${name}`).getByRole('button', { name: 'Got it' }).click()
    await page.getByText('All clear').first().waitFor()
    await page.goto(rhea.wire.url + paths[0])
    await page.getByLabel('Phone', { exact: true }).waitFor()
    expect(await page.getByLabel('Phone', { exact: true }).inputValue()).toBe('01632 960040')
  })

  test('[D21] without a network the reviewer reads why nothing is shown', async () => {
    await max.goOffline()
    await max.page.getByText(/kept on the server/).waitFor()
    await expectAccessible(max)
  })

  test('no page complained', () => {
    expect([...rhea.errors, ...max.errors, ...ada.errors]).toEqual([])
  })
})
