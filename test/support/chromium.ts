/**
 * The Chromium that tests drive, and how to start it. `npm test` has found or installed one before
 * (scripts/prepare.js); CHROMIUM names another.
 */
import { findChromium } from '../../scripts/prepare/chromium.js'

const found = findChromium()
if (found === null) {
  throw new Error('No Chromium for the browser tests: run `node scripts/prepare.js test`, or set CHROMIUM.')
}

export const executablePath: string = found

/** Quiet and alone: no sandbox (tests run as root in containers), no look-ups of hosts outside. */
export const args: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--metrics-recording-only',
]

/** For `chromium.launch(launchOptions)` of playwright-core. */
export const launchOptions = { executablePath, headless: true, args: [...args] }
