/** The import directions as the linter says them: each planted edge is found, with its own words. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the linter', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambit-lint-'))
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function lint(files: Record<string, string>): { status: number | null; output: string } {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const binary = join(root, 'node_modules/.bin/oxlint')
    const done = spawnSync(binary, ['--deny-warnings', '.'], { cwd: folder, encoding: 'utf8' })
    return { status: done.status, output: done.stdout + done.stderr }
  }

  const use = (specifier: string) => `import { thing } from '${specifier}'\nexport const used = thing\n`

  const forbidden: [path: string, specifier: string, words: string][] = [
    ['core/access/x.ts', '../../sync-server/y.ts', 'core must not know the server'],
    ['core/access/x.ts', '../../client/y.ts', 'core must not know the client'],
    ['core/access/x.ts', 'node:crypto', 'core is pure'],
    ['core/access/x.ts', 'yjs', 'core/documents is the only folder'],
    ['core/documents/x.ts', '../../sync-server/y.ts', 'core must not know the server'],
    ['core/documents/x.ts', 'dexie', 'core does no I/O'],
    ['client/sync/x.ts', '../../sync-server/y.ts', 'the client must not know the server'],
    ['client/sync/x.ts', 'node:fs', 'the client runs in browsers'],
    ['client/components/x.tsx', 'dexie', 'screens ask client/replica'],
    ['client/workspaces/crm/x.tsx', '../../../sync-server/y.ts', 'the client must not know the server'],
    ['sync-server/gate/x.ts', '../../client/y.ts', 'the server must not know the client'],
  ]
  it.each(forbidden)('%s may not import %s: %s', (path, specifier, words) => {
    const { status, output } = lint({ [path]: use(specifier) })
    expect(output).toContain(words)
    expect(status).toBe(1)
  })

  it('core reads no clock and rolls no dice', () => {
    const { status, output } = lint({
      'core/x.ts': 'export const now = Date.now()\nexport const dice = Math.random()\n',
    })
    expect(output).toContain('take `now: Instant` as an argument')
    expect(output).toContain('core is deterministic')
    expect(status).toBe(1)
  })

  it('has nothing to say about what is allowed', () => {
    const allowed = lint({
      'core/access/x.ts': use('../records/kind-spec.ts'),
      'core/documents/x.ts': use('yjs'),
      'client/replica/x.ts': use('dexie'),
      'client/workspaces/crm/x.tsx': use('../../../core/access/types.ts'),
      'sync-server/gate/x.ts': use('../../core/access/types.ts'),
      'sync-server/storage/x.ts': use('node:sqlite'),
    })
    expect(allowed.output).toContain('Found 0 warnings and 0 errors')
    expect(allowed.status).toBe(0)
  })
})
