/**
 * Which file imports what, and which of that is against the direction of the tree. Works on texts, so that a test can
 * plant an edge and see it found.
 */
import { posix } from 'node:path'

export interface SourceFile {
  /** From the repository's root: `core/access/decide.ts`. */
  readonly path: string
  readonly text: string
}

const packagesOfCore = ['yjs', 'lib0', 'valibot', 'papaparse']

const folderRules: readonly { from: RegExp; to: RegExp; reason: string }[] = [
  { from: /^core\//, to: /^sync-server\//, reason: 'core must not know the server' },
  { from: /^core\//, to: /^client\//, reason: 'core must not know the client' },
  { from: /^core\//, to: /^node:/, reason: 'core is pure, it must not know Node' },
  { from: /^client\//, to: /^sync-server\//, reason: 'the client must not know the server' },
  { from: /^client\//, to: /^node:/, reason: 'the client runs in browsers, it must not know Node' },
  { from: /^sync-server\//, to: /^client\//, reason: 'the server must not know the client' },
  {
    from: /^(core|client|sync-server)\//,
    to: /^(test|scripts)\//,
    reason: 'what is shipped must not know its tests',
  },
  {
    from: /^core\/(?!documents\/)/,
    to: /^(yjs|y-protocols)(\/|$)/,
    reason: 'core/documents is the only folder of core that knows Yjs',
  },
]

/** A sentence for each forbidden edge, in the order of the files. */
export function forbiddenEdges(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) =>
    importsOf(text).flatMap((specifier) => {
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
      const reason = complaint(path, target, !specifier.startsWith('.'))
      return reason === null ? [] : [`${path} imports ${target}: ${reason}`]
    }),
  )
}

function complaint(path: string, target: string, isPackage: boolean): string | null {
  const rule = folderRules.find(({ from, to }) => from.test(path) && to.test(target))
  if (rule !== undefined) return rule.reason
  if (isPackage && path.startsWith('core/') && !packagesOfCore.includes(target.split('/')[0] ?? '')) {
    return `core uses no packages but ${packagesOfCore.join(', ')}`
  }
  return null
}

/** The specifiers of a module's static, re-exporting, dynamic and type imports. */
export function importsOf(text: string): string[] {
  // Comments start after a blank here: `**/*.ts` in a string starts none.
  const code = text.replaceAll(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
  const statements = code.matchAll(/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm)
  const effects = code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)
  const calls = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)
  return [...statements, ...effects, ...calls].map((match) => match[1] ?? '')
}
