/**
 * The last full administrator stays on every screen that could take her away, and each says why in a sentence before
 * anything is saved (P18, G-a). bea tries, an administrator until the end of a year; ada is the one without an end.
 */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword, openPortal, type Portal, type TestDevice } from './support/portal.ts'

const mustRemain =
  /at least one active, unreduced, unrestricted administrator without an end date must remain/

describe('an administrator with an end date, and the last one without', () => {
  let portal: Portal
  let bea: TestDevice
  let screenOfAda: string

  beforeAll(async () => {
    portal = await openPortal()
    bea = await portal.device()
    await bea.signIn('ada')
    const made = await bea.page.evaluate(async (password) => {
      const send = (type: string, path: string, body: string) =>
        fetch(path, { method: 'POST', headers: { 'content-type': type }, body })
      const file =
        'username,groups,accounts_query_type,valid_until\nbea,administrators,all,2031-12-31T00:00:00Z\n'
      const imported = await send('text/csv', '/api/import/worker?mode=apply', file)
      const { items } = await (await fetch('/api/records/worker?q=bea')).json()
      const set = await send(
        'application/json',
        `/api/workers/${items[0].id}/password`,
        JSON.stringify({ password, mustChange: false }),
      )
      const ada = await (await fetch('/api/records/worker?q=ada')).json()
      return [imported.status, set.status, ada.items[0].id as string] as const
    }, demoPassword)
    expect(made.slice(0, 2)).toEqual([200, 204])
    screenOfAda = `/settings/workers/${made[2]}`
    await bea.page.evaluate(() => fetch('/api/logout', { method: 'POST' }))
    await bea.context.close()
    bea = await portal.device()
    await bea.signIn('bea')
  })
  afterAll(() => portal.close())

  const open = (path: string) => bea.page.goto(bea.wire.url + path)
  const dialog = () => bea.page.getByRole('dialog').last()
  const press = (name: string | RegExp, within: Pick<Locator, 'getByRole'> = bea.page) =>
    within.getByRole('button', { name, exact: typeof name === 'string' }).click()
  /** The review says it, and cannot be saved; then nothing is left of it. */
  const isToldInReview = async () => {
    const { page } = bea
    const review = page.getByRole('dialog', { name: 'Before you save' })
    // Of a bulk change the review is the next thing; of a draft it is asked for.
    const bar = page.getByRole('button', { name: /^Review \d/ })
    await bar.or(review).first().waitFor()
    if (!(await review.isVisible())) await bar.click()
    await review.getByText(mustRemain).first().waitFor()
    expect(await review.getByRole('button', { name: /^Save/ }).getAttribute('aria-disabled')).toBe('true')
    await press('Cancel', review)
    await review.waitFor({ state: 'hidden' })
  }

  test('[P18] the switch of the login', async () => {
    await open(screenOfAda)
    await bea.page.getByRole('switch', { name: /Active/ }).click()
    await dialog().getByText(mustRemain).waitFor()
    expect(
      await dialog().getByRole('button', { name: 'Disable', exact: true }).getAttribute('aria-disabled'),
    ).toBe('true')
    await press('Cancel', dialog())
    await dialog().waitFor({ state: 'hidden' })
  })

  test('[P18] an end of the login, of the membership, no membership, a reduction, a restriction', async () => {
    const { page } = bea
    await page.getByLabel('Valid until').fill('2031-01-31')
    await page.getByLabel('Valid until').press('Enter')
    await isToldInReview()
    await press('Remove from Administrators')
    await isToldInReview()
    await press('Change the time of Administrators')
    await dialog().getByLabel('Last day').fill('2031-01-31')
    await press('Apply', dialog())
    await isToldInReview()
    await press('Take a feature away')
    await press(/^View accounts/, dialog())
    await isToldInReview()
    await open(`${screenOfAda}/internal`)
    await page.getByRole('region', { name: 'Geography access' }).getByRole('button', { name: 'None' }).click()
    await isToldInReview()
  })

  test('[P18] in bulk: disabled, out of the group, with an end', async () => {
    const { page } = bea
    await open('/settings/workers')
    await press('Select')
    await page.getByRole('checkbox', { name: /Ada Byrne/ }).click()
    await press('More actions')
    await press('Disable')
    await isToldInReview()
    await press('Take out of group')
    await press('Worker group', dialog())
    await press(/^Administrators/, dialog())
    await press('See what it does', dialog())
    await isToldInReview()
    await press('More actions')
    await press('Set validity')
    await dialog().getByLabel('Last day').fill('2031-01-31')
    await press('See what it does', dialog())
    await isToldInReview()
  })

  test('[P16] [P18] the group: its members one by one, and its own place, which nobody changes', async () => {
    const { page } = bea
    await open('/settings/groups/administrators/members')
    await press('Remove Ada Byrne')
    await isToldInReview()
    await open('/settings/groups/administrators/general')
    await page.getByText(/There is one Administrative group, for ever/).waitFor()
    expect(await page.getByRole('switch').count()).toBe(0)
  })

  test('[P18] a file of workers, and one of memberships', async () => {
    const { page } = bea
    for (const [name, content] of [
      ['workers.csv', 'username,active\nada,0\n'],
      ['memberships.csv', 'username,group,mode\nada,administrators,remove\n'],
    ] as const) {
      await open('/settings/exchange')
      await page
        .getByLabel('Choose a CSV file')
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
      await press('Check the file')
      await page.getByText(mustRemain).waitFor()
      expect(await page.getByRole('button', { name: /^Apply/ }).getAttribute('aria-disabled')).toBe('true')
    }
  })

  test('[P18] [D27] undoing what made somebody administrator, once they are the last', async () => {
    const { page } = bea
    await page.evaluate(async () => {
      const send = (body: string) =>
        fetch('/api/import/worker?mode=apply&removals=allow', {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body,
        })
      await send('username,groups\nmax,administrators\n')
      await send('username,groups\nada,sales-rep\n')
    })
    await open('/settings/audit')
    await page
      .getByRole('list', { name: 'Audit log' })
      .getByRole('link', { name: /Max Calder/ })
      .first()
      .click()
    await press('Undo')
    await dialog().getByText(mustRemain).first().waitFor()
  })

  test('no page complained', () => {
    expect(bea.errors).toEqual([])
  })
})
