/**
 * The client's parts in a real Chromium: what axe finds, what the keyboard reaches, what a merge may not touch.
 *
 * Runs on the gallery (client/gallery.html), served by Vite as while developing; no server, no data.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchOptions } from '../support/chromium.ts'
import { type Gallery, serveGallery } from './support/gallery.ts'

const PHONE = { width: 390, height: 844 }
const TABLET = { width: 1180, height: 820 }

let gallery: Gallery
let browser: Browser

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await chromium.launch(launchOptions)
})

afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

type Look = { viewport: { width: number; height: number }; colorScheme?: 'light' | 'dark' }

async function onGallery(query: string, look: Look, story: (page: Page) => Promise<void>): Promise<void> {
  // Without motion a sheet stands at once, and axe measures the colours that stay.
  const context: BrowserContext = await browser.newContext({ ...look, reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${gallery.url}?${query}`)
    await page.getByRole('main').waitFor()
    await story(page)
    expect(errors).toEqual([])
  } finally {
    await context.close()
  }
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`)
}

/** Colours differ by scheme, arrangement by width: each of both, for every view. */
const LOOKS = [
  { viewport: PHONE, colorScheme: 'dark' },
  { viewport: TABLET, colorScheme: 'light' },
] as const

describe('axe finds nothing', () => {
  for (const view of ['parts', 'accounts', 'accounts&open=1', 'group', 'sync&sync=offline']) {
    for (const look of LOOKS) {
      test(`on ${view}, ${look.viewport.width} wide, ${look.colorScheme}`, async () => {
        await onGallery(`view=${view}`, look, async (page) => {
          expect(await violations(page)).toEqual([])
        })
      })
    }
  }

  test('on an open sheet', async () => {
    await onGallery('view=parts', { viewport: PHONE }, async (page) => {
      await page.getByRole('button', { name: 'Open sheet' }).click()
      await page.getByRole('dialog', { name: 'Edit account' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  })
})

describe('a sheet', () => {
  test('gives the focus back to what opened it when Escape closes it', async () => {
    await onGallery('view=parts', { viewport: PHONE }, async (page) => {
      const opener = page.getByRole('button', { name: 'Open sheet' })
      await opener.click()
      const dialog = page.getByRole('dialog', { name: 'Edit account' })
      await dialog.waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
    })
  })
})

describe('a list of 19,185', () => {
  test('has the true length for screen readers and few rows in the page', async () => {
    await onGallery('view=accounts', { viewport: PHONE }, async (page) => {
      const first = page
        .getByRole('listitem')
        .filter({ has: page.getByText('A Bike Store', { exact: true }) })
      expect(await first.getAttribute('aria-setsize')).toBe('19185')
      expect(await first.getAttribute('aria-posinset')).toBe('1')
      expect(await page.locator('[data-index]').count()).toBeLessThan(60)
    })
  })

  test('moves by the arrow keys without losing one, and to its end', async () => {
    await onGallery('view=accounts', { viewport: PHONE }, async (page) => {
      const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.ariaPosInSet)
      await page.locator('[data-index="0"] a').focus()
      for (let press = 0; press < 14; press += 1) await page.keyboard.press('ArrowDown')
      expect(await focused()).toBe('15')
      await page.keyboard.press('End')
      await expect.poll(focused).toBe('19185')
    })
  })
})

describe('a field', () => {
  test('keeps what is being typed when a merge changes the stored value', async () => {
    await onGallery('view=parts', { viewport: PHONE }, async (page) => {
      const name = page.getByLabel('Name', { exact: true })
      await name.fill('Bike World & So')
      await merge(page, 'Bike World Ltd')
      expect(await name.inputValue()).toBe('Bike World & So')
    })
  })

  test('takes a merged value over while nobody types in it', async () => {
    await onGallery('view=parts', { viewport: PHONE }, async (page) => {
      await merge(page, 'Bike World Ltd')
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Bike World Ltd')
    })
  })

  test('that is locked can be reached and read but not changed, and says why', async () => {
    await onGallery('view=parts', { viewport: PHONE }, async (page) => {
      const locked = page.getByLabel('Account id')
      expect(await locked.isEditable()).toBe(false)
      await locked.focus()
      expect(await locked.evaluate((input) => input === document.activeElement)).toBe(true)
      await page.getByRole('button', { name: 'Why can’t I change this?' }).first().click()
      await page.getByText('Only a full administrator can change them here.').waitFor()
    })
  })
})

describe('three states of a feature', () => {
  test('change by the arrow keys', async () => {
    await onGallery('view=group', { viewport: TABLET }, async (page) => {
      const feature = page.getByRole('radiogroup', { name: 'Allow Account Edits' })
      await feature.getByRole('radio', { name: 'Deny' }).focus()
      await page.keyboard.press('ArrowLeft')
      expect(await feature.getByRole('radio', { name: 'Allow' }).isChecked()).toBe(true)
    })
  })

  test('stay as they are when a deny above locks them', async () => {
    await onGallery('view=group', { viewport: TABLET }, async (page) => {
      const feature = page.getByRole('radiogroup', { name: 'Impersonate customers' })
      await feature.getByRole('radio', { name: 'Deny' }).focus()
      await page.keyboard.press('ArrowLeft')
      expect(await feature.getByRole('radio', { name: 'Deny' }).isChecked()).toBe(true)
    })
  })
})

test('the sync state is the one element with role status, on a phone and on a tablet', async () => {
  for (const viewport of [PHONE, TABLET]) {
    await onGallery('view=accounts', { viewport }, async (page) => {
      expect(await page.getByRole('status').allInnerTexts()).toEqual(['3 waiting'])
    })
  }
})

async function merge(page: Page, name: string): Promise<void> {
  await page.evaluate((value) => {
    window.dispatchEvent(new CustomEvent('gallery-merge', { detail: value }))
  }, name)
}
