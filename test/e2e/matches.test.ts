/**
 * A manager is about to add a customer that somebody else has: a card says so. The administrator no longer enforces it
 * for him: he reads the account, no more, and the audit log has it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

describe('checking for a match', () => {
  let portal: Portal
  let max: TestDevice
  let ada: TestDevice
  /** In the south: not one of his team's. */
  let foreign: string

  beforeAll(async () => {
    portal = await openPortal()
    max = await portal.device({ viewport: phone })
    ada = await portal.device({ viewport: tablet })
    await ada.signIn('ada')
    const answer = await ada.page.request.get(`${ada.wire.url}/api/records/account?q=south&limit=1`)
    foreign = ((await answer.json()) as { items: { name: string }[] }).items[0]?.name ?? ''
    expect(foreign).not.toBe('')
  })
  afterAll(() => portal.close())

  const typeName = async (name: string) => {
    const { page } = max
    await page.goto(`${max.wire.url}/crm/accounts`)
    await page.getByRole('button', { name: 'Add account' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.getByText('Is it this account?').waitFor()
  }
  const matches = () => max.page.getByRole('dialog').getByRole('listitem').filter({ hasText: /·/ })

  test('[U-22] one of his own is a link', async () => {
    await max.signIn('max')
    const answer = await max.page.request.get(`${max.wire.url}/api/records/account?limit=1`)
    const own = ((await answer.json()) as { items: { name: string }[] }).items[0]?.name ?? ''
    await typeName(own.toUpperCase())
    await max.page.getByRole('dialog').getByRole('link', { name: own }).waitFor()
  })

  test('[U-22] [U-b] one of somebody else is a card: to be read, with nothing to open', async () => {
    await typeName(foreign)
    const card = matches().filter({ hasText: foreign })
    await card.waitFor()
    expect(await card.getByRole('link').count()).toBe(0)
    expect(await card.getByRole('button').count()).toBe(0)
  })

  test('[U-21] [U-c] the administrator turns the switch off, and is warned', async () => {
    const { page } = ada
    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Max Calder/ }).click()
    await page.getByRole('link', { name: 'Internal settings' }).click()
    await page.getByRole('switch', { name: 'Enforce Security with Check for Match' }).click()
    await page.getByText(/can open and read every account/).waitFor()
    await page.getByRole('button', { name: /Review 1 change/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click()
    await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  })

  test('[S13] now he reads it, it is not among his accounts, and the audit log has it', async () => {
    await typeName(foreign)
    const match = matches().filter({ hasText: foreign })
    await match.getByRole('button', { name: 'Read' }).click()
    await match.getByText(/to read only/).waitFor()
    await match.getByText('Territory', { exact: true }).waitFor()
    const own = await max.page.request.get(`${max.wire.url}/api/records/account?limit=500`)
    const names = ((await own.json()) as { items: { name: string }[] }).items.map(({ name }) => name)
    expect(names).not.toContain(foreign)
    const log = await ada.page.request.get(`${ada.wire.url}/api/audit?what=matches`)
    expect(await log.json()).toMatchObject({ items: [{ actor: { name: 'Max Calder' }, event: 'match' }] })
  })

  test('no page complained', () => {
    expect([...max.errors, ...ada.errors]).toEqual([])
  })
})
