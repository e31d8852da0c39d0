/**
 * Takes one rule after another out of a copy of the repository, and says which test notices: `npm run rules-taken-out`,
 * or `npm run rules-taken-out -- 7 19 'the username'` for some rules only, by number, by rule (`P31`) or by words of what is taken out.
 * `--write` writes what came of it into the tables of README.md.
 *
 * Ends with 1 when a rule can be taken out and no test fails, when a text of the list is no longer found, or when a
 * rule is in neither table.
 */
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { type Copy, makeCopy } from './copy.ts'
import { notThere, takenOut } from './list.ts'
import { writeTable } from './table.ts'
import { RULES, type TakenOut } from './taken-out.ts'
import { type Failure, failureOf, isNamed, type Report, runTests } from './vitest.ts'

export type Outcome =
  | ({ readonly type: 'caught' } & Failure)
  | { readonly type: 'survived' }
  | { readonly type: 'stale'; readonly why: string }

export interface Tried {
  readonly entry: TakenOut
  readonly outcome: Outcome
}

const root = fileURLToPath(new URL('../..', import.meta.url))

function main(): number {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const isAll = positionals.length === 0
  const entries = takenOut.filter(
    ({ gate, spec, what }) =>
      isAll ||
      positionals.some((asked) =>
        /^\d+$/.test(asked)
          ? Number(asked) === gate
          : spec.split(', ').includes(asked) || what.includes(asked),
      ),
  )

  const copy = makeCopy(root)
  try {
    const untouched = runTests(
      copy.root,
      entries.flatMap((entry) => entry.tests),
      { whole: true },
    )
    const failing = failureOf(untouched)
    if (failing !== null) {
      console.error(`Not even untouched: ${failing.by}`)
      return 1
    }
    const tried = entries.map((entry): Tried => {
      const outcome = tryOut(copy, entry, untouched)
      console.log(lineOf(entry, outcome))
      return { entry, outcome }
    })
    const uncovered = isAll ? rulesInNeitherTable() : []
    for (const rule of uncovered) console.log(`GATE ${rule}: in neither table`)
    console.log(`\n${summaryOf(tried)}`)
    const isGood = uncovered.length === 0 && tried.every(({ outcome }) => outcome.type === 'caught')
    if (values.write && isGood) writeTable(takenOut, tried, notThere)
    return isGood ? 0 : 1
  } finally {
    copy.remove()
  }
}

function tryOut(copy: Copy, { replacements, tests }: TakenOut, untouched: Report): Outcome {
  const missing = tests.find((test) => !untouched.tests.some((run) => isNamed(run, test)))
  if (missing !== undefined)
    return { type: 'stale', why: `${missing.file} has no test “${missing.name ?? ''}”` }
  const stale = copy.replace(replacements)
  try {
    if (stale !== null) return { type: 'stale', why: stale }
    const failure = failureOf(runTests(copy.root, tests))
    if (failure === null) return { type: 'survived' }
    // What no longer runs proves nothing.
    return doesNotRun.test(failure.said)
      ? { type: 'stale', why: `it does not run: ${failure.said}` }
      : { type: 'caught', ...failure }
  } finally {
    copy.restore()
  }
}

const doesNotRun = /^(Transform failed|SyntaxError|ReferenceError|Error: Transform failed|Failed to parse)/

function rulesInNeitherTable(): readonly number[] {
  const known = new Set([...takenOut, ...notThere].map(({ gate }) => gate))
  return Array.from({ length: RULES }, (_, index) => index + 1).filter((rule) => !known.has(rule))
}

function lineOf({ gate, spec, what }: TakenOut, outcome: Outcome): string {
  const said = { caught: 'caught  ', survived: 'SURVIVED', stale: 'STALE   ' }[outcome.type]
  const lines = [`${said} ${gate === null ? spec : `GATE ${gate}`}: ${what}`]
  if (outcome.type === 'caught') lines.push(outcome.by, outcome.said)
  if (outcome.type === 'stale') lines.push(outcome.why)
  return lines.join('\n           ')
}

function summaryOf(tried: readonly Tried[]): string {
  const count = (type: Outcome['type']) => tried.filter(({ outcome }) => outcome.type === type).length
  return `${tried.length} taken out: ${count('caught')} caught, ${count('survived')} survived, ${count('stale')} stale`
}

process.exitCode = main()
