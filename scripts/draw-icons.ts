/**
 * Draws the icons of the installed app from client/public/icon.svg, by hand after a change of the mark:
 * `npm run icons`. The maskable one fills its square: launchers cut it to their own shape, and keep the middle 80 %.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { findChromium } from './prepare/chromium.js'

const folder = new URL('../client/public/', import.meta.url)
const svg = readFileSync(new URL('icon.svg', folder), 'utf8')
const square = svg.replace('rx="5.5"', '')

const pictures = [
  { file: 'icon-192.png', size: 192, drawing: svg, scale: 1 },
  { file: 'icon-512.png', size: 512, drawing: svg, scale: 1 },
  { file: 'icon-maskable-512.png', size: 512, drawing: square, scale: 0.84 },
  { file: 'apple-touch-icon.png', size: 180, drawing: square, scale: 0.9 },
]

const executablePath = findChromium()
if (executablePath === null) throw new Error('No Chromium to draw with: set CHROMIUM to the path of one.')
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking'],
})
try {
  for (const { file, size, drawing, scale } of pictures) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const ground = scale === 1 ? 'transparent' : '#fbfaf7'
    await page.setContent(
      `<body style="margin:0;background:${ground};display:grid;place-content:center;height:100vh">` +
        `<div style="width:${size * scale}px;height:${size * scale}px">${drawing}</div></body>`,
    )
    writeFileSync(new URL(file, folder), await page.screenshot({ omitBackground: true }))
    await page.close()
  }
} finally {
  await browser.close()
}
