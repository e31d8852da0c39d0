/**
 * Stops early, with one sentence, on a Node that is too old. Without it the first `.ts` file dies of
 * ERR_UNKNOWN_FILE_EXTENSION, which tells nobody what to do. Plain JavaScript: it has to run on the old one.
 */
import { pathToFileURL } from 'node:url'

/** node:sqlite without a flag, TypeScript without a build, and argon2id in node:crypto. */
export const NODE_NEEDED = '24.7'

/**
 * The sentence to print, or null when this Node will do.
 * @param {string} version as in `process.versions.node`
 */
export function runtimeComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NODE_NEEDED.split('.').map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null
  return (
    `Ambit needs Node ${NODE_NEEDED} or newer and this is ${version}: run it through npm, which uses the Node in ` +
    'node_modules after `npm ci`, or, where npm has none for this machine, install Node 24.'
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const complaint = runtimeComplaint(process.versions.node)
  if (complaint !== null) {
    console.error(complaint)
    process.exit(1)
  }
}
