/** Two people, one field (B9): the later to arrive stands, and whose value was replaced brings it back with one tap. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, tablet, type TestDevice } from './support/portal.ts'

describe('two people, one field', () => {
  let portal: Portal
  let rhea: TestDevice
  let ada: TestDevice
  let account: string

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device()
    ada = await portal.device({ viewport: tablet, colorScheme: 'dark' })
  })
  afterAll(() => portal.close())

  const phoneOf = ({ page }: TestDevice) => page.getByLabel('Phone', { exact: true })
  const write = async (device: TestDevice, value: string) => {
    await phoneOf(device).fill(value)
    await phoneOf(device).press('Enter')
  }

  test('[B9] both open the account, and the admin’s network goes', async () => {
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('link', { name: /Ashworth Landscapes/ }).click()
    await phoneOf(rhea).waitFor()
    account = new URL(rhea.page.url()).pathname
    await ada.signIn('ada')
    await ada.page.goto(ada.wire.url + account)
    await phoneOf(ada).waitFor()
    await ada.goOffline()
  })

  test('[B9] the rep’s value is merged; the admin, who has not seen it, writes another, which arrives later', async () => {
    await write(rhea, '01632 960111')
    await rhea.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await write(ada, '01632 960222')
    await ada.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    await ada.goOnline()
    await ada.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[B9] the rep’s open screen shows what stands, and the conflict inbox has both, with both names', async () => {
    await expect.poll(() => phoneOf(rhea).inputValue()).toBe('01632 960222')
    await rhea.page.goto(`${rhea.wire.url}/sync`)
    const card = rhea.page.getByRole('region', { name: /^Two people: Ashworth/ })
    await card.waitFor()
    const text = await card.innerText()
    for (const words of ['Ashworth Landscapes', 'Phone', '01632 960222', '01632 960111', 'Ada ', 'Rhea '])
      expect(text).toContain(words)
  })

  test('[B9] nothing of it is on the device of the one whose value stands', async () => {
    await ada.page.goto(`${ada.wire.url}/sync`)
    await ada.page.getByText('Nothing waits').waitFor()
    expect(await ada.page.getByText('Two people').count()).toBe(0)
  })

  test('[B9] one tap brings hers back, and the admin sees it', async () => {
    await rhea.page.getByRole('button', { name: 'Use mine' }).click()
    await rhea.page.getByText('Two people').waitFor({ state: 'detached' })
    await ada.page.goto(ada.wire.url + account)
    await expect.poll(() => phoneOf(ada).inputValue(), { timeout: 10_000 }).toBe('01632 960111')
    expect([...rhea.errors, ...ada.errors]).toEqual([])
  })
})
