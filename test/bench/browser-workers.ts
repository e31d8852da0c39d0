/**
 * 10,000 workers in 200 groups on an administrator's device: searching, scrolling and ordering them, and changing many at
 * once (W-24). A real Chromium against `ambit serve`; the organisation is made up and brought in by the command line.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { runAmbit, startAmbit } from '../support/ambit-process.ts'
import type { Bench, Line } from './bench.ts'
import { firstSync, untilInstalled, withDevice } from './browser-device.ts'
import { benchPassword } from './browser-organisation.ts'
import { atMost, spreadOf } from './measure.ts'
import { withFolder } from './with-folder.ts'

const WORKERS = 10_000
const GROUPS = 200
const CHANGED = 300

const firstNames = ['Oda', 'Ash', 'Elmar', 'Bircan', 'Cedra', 'Mappel', 'Willow', 'Hazel', 'Rowan', 'Juna']
const lastNames = ['Lind', 'Marsh', 'Okafor', 'Dahl', 'Keel', 'Norling', 'Fenwick', 'Hale', 'Selwyn', 'Moss']
const typed = ['oda', 'lind', 'rowan', 'w5431', 'r77', 'okafor']

export const bench: Bench = {
  title: `${WORKERS.toLocaleString('en-GB')} workers in a list, in Chromium`,
  run: ({ note }) =>
    withFolder(async (folder) => {
      const data = ['--data', join(folder, 'data')]
      await writeOrganisation(join(folder, 'source'))
      await ambit(['init', ...data, '--admin', 'ada'])
      await ambit(['import', join(folder, 'source'), ...data])
      const server = await startAmbit(data)
      try {
        return await withDevice(join(folder, 'device'), async (page) => {
          note(`first sync: ${(await firstSync(page, server.url, 'ada')).toFixed(1)} s`)
          await untilInstalled(page)
          page.setDefaultTimeout(60_000)
          const phone = await onPhone(page, server.url)
          note('the phone is done')
          return [...phone, ...(await onTablet(page, server.url, note))]
        })
      } finally {
        await server.stop()
      }
    }),
}

async function onPhone(page: Page, url: string): Promise<readonly Line[]> {
  await open(page, url, { width: 390, height: 844 })
  const letters = await typeWords(page)
  return [searchLine('on a phone', letters), scrollLine('on a phone', await scroll(page))]
}

async function onTablet(page: Page, url: string, note: (text: string) => void): Promise<readonly Line[]> {
  await open(page, url, { width: 820, height: 1180 })
  const letters = await typeWords(page)
  const frames = await scroll(page)
  note('the table is searched and scrolled')
  const sorted = await until(
    page,
    () => page.getByRole('button', { name: 'Username' }).click(),
    () => document.querySelector('th[aria-sort="ascending"]')?.textContent?.includes('Username') === true,
  )
  const rights = await until(
    page,
    () => page.getByRole('button', { name: 'Rights' }).click(),
    () => {
      const cells = [...document.querySelectorAll('[data-index] td:nth-child(7)')].map(
        (cell) => cell.textContent,
      )
      return cells.length > 5 && cells.every((text) => text !== '')
    },
  )
  note('the table is ordered')
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  return [
    searchLine('as a table', letters),
    scrollLine('as a table', frames),
    figure('another order', sorted),
    figure('ordered by rights, all of them counted', rights),
    ...(await bulk(page)),
  ]
}

/** From the press that proposes to the review, and from "Save" to its end. */
async function bulk(page: Page): Promise<readonly Line[]> {
  await page.getByRole('searchbox').fill('')
  const boxes = page.getByRole('checkbox', { name: /^Select / })
  // Not the first: nobody changes their own access.
  await boxes.nth(2).click()
  await page
    .locator('[class*="scroller"]')
    .last()
    .evaluate((element, top) => element.scrollTo({ top }), CHANGED * 52)
  const last = page.locator(`[data-index="${CHANGED}"]`).getByRole('checkbox')
  await last.click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Add to group' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Worker group').click()
  await page.getByRole('button', { name: /^Group 7\b/ }).click()
  const review = await until(
    page,
    () => dialog.getByRole('button', { name: 'See what it does' }).click(),
    () => document.querySelector('[role="dialog"]')?.textContent?.includes('Before you save') === true,
  )
  const start = performance.now()
  await dialog.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('Saved on this device').waitFor()
  const saved = performance.now() - start
  const all = await until(
    page,
    () => page.getByRole('checkbox', { name: 'Select all' }).click(),
    () => document.body.textContent?.includes('10,0') === true,
  )
  await page.getByRole('button', { name: 'More actions' }).click()
  const everybody = await until(
    page,
    () => page.getByRole('button', { name: 'Disable', exact: true }).click(),
    () => document.querySelector('[role="dialog"]')?.textContent?.includes('Before you save') === true,
  )
  return [
    figure(`the review of ${CHANGED} workers`, review),
    figure(`${CHANGED} workers saved on the device`, saved),
    figure('all of them chosen', all),
    figure('the review of all of them', everybody),
  ]
}

