/** What nobody may do, on the screens where they would try it: the control is not there, and says why. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPortal, type Portal, type TestDevice, tablet } from './support/portal.ts'

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
  await ada.page.getByRole('main').waitFor()
}

describe('what an administrator tries in vain', () => {
  test('[P16] [G-10] the one Administrative group: no switch, no type, no parent, and why', async () => {
    await open('/settings/groups/administrators/general')
    await ada.page.getByText('There is one Administrative group, for ever').waitFor()
    expect(await ada.page.getByRole('switch').count()).toBe(0)
    expect(await ada.page.getByRole('combobox').count()).toBe(0)
  })

  test('[P16] [P19] another group: the type Admin and a parent from below are not to be had', async () => {
    await open('/settings/groups/sales-rep/general')
    await ada.page.getByLabel('Type', { exact: true }).waitFor()
    const types = await ada.page.getByLabel('Type', { exact: true }).locator('option').allTextContents()
    expect(types).toContain('User')
    expect(types).not.toContain('Admin')
    await ada.page.getByLabel('Parent').click()
    const choices = ada.page.getByRole('dialog')
    await choices.getByRole('button', { name: /Customer Service/ }).waitFor()
    expect(await choices.getByRole('button', { name: /Field Sales North/ }).count()).toBe(0)
  })

  test('[P14] one’s own access: nothing to switch, and the sentence', async () => {
    await open('/settings/workers')
    await ada.page.locator('a[href^="/settings/workers/"]', { hasText: 'Ada Byrne' }).click()
    await ada.page.getByText('This is your own login.').waitFor()
    expect(await ada.page.getByRole('switch').count()).toBe(0)
    expect(await ada.page.getByRole('button', { name: /^Add .* right/i }).count()).toBe(0)
  })

  test('[P14] somebody else’s: the switch is there', async () => {
    await open('/settings/workers')
    await ada.page.getByRole('link', { name: /Rhea Lindqvist/ }).click()
    await ada.page.getByRole('switch', { name: /Active/ }).waitFor()
  })
})
