/**
 * Every screen of the CRM and of the frame in a real Chromium, on a phone in the dark and a tablet in the light: what axe
 * finds, and that no page complains under the server's Content-Security-Policy.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPortal, phone, type Portal, type TestDevice } from './support/portal.ts'

const LOOKS = [
  { name: 'phone, dark', viewport: phone, colorScheme: 'dark' },
  { name: 'tablet, light', viewport: { width: 1180, height: 820 }, colorScheme: 'light' },
] as const

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.close())

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`)
}

describe.each(LOOKS)('$name', ({ viewport, colorScheme }) => {
  let device: TestDevice
  beforeAll(async () => {
    device = await portal.device({ viewport, colorScheme })
    await device.page.goto(`${device.wire.url}/sign-in`)
    await device.page.getByLabel('Username').waitFor()
    expect(await violations(device.page)).toEqual([])
    await device.signIn('rhea')
  })

  test.each([
    ['/', /^Accounts/],
    ['/crm/accounts', /Alderwick/],
    ['/crm/contacts', /Aila/],
    ['/help', null],
    ['/sync', null],
  ])('axe finds nothing on %s', async (path, link) => {
    const { page, wire } = device
    await page.goto(wire.url + path)
    if (link === null) await page.getByRole('heading').first().waitFor()
    else await page.getByRole('link', { name: link }).first().waitFor()
    expect(await violations(page)).toEqual([])
  })

  test.each(['', '/contacts', '/addresses', '/access'])('axe finds nothing on an account%s', async (tab) => {
    const { page, wire } = device
    await page.goto(`${wire.url}/crm/accounts`)
    const href = await page
      .getByRole('link', { name: /Alderwick/ })
      .first()
      .getAttribute('href')
    await page.goto(wire.url + href + tab)
    await page.getByRole('article').waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('[S9] what is not there and what is not hers is one page', async () => {
    const { page, wire } = device
    await page.goto(`${wire.url}/crm/accounts/nothing`)
    await page.getByText('There is nothing here that you can see.').waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('the top bar belongs to the screen that is open', async () => {
    const { page, wire } = device
    await page.goto(`${wire.url}/crm/accounts`)
    await page
      .getByRole('link', { name: /Alderwick/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Add to favourites' }).waitFor()
    await page.getByRole('status').getByRole('link').click()
    await page.getByRole('heading', { name: 'Sync' }).waitFor()
    expect(await page.getByRole('button', { name: 'Add to favourites' }).count()).toBe(0)
    expect(await page.title()).toBe('Sync · Ambit')
  })

  test('a half-filled form is there again after a reload, and Escape takes an edit back', async () => {
    const { page, wire } = device
    await page.goto(`${wire.url}/crm/accounts`)
    await page
      .getByRole('link', { name: /Alderwick/ })
      .first()
      .click()
    const territory = page.getByLabel('Territory', { exact: true })
    const before = await territory.inputValue()
    await territory.fill('Elsewhere')
    await territory.press('Escape')
    expect(await territory.inputValue()).toBe(before)

    await page.goto(`${page.url()}/contacts`)
    await page.getByRole('button', { name: 'Add contact' }).click()
    await page.getByLabel('First name').fill('Juno')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Add contact' }).click()
    await page.getByText('You began this earlier.').waitFor()
    expect(await page.getByLabel('First name').inputValue()).toBe('Juno')
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  test('no page complained', () => {
    expect(device.errors).toEqual([])
  })
})