function figure(what: string, ms: number): Line {
  return { what, unit: 'ms', ours: spreadOf([ms]), peer: null, budgets: [] }
}

function searchLine(where: string, letters: readonly number[]): Line {
  return {
    what: `search ${where}: from a letter to its rows, ${letters.length} letters`,
    unit: 'ms',
    ours: spreadOf(letters),
    peer: null,
    budgets: [atMost(50, '50 ms')],
  }
}

function scrollLine(where: string, frames: readonly number[]): Line {
  return { what: `scrolled ${where}: a frame`, unit: 'ms', ours: spreadOf(frames), peer: null, budgets: [] }
}

async function open(page: Page, url: string, viewport: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(viewport)
  await page.goto(`${url}/settings/workers`)
  await page.locator('[data-index="0"] a').waitFor()
  await page.waitForTimeout(1_500)
}

/** Milliseconds from each letter to other rows painted; letters that change nothing are left out. */
async function typeWords(page: Page): Promise<readonly number[]> {
  const figures: number[] = []
  for (const word of typed) {
    await page.getByRole('searchbox').fill('')
    await page.waitForTimeout(700)
    await page.getByRole('searchbox').focus()
    for (const letter of word) {
      await page.evaluate(watchForAnswer)
      await page.keyboard.press(letter)
      const ms = await page.evaluate(() => (globalThis as unknown as Watch).answer)
      if (ms !== null) figures.push(ms)
    }
  }
  await page.getByRole('searchbox').fill('')
  await page.waitForTimeout(700)
  return figures
}

interface Watch {
  answer: Promise<number | null>
}

function watchForAnswer(): void {
  const list = () => document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount')
  const shown = () =>
    [...document.querySelectorAll('[data-index] a')].map((link) => link.getAttribute('href')).join() + list()
  const before = shown()
  ;(globalThis as unknown as Watch).answer = new Promise((resolve) => {
    let start = Number.NaN
    addEventListener('input', (event) => (start = event.timeStamp), { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (Number.isNaN(start) || shown() === before) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start), 0))
    })
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
    setTimeout(() => resolve(null), 1_000)
  })
}

/** Milliseconds of each frame while the list is scrolled, 400 px at a time. */
async function scroll(page: Page): Promise<readonly number[]> {
  return await page.evaluate(async () => {
    const row = document.querySelector('[data-index]')
    let scroller = row?.parentElement ?? null
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight)
      scroller = scroller.parentElement
    const frames: number[] = []
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    let last = await frame()
    for (let step = 0; step < 150; step++) {
      if (scroller !== null) scroller.scrollTop += 400
      const now = await frame()
      frames.push(now - last)
      last = now
    }
    scroller?.scrollTo({ top: 0 })
    return frames
  })
}

/** Milliseconds from a press until the page says so, and has painted it. */
async function until(page: Page, press: () => Promise<unknown>, isDone: () => boolean): Promise<number> {
  const start = performance.now()
  await press()
  await page.waitForFunction(isDone, undefined, { polling: 'raf' })
  return performance.now() - start
}

async function ambit(args: readonly string[]): Promise<void> {
  const done = await runAmbit(args, { env: { AMBIT_ADMIN_PASSWORD: benchPassword } })
  if (done.code !== 0) throw new Error(`ambit ${args[0]}: ${done.stderr}`)
}

async function writeOrganisation(folder: string): Promise<void> {
  await mkdir(folder)
  const groups = Array.from(
    { length: GROUPS },
    (_, n) =>
      `g${n},Group ${n},user,${n % 5 === 0 ? 'organization' : `g${n - 1}`},1,crm.orders.view=${n % 7 === 3 ? 'deny' : 'allow'}`,
  )
  const workers = Array.from({ length: WORKERS }, (_, n) => {
    const [first, last] = [firstNames[n % 10], lastNames[(n >> 3) % 10]]
    return `w${n},${first},${last} ${n},R${n % 500},account_manager,rep,g${n % GROUPS},1`
  })
  await writeFile(
    join(folder, 'groups.csv'),
    ['code,name,type,parent_code,enabled,features', ...groups, ''].join('\n'),
  )
  await writeFile(
    join(folder, 'workers.csv'),
    [
      'username,c_f_nm,c_l_nm,authorized_rep_codes,user_type,accounts_query_type,groups,active',
      ...workers,
      '',
    ].join('\n'),
  )
}
