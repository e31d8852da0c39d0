/** Settings without a mouse or a finger: everything is reached by Tab, and the focus is never lost on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openPortal, type Portal, tablet, type TestDevice } from './support/portal.ts'

/** More would be no way that anybody walks. */
const TABS_MAX = 90

describe('by keyboard alone', () => {
  let portal: Portal
  let ada: TestDevice

  beforeAll(async () => {
    portal = await openPortal()
    ada = await portal.device({ viewport: tablet })
    await ada.signIn('ada')
  })
  afterAll(() => portal.close())

  const open = async (path: string) => {
    await ada.page.goto(ada.wire.url + path)
    await ada.page.locator('main').waitFor()
    await ada.page.waitForLoadState('networkidle')
    await ada.page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  }
  const key = (name: string) => ada.page.keyboard.press(name)
  const type = (text: string) => ada.page.keyboard.type(text)
  /** What the focus is on, by the name that is heard; empty where it is lost. */
  const focused = () =>
    ada.page.evaluate(() => {
      const active = document.activeElement
      if (!(active instanceof HTMLElement) || active === document.body) return ''
      const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : undefined
      const name = active.getAttribute('aria-label') ?? label ?? active.textContent ?? ''
      return name.trim() || active.tagName
    })
  const tabTo = async (name: RegExp, by = 'Tab') => {
    for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
      await key(by)
      if (name.test(await focused())) return tabs
    }
    return expect.unreachable(`${name} is not reached by ${TABS_MAX} times ${by}; at ${await focused()}`)
  }
  const dialog = () => ada.page.getByRole('dialog')
  const closed = () => dialog().waitFor({ state: 'hidden' })
  /** The focus comes back a moment after what had it went away. */
  const isAt = (name: RegExp) => eventually(async () => name.test(await focused()))
  const isSomewhere = () => eventually(async () => (await focused()) !== '')

  test('[W-25] a worker is made, and the focus is in the sheet that follows, then back in the page', async () => {
    await open('/settings/workers')
    await tabTo(/^Add worker$/)
    await key('Enter')
    await dialog().waitFor()
    await tabTo(/^First name/)
    await type('Kim')
    await tabTo(/^Username/)
    await type('kim')
    await key('Enter')
    await ada.page.waitForURL(/login=1/)
    await ada.page.getByRole('dialog', { name: 'Password and invitation' }).waitFor()
    await tabTo(/^Create invite link/)
    await key('Escape')
    await closed()
    await isSomewhere()
  })

  test('[R-04] a right and a group are given, reviewed and saved, and taken back from the notice', async () => {
    await tabTo(/^Give Allow Account Adds/)
    await key('Enter')
    await isAt(/^Give Allow Account Edits$/)
    await tabTo(/^Add to group/, 'Shift+Tab')
    await key('Enter')
    await dialog().waitFor()
    await tabTo(/^Search/)
    await type('north')
    await tabTo(/^Field Sales North/)
    await key('Enter')
    await closed()
    await isAt(/^Add to group/)
    await tabTo(/^Review 2 changes/)
    await key('Enter')
    await dialog().waitFor()
    await tabTo(/^Save/)
    await key('Enter')
    await closed()
    await isSomewhere()
    // Before the notice goes by itself.
    expect(await tabTo(/^Undo$/)).toBeLessThan(3)
    await key('Enter')
    await ada.page.getByText('Taken back on this device').waitFor()
    await isSomewhere()
  })

  test('[W-24] the list is searched, filtered and sorted, and a bulk change is reviewed', async () => {
    const { page } = ada
    await open('/settings/workers')
    await tabTo(/^Search workers/)
    await type('n0')
    await page.getByRole('link', { name: /Noor Hale/ }).waitFor({ state: 'detached' })
    await tabTo(/^Worker group/)
    await key('Enter')
    await tabTo(/^Field Sales North/)
    await key('Space')
    await key('Escape')
    await isSomewhere()
    await isAt(/^Worker group/)
    await page.waitForURL(/group=field-north/)
    await tabTo(/^Name/)
    await key('Enter')
    await page.waitForURL(/sort=-name/)
    await isAt(/^Name/)
    await tabTo(/^Select (?!all)/)
    await key('Space')
    await key('ArrowDown')
    await key('Space')
    await page.getByText('2 selected').waitFor()
    await tabTo(/^Add to group/)
    await tabTo(/^More actions/)
    await key('Enter')
    await isAt(/^Set account filter$/)
    await tabTo(/^Disable$/)
    await key('Enter')
    await page.getByRole('dialog', { name: 'Before you save' }).waitFor()
    await key('Escape')
    await closed()
    await isSomewhere()
    await isAt(/^More actions$/)
  })

  test('the parts of Settings are a menu at the title beside an open detail', async () => {
    await open('/settings/groups/field-north')
    await tabTo(/^Other parts of Settings/)
    await key('Enter')
    await isAt(/^Workers$/)
    await tabTo(/^Audit log/)
    await key('Enter')
    await ada.page.getByRole('list', { name: 'Audit log' }).waitFor()
    await isSomewhere()
  })

  test('[B3] a feature is denied with the arrow keys; Escape leaves the draft and comes back to its button', async () => {
    await open('/settings/groups/field-north')
    const row = ada.page.getByRole('radiogroup', { name: /Allow Account Edits/ })
    for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
      await key('Tab')
      if (await row.evaluate((group) => group.contains(document.activeElement))) break
    }
    await key('ArrowRight')
    await key('ArrowRight')
    expect(await row.getByRole('radio', { name: 'Deny' }).isChecked()).toBe(true)
    await tabTo(/^Review 1 change/)
    await key('Enter')
    await dialog().waitFor()
    await key('Escape')
    await closed()
    await isAt(/^Review 1 change/)
    await tabTo(/^Cancel/)
    await key('Enter')
    await ada.page.getByRole('button', { name: /^Review/ }).waitFor({ state: 'detached' })
    await isSomewhere()
  })

  test('[R-22] a file is chosen, checked and applied', async () => {
    const { page } = ada
    await open('/settings/exchange')
    await page.getByRole('heading', { name: 'Export', exact: true }).waitFor()
    // Waited for before the way to it: the browser must know that a test will answer.
    const chooser = page.waitForEvent('filechooser')
    await tabTo(/^Choose a CSV file/)
    await key('Enter')
    await (await chooser).setFiles({
      name: 'workers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('username,c_f_nm\nrhea,Rhea Maria\n'),
    })
    await page.getByText('1 row · 2 columns').waitFor()
    await tabTo(/^Check the file/)
    await key('Enter')
    await page.getByRole('heading', { name: 'Changes by row' }).waitFor()
    await isSomewhere()
    await tabTo(/^Apply 1 change/)
    await key('Enter')
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    await isSomewhere()
  })

  test('[D27] a change of the log is opened and undone', async () => {
    const { page } = ada
    await open('/settings/audit')
    await page.getByRole('list', { name: 'Audit log' }).getByRole('link').first().waitFor()
    await tabTo(/Rhea Maria/)
    await key('Enter')
    await page.getByRole('region', { name: 'Who and when' }).waitFor()
    await isSomewhere()
    await tabTo(/^Undo$/)
    await key('Enter')
    await dialog().waitFor()
    await tabTo(/^Undo$/)
    await key('Enter')
    await closed()
    await isSomewhere()
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
  })
})
