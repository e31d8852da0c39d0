/**
 * The weight of the client's first load: fails when its JavaScript, compressed, is beyond the budget. Reads the
 * manifest of the build in dist/client; `npm run build` runs it.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { pathToFileURL } from 'node:url'

/**
 * Budget of the first load, in bytes of gzip: DESIGN 10. A phone on a weak line (1 Mbit/s) has it in 1.2 s, and the
 * largest parts (Solid, Kobalte, Dexie, Yjs, router) are about 95 kB of it.
 */
export const FIRST_LOAD_BYTES_MAX = 150_000

/** Vite's manifest: chunk by source, `imports` are other keys of it. */
export type Manifest = Record<
  string,
  { file: string; isEntry?: boolean; imports?: string[]; dynamicImports?: string[]; css?: string[] }
>

/** The JavaScript files that must arrive before anything runs: the entries and all that they import statically. */
export function firstLoad(manifest: Manifest): string[] {
  const files = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`The build's manifest imports ${key} and does not have it.`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key)
  return [...files].filter((file) => file.endsWith('.js'))
}

/** Every JavaScript file of the build, those of screens opened later too. */
function everything(manifest: Manifest): string[] {
  return [...new Set(Object.values(manifest).map((chunk) => chunk.file))].filter((file) =>
    file.endsWith('.js'),
  )
}

function report(): number {
  const folder = new URL('../dist/client/', import.meta.url)
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8')) as Manifest
  const weigh = (file: string) => ({
    file,
    bytes: gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length,
  })
  const first = firstLoad(manifest).map(weigh)
  if (first.length === 0) {
    console.error('The build has no entry: nothing to weigh.')
    return 1
  }
  for (const { file, bytes } of first.sort((a, b) => b.bytes - a.bytes)) {
    console.log(`${kilobytes(bytes).padStart(9)}  ${file}`)
  }
  const total = first.reduce((sum, { bytes }) => sum + bytes, 0)
  const all = everything(manifest)
    .map(weigh)
    .reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(
    `${kilobytes(total).padStart(9)}  first load, of ${kilobytes(FIRST_LOAD_BYTES_MAX)} at most ` +
      `(1.2 s on a weak line); ${kilobytes(all)} with every screen`,
  )
  if (total <= FIRST_LOAD_BYTES_MAX) return 0
  console.error(`The first load is ${kilobytes(total - FIRST_LOAD_BYTES_MAX)} over its budget.`)
  return 1
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = report()
