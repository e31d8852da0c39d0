/**
 * What opens over the screens of Settings, and states that screens come to only by doing something: axe finds nothing,
 * nothing sticks out. The themes are the other way round than in screens.test.ts, so that each size meets both.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Portal, openPortal, phone, tablet, type TestDevice } from './support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.close())

describe.each([
  ['phone', phone, 'dark'],
  ['tablet', tablet, 'light'],
] as const)('what opens on a %s (%o, %s)', (size, viewport, colorScheme) => {
  let ada: TestDevice
  let rhea: string

  beforeAll(async () => {
    ada = await portal.device({ viewport, colorScheme })
    await ada.signIn('ada')
    const id = await ada.page.evaluate(async () => {
      // Names as long as somebody once will write them.
      for (const [kind, file] of [
        [
          'worker',
          'username,c_f_nm,c_l_nm\neve,Maximiliana-Theodora,Featherstonehaugh-Cholmondeley of Wyndham\n',
        ],
        ['group', 'code,name\ntrainees,Trainees of the North-Western Territories and Islands 2026\n'],
      ])
        await fetch(`/api/import/${kind}?mode=apply`, {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: file as string,
        })
      return (await (await fetch('/api/records/worker?q=rhea')).json()).items[0].id as string
    })
    rhea = `/settings/workers/${id}`
  })

  const open = async (path: string) => {
    await ada.page.goto(ada.wire.url + path)
    await ada.page.locator('main').waitFor()
    await ada.page.waitForLoadState('networkidle')
  }
  const press = (name: string | RegExp) =>
    ada.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  const sheet = () => ada.page.getByRole('dialog').last()
  /** Of a sheet only itself: the screen below it has been looked at in screens.test.ts. */
  const check = async (state: string, within = 'body') => {
    const { page } = ada
    const { violations } = await new AxeBuilder({ page }).include(within).analyze()
    expect(violations.map(({ id, nodes }) => `${state}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
    const out = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ])
    expect(Math.max(...out), `${state} sticks out`).toBeLessThanOrEqual(0)
  }
  const checkSheet = async (state: string) => {
    await sheet().waitFor()
    await check(state, '[role="dialog"]')
    await ada.page.keyboard.press('Escape')
  }

  test('the list of workers: filters, several chosen, what is done with all of them', async () => {
    const { page } = ada
    await open('/settings/workers')
    await press(size === 'phone' ? /^Filters/ : /^Worker group/)
    await check('filters')
    await page.keyboard.press('Escape')
    await press('Add worker')
    await sheet().getByLabel('Username').fill('rhea')
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByText('Another worker has this username.').waitFor()
    await checkSheet('a worker whose username is taken')
    if (size === 'phone') await press('Select')
    for (const name of [/Maximiliana/, /Noor Hale/]) await page.getByRole('checkbox', { name }).click()
    for (const name of ['Set account filter', 'Set validity', 'Disable']) {
      await press('More actions')
      await page.getByRole('button', { name, exact: true }).waitFor()
      if (name === 'Disable') await check('more actions')
      await press(name)
      await checkSheet(name)
    }
  })

  test('a worker: other parts, a group to choose, the review, the answer to a question, two compared', async () => {
    const { page } = ada
    await open(rhea)
    if (size === 'tablet') {
      await press('Other parts of Settings')
      await check('other parts of Settings')
      await page.keyboard.press('Escape')
    }
    await press('Add to group')
    await checkSheet('a group to choose')
    await press('Give Allow Account Adds')
    await press(/^Review 1 change/)
    await sheet()
      .getByText(/gains Allow Account Adds/)
      .waitFor()
    await checkSheet('review')
    await press('Cancel')
    await open(`${rhea}/access`)
    await press(/^Why\?|^Why/)
    await checkSheet('why')
    await press('Ask why')
    await sheet().getByLabel('Question').selectOption('edit')
    await sheet().getByRole('button', { name: 'Account' }).click()
    await checkSheet('an account to ask about')
    await checkSheet('a question')
    await press('Compare with another worker')
    await sheet().getByRole('searchbox').fill('ada')
    await press(/Ada Byrne/)
    await page.getByRole('button', { name: /^Differences \d+/ }).waitFor()
    await check('compared')
  })

  test('a group: the review with each worker, members to add, under another name, in the table', async () => {
    const { page } = ada
    await open('/settings/groups/sales-rep')
    await page
      .getByRole('radiogroup', { name: /Allow Account Edits/ })
      .getByRole('radio', { name: 'Deny' })
      .check({ force: true })
    await press(/^Review 1 change/)
    await sheet().getByRole('button', { name: 'See each worker' }).click()
    await checkSheet('review with each worker')
    await press('Cancel')
    await open('/settings/groups/trainees/members')
    await press('Add members')
    await checkSheet('members to add')
    await open('/settings/groups/trainees/general')
    await press('Save as a new group')
    await checkSheet('under another name')
    await open('/settings/groups')
    await press('Add group')
    await checkSheet('a new group')
  })

  test('a file with errors, and one that takes rights away', async () => {
    const { page } = ada
    const choose = async (content: string) => {
      await open('/settings/exchange')
      await page
        .getByLabel('Choose a CSV file')
        .setInputFiles({ name: 'workers.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
      await press('Check the file')
    }
    await choose('username,user_rights_vir\nrhea,SU-FLY\nnobody,SU-WALK\n')
    await page.getByText('2 things are wrong').waitFor()
    await check('a file with errors')
    await choose('username,c_f_nm,groups\nrhea,Rhea Maria,sales-rep\nnew.one,Nora,trainees\n')
    await page.getByRole('heading', { name: 'Changes by row' }).waitFor()
    await check('a file that takes away')
  })

  test('the log: days to choose, an undo before it is done', async () => {
    await open('/settings/audit')
    await press('Dates')
    await checkSheet('days')
    await ada.page
      .getByRole('list', { name: 'Audit log' })
      .getByRole('link', { name: /Trainees of/ })
      .first()
      .click()
    await press('Undo')
    await sheet()
      .getByText(/is undone/)
      .waitFor()
    await checkSheet('undo')
  })

  test('no page complained', () => {
    expect(ada.errors).toEqual([])
  })
})
