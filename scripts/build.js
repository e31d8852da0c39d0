/**
 * Builds the client into dist/client. With `--if-stale` only when the sources are not those of the last build, which
 * is how `npm start` uses it.
 *
 * Stale is told by a hash of the sources, kept beside the build: dates change with every checkout and copy.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { oneAtATime } from './prepare/one-at-a-time.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the client is built from. */
export const sources = ['client', 'core', 'vite.config.ts', 'package-lock.json']

/**
 * One line that changes when any source does, or its name.
 * @param {string} base folder that `names` are in
 * @param {readonly string[]} names files and folders
 */
export function hashOfSources(base, names) {
  const hash = createHash('sha256')
  for (const file of names.flatMap((name) => filesUnder(base, name)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(base, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} base
 * @param {string} name
 * @returns {string[]}
 */
function filesUnder(base, name) {
  const entries = readdirSync(base, { withFileTypes: true }).filter((entry) => entry.name === name)
  if (entries[0]?.isDirectory() !== true) return entries.map((entry) => entry.name)
  return readdirSync(join(base, name), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tsbuildinfo'))
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length))
}

/** @param {boolean} onlyIfStale */
function build(onlyIfStale) {
  const stamp = join(root, 'dist/client.sources')
  const hash = hashOfSources(root, sources)
  const built = existsSync(join(root, 'dist/client/index.html'))
  if (onlyIfStale && built && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 0
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) {
    console.error(
      'The client is not built anew: vite is not installed here (`npm ci` without --omit=dev brings it).',
    )
    return onlyIfStale ? 0 : 1
  }
  console.error(built ? 'Building the client: its sources have changed …' : 'Building the client …')
  rmSync(stamp, { force: true })
  const level = onlyIfStale ? 'warn' : 'info'
  const done = spawnSync(process.execPath, [vite, 'build', '--logLevel', level], {
    cwd: root,
    stdio: 'inherit',
  })
  if (done.status !== 0) return 1
  writeFileSync(stamp, hash)
  return 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const onlyIfStale = process.argv.includes('--if-stale')
  process.exitCode = oneAtATime(join(root, '.cache/build.lock'), () => build(onlyIfStale))
}
