/**
 * Every case as the state of a control: the product's own parts in a real Chromium, each enabled, or locked with the
 * sentence that core would say (way 4 of test/cases/README.md). One page, asked once for each organisation.
 *
 * A control is asked before anything is typed, so that a case about a value shows what may be done with some value;
 * only what is proposed for workers and groups is tried out whole, as their screens do.
 */
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchOptions } from '../support/chromium.ts'
import { type Case, readCaseFiles, readOrganisations } from '../conformance/case-files.ts'
import { organisationOf } from '../conformance/organisation.ts'
import { controlFor, expectedOf, noControl, questionsFor } from './support/conformance-controls.ts'
import { type Gallery, serveGallery } from './support/gallery.ts'
import { readControls, type Seen } from './support/read-controls.ts'

let gallery: Gallery
let browser: Browser
let page: Page
const errors: string[] = []

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await chromium.launch(launchOptions)
  // Without motion a sheet is there, and gone, at once.
  page = await browser.newPage({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${gallery.url}?view=conformance`)
  await page.getByRole('main').waitFor()
})

afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

const files = readCaseFiles()

for (const [name, file] of readOrganisations()) {
  const organisation = organisationOf(file)
  const cases = files.filter((one) => one.organisation === name).flatMap((one) => one.cases)
  const shown = cases.filter((one) => noControl(one) === null)

  describe(`in ${name}`, () => {
    let seen: ReadonlyMap<string, Seen>
    beforeAll(async () => {
      const questions = questionsFor(organisation, shown)
      await page.evaluate((detail) => {
        window.dispatchEvent(new CustomEvent('gallery-conformance', { detail }))
      }, questions as unknown)
      const wanted = shown.map((one) => controlFor(organisation, one))
      seen = new Map(await readControls(page, wanted))
    })

    test.each(shown.map((one): [string, Case] => [`[${one.proves}] ${one.description}`, one]))(
      '%s',
      (_, one) => {
        expect(seen.get(controlFor(organisation, one))).toEqual(expectedOf(organisation, one))
      },
    )

    test('no part failed', () => {
      expect(errors).toEqual([])
    })
  })
}
