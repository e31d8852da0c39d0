/**
 * Makes a fresh clone ready for `npm start`, `npm test` or `npm run ambit`: installs packages when they are not those
 * of package-lock.json and, for tests, a Chromium when the machine has none. Says nothing when all is there.
 *
 * Built-ins only and nothing newer than Node 18: it runs before there is anything else, on the machine's own Node.
 * Standard output belongs to the command that follows, so every word goes to standard error. In package.json `hash -r`
 * follows it, because the shell remembers where it found `node`, and by then there is a newer one in node_modules/.bin.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './prepare/chromium.js'
import { installReason } from './prepare/installed.js'
import { oneAtATime } from './prepare/one-at-a-time.js'

const modes = ['start', 'test', 'ambit']
const root = fileURLToPath(new URL('..', import.meta.url))
const mode = process.argv[2] ?? ''
if (!modes.includes(mode)) {
  console.error(`usage: node scripts/prepare.js ${modes.join('|')}`)
  process.exit(2)
}

const ready =
  (reason() === null || oneAtATime(join(root, '.cache/prepare.lock'), install)) &&
  (mode !== 'test' || oneAtATime(join(root, '.cache/prepare.lock'), ensureChromium) !== null)
process.exit(ready ? 0 : 1)

/** Asked again once alone: whoever was at it before may have done the work. */
function install() {
  const why = reason()
  if (why === null) return true
  console.error(`Installing packages: ${why} …`)
  const began = Date.now()
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: pathWithoutModules() },
  })
  if (done.status !== 0) {
    console.error('`npm ci` failed; what it said stands above. Is the npm registry within reach?')
    return false
  }
  console.error(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
  return true
}

function reason() {
  const installed = join(root, 'node_modules/.package-lock.json')
  return installReason(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
    existsSync(installed) ? readFileSync(installed, 'utf8') : null,
    {
      withoutDev: mode === 'ambit' || (mode === 'start' && existsSync(join(root, 'dist/client/index.html'))),
    },
  )
}

/** npm must not run on the Node that it is about to delete. */
function pathWithoutModules() {
  const path = process.env.PATH ?? ''
  return path
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter)
}
