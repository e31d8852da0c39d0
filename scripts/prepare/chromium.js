/**
 * Where the browser of the browser tests comes from. Nothing of it is in package.json: a Chromium weighs more
 * than everything else, and most machines have one.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const cache = new URL('../../.cache/', import.meta.url)
const remembered = new URL('chromium.json', cache)

/** The last resort, from npm. Built for servers: one file, no desktop around it. */
const PACKED = '@sparticuz/chromium@147.0.0'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The path of a Chromium on this machine, or null. What the environment names comes first and is taken at its
 * word: a wrong name is null, not another browser than the one asked for.
 * @param {{ CHROMIUM?: string | undefined }} [env]
 * @param {(path: string) => boolean} [exists]
 * @param {string | null} [kept] what an earlier preparation left in .cache
 * @returns {string | null}
 */
export function findChromium(env = process.env, exists = existsSync, kept = readRemembered()) {
  if (env.CHROMIUM) return exists(env.CHROMIUM) ? env.CHROMIUM : null
  const places = kept === null ? usualPlaces : [...usualPlaces, kept]
  return places.find((path) => exists(path)) ?? null
}

/**
 * Finds a Chromium or installs one. Prints to standard error what it does.
 * @returns {string | null} null, after a sentence on what to do, when there is no way
 */
export function ensureChromium() {
  const found = findChromium()
  if (found !== null) return found
  if (process.env.CHROMIUM) {
    console.error(`CHROMIUM is ${process.env.CHROMIUM}, and there is no such file.`)
    return null
  }
  return installWithApt() ?? installPacked() ?? explain()
}

function installWithApt() {
  if (process.getuid?.() !== 0 || run('apt-get', ['--version'], 'ignore') !== 0) return null
  console.error('Installing Chromium for the browser tests, with apt-get …')
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  return findChromium()
}

function installPacked() {
  console.error(`Installing Chromium for the browser tests, ${PACKED} from npm, into .cache …`)
  const folder = new URL('chromium/', cache)
  mkdirSync(folder, { recursive: true })
  if (
    run('npm', ['install', '--prefix', folder.pathname, '--no-save', '--no-fund', '--no-audit', PACKED]) !== 0
  )
    return null
  // It unpacks itself when asked where it is. In a process of its own, since its module may not load on any Node.
  const ask = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"
  const answer = spawnSync(process.execPath, ['-e', ask], { cwd: folder, encoding: 'utf8' })
  const path = answer.status === 0 ? answer.stdout.trim() : ''
  if (path === '' || !existsSync(path)) return null
  writeFileSync(remembered, `${JSON.stringify({ path })}\n`)
  return path
}

function explain() {
  console.error(
    'The browser tests need a Chromium and none could be installed: install one (Debian: apt-get install chromium), ' +
      'or set CHROMIUM to the path of one, and run this again.',
  )
  return null
}

/** @returns {string | null} */
function readRemembered() {
  try {
    return JSON.parse(readFileSync(remembered, 'utf8')).path
  } catch {
    return null
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {'ignore' | number} output a child never prints to our standard output
 */
function run(command, args, output = 2) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: ['ignore', output, output], env }).status
}
