/** A copy of the repository as it lies there, uncommitted work included, to take rules out of. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Replacement } from './taken-out.ts'

export interface Copy {
  readonly root: string
  /** Null when it is done; else which text is not in its file exactly once. */
  replace(replacements: readonly Replacement[]): string | null
  restore(): void
  remove(): void
}

export function makeCopy(root: string): Copy {
  const copy = mkdtempSync(join(tmpdir(), 'rules-taken-out-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of listed.split('\0'))
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(copy, file))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const originals = new Map<string, string>()
  return {
    root: copy,
    replace(replacements) {
      for (const { file, find, replace } of replacements) {
        const path = join(copy, file)
        const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
        const found = text.split(find).length - 1
        if (found !== 1) return `${file} holds ${found} times: ${find}`
        if (!originals.has(path)) originals.set(path, text)
        writeFileSync(
          path,
          text.replace(find, () => replace),
        )
      }
      return null
    },
    restore() {
      for (const [path, text] of originals) writeFileSync(path, text)
      originals.clear()
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  }
}
