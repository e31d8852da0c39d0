import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runtimeComplaint } from '../../scripts/check-runtime.js'
import { findChromium } from '../../scripts/prepare/chromium.js'
import { oneAtATime } from '../../scripts/prepare/one-at-a-time.js'

const script = (name: string) => new URL(`../../scripts/${name}`, import.meta.url).pathname

interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

function run(file: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
}

describe('prepare', () => {
  it('says nothing at all where everything is installed, so that output can be piped', async () => {
    expect(await run(script('prepare.js'), ['ambit'])).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('refuses a mode that it does not know', async () => {
    const ended = await run(script('prepare.js'), ['everything'])
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toContain('start|test|ambit')
  })
})

describe('the Node that is needed', () => {
  it('24.7 and everything newer will do', () => {
    for (const version of ['24.7.0', '24.21.0', '25.0.0', '26.10.0'])
      expect(runtimeComplaint(version)).toBeNull()
  })

  it('anything older is told what it is, what is needed and what to do', () => {
    for (const version of ['18.19.0', '20.20.2', '24.6.9']) {
      const complaint = runtimeComplaint(version)
      expect(complaint).toContain(version)
      expect(complaint).toContain('24.7')
      expect(complaint).toContain('npm ci')
    }
  })
})

describe('the Chromium of the tests', () => {
  const exists = (present: readonly string[]) => (path: string) => present.includes(path)

  it('is the one that CHROMIUM names', () => {
    expect(findChromium({ CHROMIUM: '/opt/c' }, exists(['/opt/c', '/usr/bin/chromium']), null)).toBe('/opt/c')
  })

  it('is no other one when CHROMIUM names none', () => {
    expect(findChromium({ CHROMIUM: '/opt/c' }, exists(['/usr/bin/chromium']), null)).toBeNull()
  })

  it('is the one of the machine, before the one kept in .cache', () => {
    const present = exists(['/usr/bin/google-chrome', '/kept'])
    expect(findChromium({}, present, '/kept')).toBe('/usr/bin/google-chrome')
    expect(findChromium({}, exists(['/kept']), '/kept')).toBe('/kept')
    expect(findChromium({}, exists([]), '/kept')).toBeNull()
  })
})

describe('one at a time', () => {
  let folder = ''
  let file = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambit-lock-'))
    file = join(folder, 'a.lock')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('waits for a holder that lives, says so once, and goes on when the lock goes', () => {
    writeFileSync(file, String(process.pid))
    const said: string[] = []
    let pauses = 0
    const pause = () => {
      pauses += 1
      if (pauses === 3) rmSync(file)
    }
    const result = oneAtATime(file, () => readFileSync(file, 'utf8'), {
      pause,
      say: (line) => said.push(line),
    })
    expect(result).toBe(String(process.pid))
    expect(pauses).toBe(3)
    expect(said).toHaveLength(1)
  })

  it('takes over the lock of a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => gone.on('close', resolve))
    writeFileSync(file, String(gone.pid))
    expect(oneAtATime(file, () => 'done', { pause: () => {}, say: () => {} })).toBe('done')
  })

  it('lets go of the lock when the work throws', () => {
    const broken = () => {
      throw new Error('broken')
    }
    expect(() => oneAtATime(file, broken)).toThrow('broken')
    expect(oneAtATime(file, () => 'free')).toBe('free')
  })

  it('processes that want it together never work together', async () => {
    const worker = join(folder, 'worker.mjs')
    const log = join(folder, 'log')
    writeFileSync(
      worker,
      `import { appendFileSync } from 'node:fs'
       import { oneAtATime } from ${JSON.stringify(script('prepare/one-at-a-time.js'))}
       const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
       for (let i = 0; i < 5; i += 1) oneAtATime(${JSON.stringify(file)}, () => {
         appendFileSync(${JSON.stringify(log)}, 'in ')
         wait()
         appendFileSync(${JSON.stringify(log)}, 'out ')
       }, { pause: wait, say: () => {} })`,
    )
    const ended = await Promise.all([1, 2, 3].map(() => run(worker, [])))
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0])
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(15))
  })
})
