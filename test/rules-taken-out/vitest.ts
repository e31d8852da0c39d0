/** Runs tests of the copy, one vitest at a time, and reads what it reports. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestFile } from './taken-out.ts'

export interface Test {
  readonly file: string
  readonly title: string
  readonly passed: boolean
  /** The first line of what a failed one says. */
  readonly said: string
}

export interface Report {
  /** Those that ran. */
  readonly tests: readonly Test[]
  /** What went wrong outside of any test: a file that does not load, a run that does not end. Null for nothing. */
  readonly trouble: Failure | null
}

export interface Failure {
  readonly by: string
  readonly said: string
}

/** Parts of vitest's own report. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** A product without a rule may run for ever. In milliseconds. */
const RUN_MS_MAX = 180_000

/** `whole`: the files from beginning to end, whatever fails; else up to the first failure of the named tests. */
export function runTests(root: string, tests: readonly TestFile[], { whole = false } = {}): Report {
  const reports = groupsOf(tests, whole).map((args) =>
    whole ? runOnce(root, args) : runOnce(root, [...args, '--bail=1'], RUN_MS_MAX),
  )
  return {
    tests: reports.flatMap((report) => report.tests),
    trouble: reports.find(({ trouble }) => trouble !== null)?.trouble ?? null,
  }
}

/** The first failure; null when all passed. */
export function failureOf({ tests, trouble }: Report): Failure | null {
  const failed = tests.find(({ passed }) => !passed)
  return failed === undefined ? trouble : { by: `${failed.file}: ${failed.title}`, said: failed.said }
}

export function isNamed(test: Test, { file, name = '' }: TestFile): boolean {
  return test.file === file && test.title.includes(name)
}

/** One run for each file and name; where files run whole, one for each project. */
function groupsOf(tests: readonly TestFile[], whole: boolean): readonly (readonly string[])[] {
  if (!whole) {
    return tests.map(({ project = 'unit', file, name }) => [
      `--project=${project}`,
      file,
      ...(name === undefined ? [] : ['-t', name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
    ])
  }
  const projects = [...new Set(tests.map(({ project = 'unit' }) => project))]
  return projects.map((project) => [
    `--project=${project}`,
    ...new Set(tests.filter((test) => (test.project ?? 'unit') === project).map(({ file }) => file)),
  ])
}

function runOnce(root: string, args: readonly string[], timeout?: number): Report {
  const output = join(root, '.vitest-report.json')
  rmSync(output, { force: true })
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--no-file-parallelism',
      '--reporter=json',
      `--outputFile.json=${output}`,
      ...args,
    ],
    {
      cwd: root,
      encoding: 'utf8',
      timeout,
      killSignal: 'SIGKILL',
      env: process.env,
    },
  )
  const by = args.slice(1).join(' ')
  if (signal !== null) return { tests: [], trouble: { by, said: 'it does not end' } }
  const report = readReport(output)
  if (report === null) return { tests: [], trouble: { by, said: firstLine(stderr) } }
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map((test) => ({
        file: name.slice(root.length + 1),
        title: test.fullName,
        passed: test.status === 'passed',
        said: firstLine(test.failureMessages[0] ?? ''),
      })),
  )
  const unloaded = report.testResults.find(({ status, message }) => status === 'failed' && message !== '')
  const said = unloaded === undefined ? firstLine(stderr) : firstLine(unloaded.message)
  return { tests, trouble: status === 0 ? null : { by, said } }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  } catch {
    return null
  }
}
