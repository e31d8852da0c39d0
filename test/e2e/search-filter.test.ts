/**
 * An administrator sets a search filter for a rep. Her search shows less at once, also without a network; her list, the
 * account's address and its explanation are as they were, and the explanation says so.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('a search filter', () => {
  let portal: Portal
  let rhea: TestDevice
  let ada: TestDevice
  let name: string
  let id: string

  beforeAll(async () => {
    portal = await openPortal()
    rhea = await portal.device({ viewport: phone })
    ada = await portal.device({ viewport: tablet })
    await rhea.signIn('rhea')
    const answer = await rhea.page.request.get(`${rhea.wire.url}/api/records/account?limit=1`)
    const [first] = ((await answer.json()) as { items: { id: string; name: string }[] }).items
    name = first?.name ?? ''
    id = first?.id ?? ''
  })
  afterAll(() => portal.close())

  const link = () => rhea.page.locator(`a[data-row][href="/crm/accounts/${id}"]`)
  const search = async (words: string) => {
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts`)
    await rhea.page.getByRole('searchbox').fill(words)
  }

  test('before it, she finds her account', async () => {
    await search(name)
    await link().first().waitFor()
  })

  test('[U-12] the administrator sets one that leaves it out, and reads that it protects nothing', async () => {
    const { page } = ada
    await ada.signIn('ada')
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await page.getByRole('link', { name: 'Internal settings' }).click()
    const field = page.getByLabel('Search result filter (not a security boundary)')
    await field.fill('territory=South')
    await field.press('Enter')
    await page.getByText(/protects nothing/).waitFor()
    await page.getByRole('button', { name: /Review 1 change/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[S11] her search no longer shows it, online and offline; her list does', async () => {
    await search(name)
    await rhea.page.getByText(/No account matches/).waitFor()
    await rhea.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await rhea.goOffline()
    await search(name)
    await rhea.page.getByText(/No account matches/).waitFor()
    await rhea.page.getByRole('searchbox').fill('')
    await link().first().waitFor()
    await rhea.goOnline()
  })

  test('[S11] [U-a] its address opens it, and the explanation says: hidden from search only', async () => {
    await rhea.page.goto(`${rhea.wire.url}/crm/accounts/${id}/access`)
    await rhea.page
      .getByText(/It is hidden from search only/)
      .first()
      .waitFor()
    expect(rhea.errors).toEqual([])
    expect(ada.errors).toEqual([])
  })
})
