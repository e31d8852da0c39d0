/** An admin with a spreadsheet and a phone: the file is brought in, its columns decided, tried, applied; and taken out. */
import { readFile, writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/ambit-process.ts'
import { type Portal, openPortal, type TestDevice } from './support/portal.ts'

let portal: Portal
let ada: TestDevice
beforeAll(async () => {
  portal = await openPortal()
  ada = await portal.device()
  await ada.signIn('ada')
})
afterAll(() => portal.close())

const open = async () => {
  await ada.page.goto(`${ada.wire.url}/settings/exchange`)
  await ada.page.getByRole('heading', { name: 'Import a file' }).waitFor()
}
const choose = (name: string, content: string | Buffer) =>
  ada.page
    .getByLabel('Choose a CSV file')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
const press = (name: string | RegExp) => ada.page.getByRole('button', { name }).click()
const axe = async (where: string) => {
  const { violations } = await new AxeBuilder({ page: ada.page }).analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
}
const exported = async (kind: string) => {
  const [download] = await Promise.all([ada.page.waitForEvent('download'), press(`Export ${kind}`)])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

const file = [
  '\uFEFFUser name,First name,Mobile,user_rights_vir,Favourite colour,groups',
  'rhea,Rhea Maria,01632 1,SU-ALLOW-ACCOUNT-EDITS,green,sales-rep',
  'nina.new,Nina,01632 2,,"blue, ""sky""",sales-rep',
  '',
].join('\r\n')

describe('a file on a phone', () => {
  test('[R-22] [R-g] unknown columns are decided, every cell is shown, what is taken away is ticked, then all of it is applied', async () => {
    const { page } = ada
    await open()
    await choose('people.csv', file)
    await page.getByText('2 rows · 6 columns').waitFor()
    // Known by its columns; what nobody knows stands open and keeps the file from being checked.
    expect(await page.getByLabel('What is in it').inputValue()).toBe('worker')
    const check = page.getByRole('button', { name: 'Check the file' })
    expect(await check.getAttribute('aria-disabled')).toBe('true')
    await axe('columns')
    await page.getByLabel('Mobile').selectOption('c_phone')
    await page.getByLabel('Favourite colour').selectOption({ label: 'Leave out' })
    await check.click()

    await page.getByRole('heading', { name: 'Changes by row' }).waitFor()
    const rhea = page.getByRole('listitem').filter({ hasText: 'Rhea Lindqvist' }).filter({ hasText: 'Row 2' })
    await rhea.getByText('Rhea Maria').waitFor()
    await rhea.getByText('field-north').waitFor()
    await axe('checked')
    const apply = page.getByRole('button', { name: 'Apply 2 changes' })
    expect(await apply.getAttribute('aria-disabled')).toBe('true')
    await page.getByText('Tick that the rights in red may go.').waitFor()
    await page.getByLabel('Take these rights away').check()
    await apply.click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    await axe('applied')

    await page.goto(`${ada.wire.url}/settings/workers`)
    await page.getByRole('link', { name: /Rhea Maria Lindqvist/ }).waitFor()
    expect(ada.errors).toEqual([])
  })

  test('[B10] an export is a file with its day; the same file, imported, is no change', async () => {
    await open()
    const { name, text } = await exported('workers')
    expect(name).toMatch(/^workers-\d{4}-\d\d-\d\d\.csv$/)
    expect(text).toContain('nina.new,Nina')
    expect((await exported('workers')).text).toBe(text)
    await choose(name, text)
    await press('Check the file')
    await ada.page.getByText('Everything in the file is so already.').waitFor()
  })

  test('what is wrong is told by row and column, and nothing can be applied', async () => {
    await open()
    await choose('workers.csv', 'username,user_rights_vir\nrhea,SU-FLY\n')
    await press('Check the file')
    await ada.page.getByText('Row 2 · user_rights_vir').waitFor()
    await ada.page.getByText('SU-FLY, which is no right or feature').waitFor()
    expect(await ada.page.getByRole('button', { name: 'Apply' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('a workbook and another encoding are answered with a sentence', async () => {
    await open()
    await choose('book.xlsx', 'PK\x03\x04rest')
    await ada.page.getByText('This is a workbook (xlsx)').waitFor()
    await choose('old.csv', Buffer.from('username,c_f_nm\nrhea,Zo\xeb\n', 'latin1'))
    await ada.page.getByText('old.csv, row 2: This row holds letters that are not UTF-8').waitFor()
  })

  test('50,000 rows leave the screen free to move', async () => {
    await open()
    const rows = Array.from({ length: 50_000 }, (_, index) => `Z-${index},"Name, ${index}",club,1,2,3\n`)
    // The longest that the page could not do anything else, in milliseconds, told by the browser.
    await ada.page.evaluate(() => {
      const long: number[] = []
      Object.assign(globalThis, { long })
      new PerformanceObserver((list) =>
        long.push(...list.getEntries().map(({ duration }) => duration)),
      ).observe({
        type: 'longtask',
      })
    })
    // From a folder, as a person would: handed over by the test it would be decoded in the page.
    const folder = await temporaryFolder()
    const path = `${folder.path}/accounts.csv`
    await writeFile(path, `a_id,name,kind,phone,zip,employees\n${rows.join('')}`)
    await ada.page.getByLabel('Choose a CSV file').setInputFiles(path)
    await ada.page.getByText('50,000 rows').waitFor()
    await press('Check the file')
    await ada.page.getByText('50,000 things are wrong').waitFor()
    await ada.page.getByText('and 49,900 more').waitFor()
    await folder.remove()
    const long = await ada.page.evaluate(() => (globalThis as unknown as { long: number[] }).long)
    console.info(
      `50,000 rows: longest tasks of the page ${long
        .map(Math.round)
        .sort((a, b) => b - a)
        .slice(0, 3)} ms`,
    )
  })

  test('without a network it says what it needs, and leads on', async () => {
    await open()
    await ada.goOffline()
    await ada.page.getByText('Imports and exports need the server').waitFor()
    await ada.page.getByRole('link', { name: 'Edit workers here instead' }).waitFor()
    await axe('offline')
    await ada.goOnline()
    await ada.page.getByRole('heading', { name: 'Import a file' }).waitFor()
  })

  test('[W-06] a rep finds no such part', async () => {
    const rhea = await portal.device()
    await rhea.signIn('rhea')
    await rhea.page.goto(`${rhea.wire.url}/settings/exchange`)
    await rhea.page.getByRole('heading', { name: 'You can’t import or export' }).first().waitFor()
  })
})
