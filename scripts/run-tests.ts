/**
 * Everything that can fail, one step after another, and at the end one line that says how much did: `npm test`.
 *
 * A step that fails does not hide the ones after it; only the browser's stories wait for a build. `--all` adds what
 * takes long: many more seeds of the simulation, a million bent updates, many more random organisations for the permission engine.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

/** Seeds of the simulation under `--all`; the tests' own default is for every day. */
const SEEDS_MANY = '1000'

/** Bent updates that the gate is sent under `--all`. */
const MUTANTS_MANY = '1000000'

/** Random organisations under `--all`, for each of the six comparisons of the engine with the second evaluator. */
const ORGANISATIONS_MANY = '50000'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = `${root}.cache/test-reports`

export interface Count {
  passed: number
  failed: number
}

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
}

/**
 * What one run of vitest came to. A file that could not be loaded has no tests to fail, and an error outside of any
 * test fails none: so a run that ended badly counts one failure at least.
 */
export function countRun(report: VitestReport | null, exitCode: number): Count {
  if (report === null) return { passed: 0, failed: 1 }
  const failed = exitCode === 0 ? report.numFailedTests : Math.max(report.numFailedTests, 1)
  return { passed: report.numPassedTests, failed }
}

function npm(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): number {
  console.log(`\n> npm run ${[script, ...args].join(' ')}`)
  const done = spawnSync('npm', ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return done.status ?? 1
}

function vitest(script: string, env: NodeJS.ProcessEnv = {}): Count {
  const file = `${reports}/${script.replace(':', '-')}.json`
  rmSync(file, { force: true })
  const status = npm(script, ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env)
  return countRun(readReport(file), status)
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  } catch {
    return null
  }
}

function main(): number {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
  mkdirSync(reports, { recursive: true })
  const checks = ['typecheck', 'lint', 'format:check'].filter((script) => npm(script) !== 0)
  const counts = [
    vitest('test:unit', values.all ? { AMBIT_ORGANISATIONS: ORGANISATIONS_MANY } : {}),
    vitest('test:outside'),
    vitest('test:seed', values.all ? { AMBIT_SEEDS: SEEDS_MANY, AMBIT_MUTANTS: MUTANTS_MANY } : {}),
  ]
  if (npm('build') === 0) counts.push(vitest('test:browser'))
  else checks.push('build')

  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, checks.length)
  if (checks.length > 0) console.log(`\nfailed beside the tests: ${checks.join(', ')}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main()
