import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSources } from '../../scripts/build.js'
import { countRun } from '../../scripts/run-tests.ts'
import { firstLoad } from '../../scripts/size.ts'

describe('the build is stale when its sources are others', () => {
  let folder = ''
  const hash = () => hashOfSources(folder, ['client', 'vite.config.ts', 'not-there'])
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambit-build-'))
    mkdirSync(join(folder, 'client/app'), { recursive: true })
    writeFileSync(join(folder, 'client/app/main.tsx'), 'one')
    writeFileSync(join(folder, 'vite.config.ts'), 'two')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('not by a date, nor by what a compiler leaves there', () => {
    const before = hash()
    writeFileSync(join(folder, 'client/app/main.tsx'), 'one')
    writeFileSync(join(folder, 'client/tsconfig.tsbuildinfo'), 'new')
    writeFileSync(join(folder, 'elsewhere.ts'), 'new')
    expect(hash()).toBe(before)
  })

  it('by a changed word, a new file, and a new name', () => {
    const seen = new Set([hash()])
    writeFileSync(join(folder, 'client/app/main.tsx'), 'changed')
    seen.add(hash())
    writeFileSync(join(folder, 'client/app/more.tsx'), '')
    seen.add(hash())
    rmSync(join(folder, 'client/app/more.tsx'))
    writeFileSync(join(folder, 'client/app/other.tsx'), '')
    seen.add(hash())
    expect(seen.size).toBe(4)
  })
})

describe('the first load', () => {
  const manifest = {
    'index.html': { file: 'a/index.js', isEntry: true, imports: ['_shared'], dynamicImports: ['screen'] },
    _shared: { file: 'a/shared.js', imports: ['_deep'] },
    _deep: { file: 'a/deep.js', imports: ['_shared'] },
    screen: { file: 'a/screen.js', imports: ['_shared', '_only-screen'] },
    '_only-screen': { file: 'a/only-screen.js' },
    'font.woff2': { file: 'a/font.woff2' },
  }

  it('is the entry with all that it imports statically, each once', () => {
    expect(firstLoad(manifest)).toEqual(['a/index.js', 'a/shared.js', 'a/deep.js'])
  })

  it('is not known from a manifest with holes', () => {
    expect(() => firstLoad({ 'index.html': { file: 'a.js', isEntry: true, imports: ['_gone'] } })).toThrow(
      '_gone',
    )
  })
})

describe('a run of tests is counted', () => {
  const report = (passed: number, failed: number) => ({
    numPassedTests: passed,
    numFailedTests: failed,
  })

  it('as it says itself', () => {
    expect(countRun(report(5, 0), 0)).toEqual({ passed: 5, failed: 0 })
    expect(countRun(report(5, 2), 1)).toEqual({ passed: 5, failed: 2 })
  })

  it('with a failure at least when it ended badly, whatever it says', () => {
    expect(countRun(report(5, 0), 1)).toEqual({ passed: 5, failed: 1 })
    expect(countRun(null, 0)).toEqual({ passed: 0, failed: 1 })
  })
})
