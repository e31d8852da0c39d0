/** Every screen, phone and tablet, light and dark: axe finds nothing, the page reports no error, nothing sticks out sideways or below. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

const screens = [
  '/',
  '/crm/accounts',
  '/crm/contacts',
  '/settings/workers',
  '/settings/workers?active=disabled&sort=-rights',
  '/settings/workers?q=nobody',
  '/settings/groups',
  '/settings/groups/field-north',
  '/settings/groups/field-north/general',
  '/settings/groups/field-north/members',
  '/settings/groups/organization',
  '/settings/exchange',
  '/settings/groups/field-north/history',
  '/settings/audit',
  '/settings/audit?surface=server',
  '/settings/organisation',
  '/settings/organisation/general',
  '/settings/organisation/rights',
  '/settings/organisation/labels',
  '/settings/organisation/boards',
  '/settings/organisation/campaigns',
  '/settings/groups/administrators/members',
  '/sync',
  '/help',
] as const

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.close())

// Each size and each theme once: what axe sees of colours follows the theme, what sticks out follows the size.
describe.each([
  ['phone', phone, 'light'],
  ['tablet', tablet, 'dark'],
] as const)('screens on a %s (%o, %s)', (_name, viewport, colorScheme) => {
  let ada: TestDevice

  beforeAll(async () => {
    ada = await portal.device({ viewport, colorScheme })
  })

  const checkScreen = async (path: string) => {
    const { page } = ada
    if (path !== '') await page.goto(ada.wire.url + path)
    await page.getByRole('main').waitFor()
    await page.waitForLoadState('networkidle')
    await checkShown(path)
  }

  const checkShown = async (path: string) => {
    const { page } = ada
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
    // Screens scroll inside the frame: a page that can be scrolled beside loses its bar at the thumb.
    const below = await page.evaluate(() =>
      document.querySelector('nav') === null ? 0 : document.documentElement.scrollHeight - innerHeight,
    )
    expect(below, `${path} stands out below the screen`).toBeLessThanOrEqual(0)
  }

  test('sign-in, and an invitation that is no longer good', async () => {
    await checkScreen('/welcome#nothing-that-was-given-out')
    await checkScreen('/sign-in')
    await ada.signIn('ada')
  })

  test.each(screens)('%s', (path) => checkScreen(path))

  test('an account and its tabs', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/crm/accounts`)
    await page.locator('a[href^="/crm/accounts/"]').first().click()
    await page.waitForURL(/\/crm\/accounts\/[\w-]+/)
    const { pathname } = new URL(page.url())
    for (const tab of ['', '/contacts', '/addresses', '/access', '/history'])
      await checkScreen(pathname + tab)
  })

  test('a worker, their effective access and their internal settings', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await page.waitForURL(/\/settings\/workers\/[\w-]+/)
    const { pathname } = new URL(page.url())
    for (const tab of ['', '/access', '/internal', '/devices', '/history']) await checkScreen(pathname + tab)
    await page.getByRole('button', { name: 'Password and invitation' }).click()
    await page.getByRole('button', { name: 'Create invite link' }).waitFor()
    await checkShown('password and invitation')
  })

  test('a change of the audit log', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/audit`)
    await page.getByRole('list', { name: 'Audit log' }).getByRole('link').first().click()
    await page.getByRole('region', { name: 'Who and when' }).waitFor()
    await checkScreen('')
  })

  test('what is not here, and an address that does not exist', async () => {
    await checkScreen('/crm/accounts/no-such-account')
    await checkScreen('/no/such/screen')
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
  })
})
