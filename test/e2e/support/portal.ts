/**
 * A real portal for stories: `ambit serve` with the demo organisation in a process of its own, and phones on wires that
 * can be cut.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { startAmbit, temporaryFolder } from '../../support/ambit-process.ts'
import { launchOptions } from '../../support/chromium.ts'
import { layWire, type Wire } from './wire.ts'

export const phone = { width: 390, height: 844 }
export const tablet = { width: 820, height: 1180 }

export const demoPassword = 'ambit-demo-2026'

export interface Portal {
  readonly url: string
  readonly browser: Browser
  /** A device of its own: nothing is shared with another one, not even the port. */
  device(options?: DeviceOptions): Promise<TestDevice>
  close(): Promise<void>
}

export interface DeviceOptions {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** A browser of its own on this profile folder, which outlives it. */
  readonly profile?: string
  /** The wire of a device that was here before, for the same address. */
  readonly wire?: Wire
}

export interface TestDevice {
  readonly page: Page
  readonly context: BrowserContext
  readonly wire: Wire
  /** Errors of the page itself: exceptions, refused scripts. A network that is off is no error of the page. */
  readonly errors: readonly string[]
  signIn(username: string): Promise<void>
  goOffline(): Promise<void>
  goOnline(): Promise<void>
}

export async function openPortal(): Promise<Portal> {
  await buildClient()
  const folder = await temporaryFolder()
  const server = await startAmbit(['--data', `${folder.path}/data`])
  const browser = await chromium.launch(launchOptions)
  const endings: (() => Promise<unknown>)[] = []

  return {
    url: server.url,
    browser,
    async device({ viewport = phone, colorScheme = 'light', profile, wire: laid } = {}) {
      const wire = laid ?? (await layWire(server.url))
      const look = { viewport, colorScheme, reducedMotion: 'reduce' } as const
      const context =
        profile === undefined
          ? await browser.newContext(look)
          : await chromium.launchPersistentContext(profile, { ...launchOptions, ...look })
      endings.push(
        () => context.close().catch(() => {}),
        () => wire.close(),
      )
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (
          message.type() === 'error' &&
          !/net::ERR|WebSocket|Failed to load resource|when fetching the script/.test(message.text())
        )
          errors.push(message.text())
      })
      return {
        page,
        context,
        wire,
        errors,
        async signIn(username) {
          await page.goto(`${wire.url}/sign-in`)
          await page.getByLabel('Username').fill(username)
          await page.getByLabel('Password').fill(demoPassword)
          await page.getByRole('button', { name: 'Sign in', exact: true }).click()
          await page.getByRole('status').filter({ hasText: 'Merged' }).waitFor()
        },
        async goOffline() {
          wire.cut()
          await context.setOffline(true)
        },
        async goOnline() {
          wire.mend()
          await context.setOffline(false)
        },
      }
    },
    async close() {
      for (const end of endings) await end()
      await browser.close()
      await server.stop()
      await folder.remove()
    },
  }
}

/** kill -9 for every process of the browser on this profile: no handler runs, nothing is written at leisure. */
export async function killBrowser(profile: string): Promise<void> {
  await promisify(execFile)('pkill', ['-KILL', '-f', profile]).catch(() => {})
}

/** A test that is run by itself still needs the client; `npm test` has built it already. */
export async function buildClient(): Promise<void> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  if (existsSync(`${root}/dist/client/index.html`)) return
  // Vite's configuration takes another root for tests: a build among them is a build all the same.
  const { VITEST: _, ...env } = process.env
  await promisify(execFile)(process.execPath, ['scripts/build.js'], { cwd: root, env })
}
