/**
 * What this device calls itself in its worker's list of devices: "Chromium on Android". Enough to tell a phone from a
 * tablet that was left in a train, and nothing that tells one phone from all others of its make.
 */
import { DEVICE_LABEL_LENGTH_MAX } from '../../core/protocol/limits.ts'

/** The first that fits counts: most browsers name others whose pages they want to be sent. */
const browsers = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bChromium\/|\bHeadlessChrome\//, 'Chromium'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const

const systems = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
] as const

/** `touchPoints`: an iPad says that it is a Mac. */
export function deviceLabel(userAgent: string, touchPoints = 0): string {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'A browser'
  const named = systems.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = named === 'Mac' && touchPoints > 1 ? 'iPad' : named
  return (system === undefined ? browser : `${browser} on ${system}`).slice(0, DEVICE_LABEL_LENGTH_MAX)
}

/** Of the device that this runs on; a program has a label, too. */
export function ownLabel(): string {
  const here = globalThis.navigator as Navigator | undefined
  return here?.maxTouchPoints === undefined ? 'A program' : deviceLabel(here.userAgent, here.maxTouchPoints)
}
