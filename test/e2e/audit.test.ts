/**
 * An admin changes a group, the log shows it with before and after, undo brings it back, and the other open device
 * follows. Who may not see the log gets the sentence.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('the audit log', () => {
  let portal: Portal
  let ada: TestDevice
  let other: TestDevice

  beforeAll(async () => {
    portal = await openPortal()
    ada = await portal.device({ viewport: phone })
    other = await portal.device({ viewport: tablet, colorScheme: 'dark' })
    await Promise.all([ada.signIn('ada'), other.signIn('ada')])
  })
  afterAll(() => portal.close())

  const group = '/settings/groups/field-north'
  const edits = ({ page }: TestDevice) => page.getByRole('radiogroup', { name: /Allow Account Edits/ })
  const expectAccessible = async ({ page }: TestDevice) => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
  }

  test('[D26] [G-16] an admin denies a right to a group: the log shows it with before, after and how many it touched', async () => {
    await other.page.goto(other.wire.url + group)
    await edits(other).getByRole('radio', { name: 'Inherit', checked: true }).waitFor()
    await ada.page.goto(`${ada.wire.url}${group}`)
    await edits(ada).getByRole('radio', { name: 'Deny' }).check({ force: true })
    await ada.page.getByRole('button', { name: 'Review 1 change' }).click()
    await ada.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Save for/ })
      .click()
    await ada.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await ada.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
    await edits(other).getByRole('radio', { name: 'Deny', checked: true }).waitFor()

    await ada.page.goto(`${ada.wire.url}/settings/audit`)
    const first = ada.page.getByRole('list', { name: 'Audit log' }).getByRole('link').first()
    expect(await first.textContent()).toMatch(/Field Sales North.*Ada Byrne.*Allow Account Edits.*4 workers/)
    await expectAccessible(ada)
    await first.press('Enter')
    const record = ada.page.getByRole('article', { name: 'Worker group: Field Sales North' })
    await record.waitFor()
    expect(await record.textContent()).toMatch(/Allow Account Edits.*Was Inherit.*Now Deny/)
    await expectAccessible(ada)
  })

  test('[D27] undo says what it would do, then does it, and the other device follows', async () => {
    await ada.page.getByRole('button', { name: 'Undo' }).press('Enter')
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByText('workers gain Allow Account Edits').waitFor()
    await expectAccessible(ada)
    await dialog.getByRole('button', { name: 'Undo' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await edits(other).getByRole('radio', { name: 'Inherit', checked: true }).waitFor()
    await ada.page.getByText(/Ada Byrne undid this at/).waitFor()
    expect(await ada.page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  })

  test('[D26] the history of the group has both, and the list finds them by name', async () => {
    await other.page.goto(`${other.wire.url}${group}/history`)
    const history = other.page.getByRole('list', { name: 'Changes of Field Sales North' })
    await history.waitFor()
    expect(await history.getByRole('link').count()).toBe(3)
    expect(await history.getByRole('link').nth(1).textContent()).toContain('Undone')
    await expectAccessible(other)
    await other.page.goto(`${other.wire.url}/settings/audit?surface=undo`)
    await other.page.getByRole('searchbox').fill('field sales')
    await other.page.waitForURL(/q=field/)
    const list = other.page.getByRole('list', { name: 'Audit log' })
    await list.getByRole('link').first().waitFor()
    expect(await list.getByRole('link').count()).toBe(1)
    await other.page.getByRole('searchbox').fill('nobody at all')
    await other.page.getByText('No change fits').waitFor()
    await expectAccessible(other)
  })

  test('[D26] what others change is announced over the open list, and comes when the reader wants it', async () => {
    await other.page.goto(`${other.wire.url}/settings/audit`)
    const first = other.page.getByRole('list', { name: 'Audit log' }).getByRole('link').first()
    await first.waitFor()
    const before = await first.textContent()
    await ada.page.goto(`${ada.wire.url}${group}`)
    await edits(ada).getByRole('radio', { name: 'Deny' }).check({ force: true })
    await ada.page.getByRole('button', { name: 'Review 1 change' }).click()
    await ada.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Save for/ })
      .click()
    const news = other.page.getByRole('button', { name: 'New changes' })
    await news.waitFor()
    expect(await first.textContent()).toBe(before)
    await expectAccessible(other)
    await news.click()
    await first.filter({ hasText: 'Field Sales North' }).waitFor()
    await news.waitFor({ state: 'hidden' })
  })

  test('[D26] without a network the log says where it is, and what of this device is not in it', async () => {
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await ada.goOffline()
    await ada.page.goto(`${ada.wire.url}/settings/audit`)
    await ada.page.getByText('The log is on the server').waitFor()
    await ada.page.getByText(/Everything you did on this device is in it/).waitFor()
    await expectAccessible(ada)
    await ada.goOnline()
    await ada.page.getByRole('list', { name: 'Audit log' }).waitFor()
  })

  test('[P1] who may not see the log gets the sentence, and no History tab', async () => {
    const rhea = await portal.device()
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/settings/audit`)
    await rhea.page.getByRole('heading', { name: 'You can’t see the audit log' }).waitFor()
    expect(await rhea.page.getByRole('main').textContent()).toMatch(
      /You may not see the audit log: .*View the audit log/,
    )
    await expectAccessible(rhea)
    expect([...ada.errors, ...other.errors, ...rhea.errors]).toEqual([])
  })
})
