/** One device of the bench: a Chromium with a profile on disk, and what is measured in its page. */
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { launchOptions } from '../support/chromium.ts'
import { benchPassword } from './browser-organisation.ts'

export const PATIENCE_MS = 300_000

/** Ends the browser with what `use` does. A phone's screen, as that is where the portal is used. */
export async function withDevice<T>(
  profile: string,
  use: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  try {
    context.setDefaultTimeout(PATIENCE_MS)
    return await use(context.pages()[0] ?? (await context.newPage()), context)
  } finally {
    await context.close()
  }
}

/** Seconds from pressing "Sign in" to the note in the database that all that was announced has come. */
export async function firstSync(page: Page, url: string, username: string): Promise<number> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(benchPassword)
  await page.evaluate(watchForCompleteness)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const ms = await page.evaluate(() => (globalThis as unknown as Watch).completeMs)
  await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
  return ms / 1_000
}

/** What waits in the page for its moment. */
interface Watch {
  completeMs: Promise<number>
  listMs: Promise<number>
  answerMs: Promise<number | null>
}

/** Counts from the press of the button. Opens no database that is not there yet, which would make it. */
function watchForCompleteness(): void {
  const watch = globalThis as unknown as Watch
  watch.completeMs = new Promise<void>((resolve) => {
    addEventListener('click', () => resolve(), { once: true, capture: true })
  }).then(async () => {
    const start = performance.now()
    let db: IDBDatabase | null = null
    for (let isComplete = false; !isComplete; ) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      const known = await indexedDB.databases()
      const name = known.find((database) => database.name?.startsWith('ambit-'))?.name
      if (db === null && name !== undefined) db = (await answerTo(indexedDB.open(name))) as IDBDatabase
      if (db === null) continue
      const device = await answerTo(db.transaction('device').objectStore('device').get('device'))
      isComplete = typeof (device as { syncedAt?: number | null } | undefined)?.syncedAt === 'number'
    }
    const ms = performance.now() - start
    db?.close()
    return ms
  })

  function answerTo(request: IDBRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('the request failed'))
    })
  }
}

/** The app starts offline once its worker has everything. */
export async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** Milliseconds from going to the list's address to its first rows painted and the page free to answer. */
export async function coldStart(page: Page, url: string): Promise<number> {
  await page.addInitScript(() => {
    const watch = globalThis as unknown as Watch
    watch.listMs = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        const row = document.querySelector('[data-index="0"] a b')
        if (row === null || row.textContent === '') return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0))
      })
      observer.observe(document, { childList: true, subtree: true, characterData: true })
    })
  })
  await page.goto(`${url}/crm/accounts`, { waitUntil: 'commit' })
  return await page.evaluate(() => (globalThis as unknown as Watch).listMs)
}

export async function listLength(page: Page): Promise<number> {
  return Number(await page.locator('[data-index="0"]').getAttribute('aria-setsize'))
}

/** Resolves when the search thread has read everything: a title backwards is found by its words alone. */
export async function untilSearchIsReady(page: Page): Promise<void> {
  const title = (await page.locator('[data-index="0"] a b').textContent()) ?? ''
  const field = page.getByRole('searchbox')
  await field.fill(title.split(' ').reverse().join(' '))
  await page.locator('[data-index="0"] a b').filter({ hasText: title }).waitFor()
  await field.fill('')
  await page.waitForTimeout(500)
}

/**
 * Types the words letter by letter. Milliseconds from each letter to other rows painted; letters that change nothing
 * in the list are left out.
 */
export async function typeWords(page: Page, words: readonly string[]): Promise<readonly number[]> {
  const figures: number[] = []
  await page.getByRole('searchbox').focus()
  for (const word of words) {
    for (const letter of word) {
      await page.evaluate(watchForAnswer)
      await page.keyboard.press(letter)
      const ms = await page.evaluate(() => (globalThis as unknown as Watch).answerMs)
      if (ms !== null) figures.push(ms)
    }
    await page.getByRole('searchbox').fill('')
    await page.waitForTimeout(500)
  }
  return figures
}

function watchForAnswer(): void {
  const rows = () => [...document.querySelectorAll('[data-index]')]
  const shown = () =>
    rows()
      .map((row) => `${row.getAttribute('data-key')} ${row.getAttribute('aria-setsize')}`)
      .join()
  const isWhole = () => rows().every((row) => row.querySelector('a b')?.textContent !== '')
  const before = shown()
  const watch = globalThis as unknown as Watch
  watch.answerMs = new Promise((resolve) => {
    let start = Number.NaN
    const typed = (event: Event) => {
      start = event.timeStamp
    }
    addEventListener('input', typed, { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (Number.isNaN(start) || shown() === before || !isWhole()) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start), 0))
    })
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
    setTimeout(() => resolve(null), 1_500)
  })
}
