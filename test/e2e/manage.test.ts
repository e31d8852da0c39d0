/**
 * Managing many at once: three workers added to a group for a time, on a phone and on a tablet, with what it does shown
 * first and taken back after; a group saved under another name; and the last full administrator, who stays whichever way
 * is tried.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.close())

const expectAccessible = async ({ page }: TestDevice) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

describe.each([
  ['phone', phone, 'light'],
  ['tablet', tablet, 'dark'],
] as const)('many workers at once, on a %s', (size, viewport, colorScheme) => {
  let ada: TestDevice

  beforeAll(async () => {
    ada = await portal.device({ viewport, colorScheme })
    await ada.signIn('ada')
  })

  const membersOf = async (group: string) => {
    const answer = await ada.page.evaluate(
      async (path) => await (await fetch(path)).text(),
      '/api/export/worker',
    )
    return answer.split('\n').filter((line) => line.includes(group)).length
  }

  test('[W-24] a search by rep code finds who has it, and its filters are in the address', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers?group=sales-rep&active=both`)
    await page.getByRole('link', { name: /Rhea Lindqvist/ }).waitFor()
    expect(await page.getByRole('link', { name: /Noor Hale/ }).count()).toBe(0)
    await page.getByRole('searchbox').fill('n01')
    await page.getByRole('link', { name: /Eve Marsden/ }).waitFor({ state: 'detached' })
    expect(await page.getByRole('link', { name: /Rhea Lindqvist/ }).count()).toBe(1)
    await page.waitForURL(/q=n01/)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: /^Clear 2 filters/ }).click()
    await page.getByRole('link', { name: /Noor Hale/ }).waitFor()
    await page.waitForURL((url) => url.search === '')
  })

  test('[W-17] three are chosen and put into a group until a day', async () => {
    const { page } = ada
    if (size === 'phone') await page.getByRole('button', { name: 'Select' }).click()
    for (const name of ['Dilys Ashworth', 'Max Calder', 'Noor Hale'])
      await page.getByRole('checkbox', { name: new RegExp(name) }).click()
    await page.getByText('3 selected').waitFor()
    await expectAccessible(ada)
    await page.getByRole('button', { name: 'Add to group' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Worker group').click()
    await page.getByRole('button', { name: /^Trainees/ }).click()
    await dialog.getByLabel('Last day').fill('2031-03-31')
    await dialog.getByRole('button', { name: 'See what it does' }).click()
  })

  test('[P28] the review says whom it touches, before it is saved', async () => {
    const dialog = ada.page.getByRole('dialog', { name: 'Before you save' })
    await dialog.getByText('3 workers to Trainees').waitFor()
    await dialog.getByText(/Until .*2031/).waitFor()
    // Dilys may edit accounts as a rep; Trainees denies it.
    await dialog.getByText(/lose.* Allow Account Edits/).waitFor()
    await expectAccessible(ada)
    await dialog.getByRole('button', { name: /^Save/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await eventually(async () => (await membersOf('trainees')) === 4)
  })

  test('[P28] and it is taken back as one', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back on this device').waitFor()
    await eventually(async () => (await membersOf('trainees')) === 1)
  })

  test('[W-18] groups are enabled and disabled together; the Administrative group is left out by name', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/groups`)
    await page.getByRole('link', { name: /Trainees/ }).waitFor()
    if (size === 'phone') await page.getByRole('button', { name: 'Select groups' }).click()
    for (const name of [/Administrators/, /Trainees/]) await page.getByRole('checkbox', { name }).click()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Before you save' })
    await dialog.getByText(/worker group Administrators.*Nobody can change this/).waitFor()
    expect(await dialog.getByRole('button', { name: /^Save/ }).getAttribute('aria-disabled')).toBe('true')
    await expectAccessible(ada)
    await dialog.getByRole('button', { name: 'Leave this one out and go on' }).click()
    await dialog.getByRole('button', { name: /^Save/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back on this device').waitFor()
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
  })
})

describe('a group as a template, and what nobody can do', () => {
  let ada: TestDevice

  beforeAll(async () => {
    ada = await portal.device({ viewport: tablet })
    await ada.signIn('ada')
  })

  test('[G-17] a deny of the parent stands in the sheet of a group below it, with its name', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/groups/sales-rep/features`)
    const deny = page.getByRole('radiogroup', { name: /Place orders/ }).getByRole('radio', { name: 'Deny' })
    await deny.check({ force: true })
    await page.getByRole('button', { name: /^Review 1 change/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/For Sales Rep and every group below it/).waitFor()
    await dialog.getByText(/lose.* Place orders/).waitFor()
    await dialog.getByRole('button', { name: /^Save/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.goto(`${ada.wire.url}/settings/groups/field-north/general`)
    const ceiling = page.getByRole('region', { name: 'Denied above' })
    await ceiling.getByRole('link', { name: 'Sales Rep' }).waitFor()
    await ceiling.getByText('Place orders').waitFor()
  })

  test('[U-29] a group is saved under another name, and its members are asked for', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Save as a new group' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Field Sales Isles')
    await dialog.getByLabel('Id').fill('field-isles')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('Apply to all members of Field Sales North?').waitFor()
    await dialog.getByRole('button', { name: 'Paste usernames' }).click()
    await dialog.getByRole('textbox', { name: 'Paste usernames' }).fill('EVE\nnobody.here')
    await dialog.getByRole('button', { name: 'Choose these' }).click()
    await dialog.getByText('Nobody here has this username: nobody.here.').waitFor()
    await expectAccessible(ada)
    await dialog.getByRole('button', { name: /^Choose all 4 members/ }).click()
    await dialog.getByRole('button', { name: 'Add 5 members' }).click()
    await page.getByRole('button', { name: 'Review 5 changes' }).click()
    await dialog.getByRole('button', { name: /^Save/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: /Members 5/ }).waitFor()
  })

  test('[R-04] a right is given by keyboard: it is said, and the focus stays where the next one is', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await page.getByRole('button', { name: 'Give Allow Account Adds' }).press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: 'Allow Account Adds given' })
      .waitFor({ state: 'attached' })
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('Give Allow shipping price edits')
    await page.getByRole('button', { name: 'Take away Allow Account Adds' }).press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: 'Allow Account Adds taken away' })
      .waitFor({ state: 'attached' })
    // The last one that could be taken away: on with those that can be given.
    expect(await focused()).toMatch(/^Give /)
    await expectAccessible(ada)
  })

  test('[P18] [G-a] the last full administrator stays: in bulk, in the group, by a reduction', async () => {
    const { page } = ada
    const dialog = page.getByRole('dialog')
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('checkbox', { name: 'Select Ada Byrne' }).click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await dialog.getByText(/Ada Byrne: nobody changes their own access/).waitFor()
    await page.keyboard.press('Escape')
    await page.goto(`${ada.wire.url}/settings/groups/administrators/members`)
    const remove = page.getByRole('button', { name: 'Remove Ada Byrne' })
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
    await remove.click({ force: true })
    await page
      .getByText(/nobody changes their own access/)
      .filter({ visible: true })
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('main').getByRole('link', { name: 'Ada Byrne' }).click()
    const reduce = page.getByRole('button', { name: 'Take a feature away' })
    expect(await reduce.getAttribute('aria-disabled')).toBe('true')
    await expectAccessible(ada)
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
  })
})
