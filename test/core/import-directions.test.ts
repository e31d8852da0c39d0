/**
 * client > core < sync-server, read off the import statements themselves. The same is said by core's tsconfig and by
 * the lint rules; this one also knows which packages core may use.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { forbiddenEdges, type SourceFile } from '../support/import-edges.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((path) => ({ path: path.slice(root.length), text: readFileSync(path, 'utf8') }))
}

describe('import directions of the tree', () => {
  for (const folder of ['core', 'client', 'sync-server']) {
    it(`${folder} imports only what it may know`, () => {
      const sources = sourcesOf(folder)
      expect(sources.length).toBeGreaterThan(5)
      expect(forbiddenEdges(sources)).toEqual([])
    })
  }
})

describe('a planted edge is found', () => {
  const edges = (path: string, text: string) => forbiddenEdges([{ path, text }])

  it('from core to the server, with the reason', () => {
    expect(edges('core/access/x.ts', "import { y } from '../../sync-server/gate/y.ts'")).toEqual([
      'core/access/x.ts imports sync-server/gate/y.ts: core must not know the server',
    ])
  })

  it('between client and server, either way', () => {
    expect(edges('client/sync/x.ts', "import '../../sync-server/y.ts'")[0]).toContain(
      'must not know the server',
    )
    expect(edges('sync-server/x.ts', "import '../client/y.ts'")[0]).toContain('must not know the client')
    expect(edges('sync-server/link/x.ts', "import '../../core/y.ts'")).toEqual([])
    expect(edges('client/sync/x.ts', "import '../../core/y.ts'")).toEqual([])
  })

  it('however it is written: type, export, over several lines, dynamic', () => {
    const spellings = [
      "import type { y } from '../sync-server/y.ts'",
      'import { y } from "../sync-server/y.ts"',
      "export * from '../sync-server/y.ts'",
      "export { y as z } from '../sync-server/y.ts'",
      "import {\n  a,\n  b,\n} from '../sync-server/y.ts'",
      "const y = await import('../sync-server/y.ts')",
      "type Y = import('../sync-server/y.ts').Y",
    ]
    for (const text of spellings) expect(edges('core/x.ts', text), text).toHaveLength(1)
  })

  it('but not in a comment or in words', () => {
    const text =
      "// import '../sync-server/y.ts'\n/** import x from 'node:fs' */\nconst words = 'it came from there'"
    expect(edges('core/x.ts', text)).toEqual([])
  })

  it('to Node and to packages that core does not use, and not to those that it does', () => {
    for (const name of ['node:fs', 'dexie', 'solid-js', 'ws', 'y-websocket', 'hono']) {
      expect(edges('core/match/x.ts', `import '${name}'`), name).toHaveLength(1)
    }
    for (const name of ['valibot', 'lib0/encoding', 'papaparse']) {
      expect(edges('core/match/x.ts', `import '${name}'`), name).toEqual([])
    }
  })

  it('to Yjs from core, outside core/documents', () => {
    expect(edges('core/access/x.ts', "import * as Y from 'yjs'")).toEqual([
      'core/access/x.ts imports yjs: core/documents is the only folder of core that knows Yjs',
    ])
    expect(edges('core/documents/x.ts', "import * as Y from 'yjs'")).toEqual([])
  })

  it('from anything shipped to the tests', () => {
    expect(edges('sync-server/x.ts', "import '../test/support/y.ts'")[0]).toContain('tests')
  })
})
