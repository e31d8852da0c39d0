/**
 * Is what stands in node_modules what package-lock.json asks for?
 *
 * Decided by content, not by dates: a checkout or a copy changes dates, and npm writes its own lock
 * (node_modules/.package-lock.json) last, so that an install cut short has none.
 */

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, devOptional?: boolean }} Entry */
/** @typedef {{ packages?: Record<string, Entry> }} Lock */

/**
 * Why `npm ci` has to run, as words that end "Installing packages: …", or null when all is there.
 * @param {string} wantedText package-lock.json
 * @param {string | null} installedText node_modules/.package-lock.json, null when there is none
 * @param {{ withoutDev?: boolean }} [options] withoutDev: an operator's `npm ci --omit=dev` will do
 * @returns {string | null}
 */
export function installReason(wantedText, installedText, options = {}) {
  if (installedText === null) return 'there are none yet'
  const wanted = packagesOf(wantedText)
  const installed = packagesOf(installedText)
  if (wanted === null || installed === null) return 'the list of installed packages cannot be read'
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    if (found === undefined) {
      // Packages for other machines are never there; those of development may have been left out.
      if (entry.optional || entry.devOptional) continue
      if (entry.dev && options.withoutDev) continue
      return `${nameOf(path)} is missing`
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${nameOf(path)} ${found.version} is not the ${entry.version} of package-lock.json`
    }
  }
  for (const path of Object.keys(installed)) {
    if (wanted[path] === undefined) return `${nameOf(path)} is no longer wanted`
  }
  return null
}

/**
 * @param {string} text
 * @returns {Record<string, Entry> | null}
 */
function packagesOf(text) {
  try {
    const lock = /** @type {Lock} */ (JSON.parse(text))
    return lock.packages ?? null
  } catch {
    return null
  }
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
