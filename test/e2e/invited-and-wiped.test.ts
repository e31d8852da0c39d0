/**
 * An admin on a phone makes a worker and sends a link; the worker chooses a password on a tablet and works; the tablet is
 * lost and wiped, and what was typed on it waits for review (W-26, W-25, L21).
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openPortal, type Portal, tablet, type TestDevice } from './support/portal.ts'

const password = 'four words of her own'

describe('from an invitation to a wiped tablet', () => {
  let portal: Portal
  let ada: TestDevice
  let nina: TestDevice
  let link: string
  let workerId: string
  let account: string

  beforeAll(async () => {
    portal = await openPortal()
    ada = await portal.device()
    nina = await portal.device({ viewport: tablet })
    await ada.signIn('ada')
  })
  afterAll(() => portal.close())

  const json = <T>(page: Page, path: string): Promise<T> =>
    page.evaluate(async (where) => (await (await fetch(where)).json()) as T, path)

  test('[W-25] [W-26] ada makes a worker on her phone, and the invite link is the next step', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers?new=1`)
    const form = page.getByRole('dialog')
    await form.getByLabel('First name').fill('Nina')
    await form.getByLabel('Last name').fill('Novak')
    await form.getByLabel('Username').fill('nina')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/settings\/workers\/[\w-]+\?login=1/)
    workerId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const sheet = page.getByRole('dialog', { name: 'Password and invitation' })
    await sheet.getByText('No password yet: this worker cannot sign in.').waitFor()
    await sheet.getByRole('button', { name: 'Create invite link' }).click()
    link = await sheet.getByLabel('Invite link').inputValue()
    expect(link).toMatch(/\/welcome#[\w-]{43}$/)
    await sheet.getByText(/An invitation by Ada .* is open until/).waitFor()
  })

  test('[W-26] nina opens it on her tablet, chooses a password, and is in', async () => {
    const { page } = nina
    await page.goto(link.replace(new URL(link).origin, nina.wire.url))
    await page.getByRole('heading', { name: 'Welcome, Nina Novak' }).waitFor()
    await page.getByText(/Your username is nina/).waitFor()
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByText('7 more characters are needed.').first().waitFor()
    await page.getByLabel('New password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Show password' }).click()
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    expect(page.url()).toBe(`${nina.wire.url}/`)
  })

  test('[P31] the link is used up', async () => {
    const other = await nina.context.newPage()
    await other.goto(link.replace(new URL(link).origin, nina.wire.url))
    await other.getByRole('heading', { name: 'This link is no longer good' }).waitFor()
    await other.close()
  })

  test('[L8] ada gives her the accounts; she works, and types something in a tunnel', async () => {
    const given = await ada.page.evaluate(async () => {
      const sent = await fetch('/api/import/worker?mode=apply', {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: 'username,groups,accounts_query_type\nnina,sales-rep,all\n',
      })
      return [sent.status, await sent.text()] as const
    })
    expect(given[0], given[1]).toBe(200)
    const { page } = nina
    await page.goto(`${nina.wire.url}/crm/accounts`)
    await page.locator('a[href^="/crm/accounts/"]').first().click()
    await page.getByLabel('Phone', { exact: true }).waitFor()
    account = new URL(page.url()).pathname
    await nina.goOffline()
    await page.getByLabel('Phone', { exact: true }).fill('01632 960099')
    await page.getByLabel('Phone', { exact: true }).press('Enter')
    await page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
  })

  test('[L21] the tablet stays in a train: ada wipes it from her list', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers/${workerId}/devices`)
    await page.getByRole('heading', { name: /Chrom(e|ium) on Linux/ }).waitFor()
    await page.getByText(/about .* record/).waitFor()
    await page.getByRole('button', { name: 'Wipe device' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText(/kept for review and not merged/).waitFor()
    await sheet.getByRole('button', { name: 'Wipe device' }).click()
    await page.getByText('To be wiped').waitFor()
    expect(await nina.page.getByLabel('Phone', { exact: true }).inputValue()).toBe('01632 960099')
  })

  test('[L21] at its next contact it hands in, and nothing of hers is left on it', async () => {
    await nina.goOnline()
    await nina.page.waitForURL(/\/sign-in/, { timeout: 60_000 })
    await nina.page.getByText(/This device was wiped/).waitFor()
    await eventually(async () => {
      const names = await nina.page.evaluate(async () =>
        (await indexedDB.databases()).map(({ name }) => name),
      )
      expect(names).toEqual(['ambit'])
      return true
    })
    expect(await nina.page.evaluate(async () => (await fetch('/api/me')).status)).toBe(401)
    const { items } = await json<{
      items: { record: string; reasons: { code: string }[]; changes: { new: unknown }[] }[]
    }>(ada.page, '/api/quarantine')
    expect(items.filter(({ record }) => account.endsWith(record.split('/')[1] ?? ''))).toMatchObject([
      { reasons: [{ code: 'device-wiped' }], changes: [{ new: '01632 960099' }] },
    ])
    await ada.page.goto(`${ada.wire.url}/settings/workers/${workerId}/devices`)
    await ada.page.getByText('1 wiped device').waitFor()
  })

  test('[W-25] she signs in again; ada asks for a change, and the next sign-in leads to it', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Password and invitation' }).click()
    await page.getByRole('switch', { name: /Must change the password/ }).click()
    await page.getByText(/which must be changed at the next sign-in/).waitFor()

    const hers = nina.page
    await hers.getByLabel('Username').fill('nina')
    await hers.getByLabel('Password', { exact: true }).fill(password)
    await hers.getByRole('button', { name: 'Sign in', exact: true }).click()
    await hers.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    expect(await hers.evaluate(async () => (await fetch('/api/me')).status)).toBe(401)
    await hers.getByLabel('New password', { exact: true }).fill('four other words of hers')
    await hers.getByRole('button', { name: 'Save and sign in' }).click()
    await hers.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[P32] on Home she changes it herself, and goes on', async () => {
    const { page } = nina
    await page.goto(`${nina.wire.url}/`)
    await page.getByRole('button', { name: 'Your devices' }).click()
    await page.getByRole('dialog').getByText('This device', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Change password' }).click()
    const sheet = page.getByRole('dialog', { name: 'Change password' })
    await sheet.getByLabel('Password you have now').fill('four other words of hers')
    await sheet.getByLabel('New password', { exact: true }).fill('and four quite new ones')
    await sheet.getByLabel('New password', { exact: true }).press('Enter')
    await page.getByText('Your password is changed').waitFor()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[W-26] a worker who is made without a network can be invited once the server has merged them', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers?new=1`)
    const form = page.getByRole('dialog')
    await form.getByLabel('Username').fill('otto')
    await ada.goOffline()
    await form.getByRole('button', { name: 'Save' }).click()
    const sheet = page.getByRole('dialog', { name: 'Password and invitation' })
    await sheet.getByText(/as soon as the server has merged it/).waitFor()
    expect(await sheet.getByRole('button', { name: 'Create invite link' }).count()).toBe(0)
    await ada.goOnline()
    await sheet.getByRole('button', { name: 'Create invite link' }).waitFor()
  })

  test('[D29] the worker’s history has it all, and so has the audit log, with a page for each', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers/${workerId}/history`)
    const history = page.getByRole('list', { name: 'Changes of Nina Novak' })
    await history.getByText('Device wiped').waitFor()
    await history.getByText('Invitation accepted').waitFor()
    await page.goto(`${ada.wire.url}/settings/audit`)
    await page.getByRole('button', { name: 'What' }).click()
    await page.getByRole('radio', { name: 'Devices wiped' }).check({ force: true })
    await page.waitForURL(/what=devices/)
    const list = page.getByRole('list', { name: 'Audit log' })
    await list.getByRole('link', { name: /Wipe of a device asked for/ }).click()
    await page.getByRole('article', { name: 'Wipe of a device asked for: Nina Novak' }).waitFor()
    await page.getByText('Nothing was changed, so there is nothing to undo.').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
    expect(nina.errors).toEqual([])
  })
})
