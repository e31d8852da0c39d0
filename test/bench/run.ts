/**
 * The budgets of DESIGN 10, measured: `npm run bench`, or some of them: `npm run bench -- gate decide`.
 *
 *   --rounds N      measured rounds of each side (7)
 *   --accounts N    accounts among which a rep's are found (200000; the budget names 1000000)
 *   --records N     records of the larger device that comes back (100000)
 *
 * Figures of a busy machine mean little; ratios taken in turns mean something. What the machine did is printed first:
 * the same piece of arithmetic again and again, and how much its time varied.
 */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { arithmetic, spreadOf, timeOf } from './measure.ts'
import { printLines } from './print-lines.ts'

const benches: Readonly<Record<string, () => Promise<{ readonly bench: Bench }>>> = {
  gate: () => import('./gate.ts'),
  'end-to-end': () => import('./end-to-end.ts'),
  decide: () => import('./decide.ts'),
  rights: () => import('./rights.ts'),
  memory: () => import('./memory.ts'),
  'server-memory': () => import('./server-memory.ts'),
  'dry-run': () => import('./dry-run.ts'),
  'group-change': () => import('./group-change.ts'),
  visible: () => import('./visible.ts'),
  import: () => import('./import.ts'),
  'coming-back': () => import('./coming-back.ts'),
  browser: () => import('./browser.ts'),
  workers: () => import('./browser-workers.ts'),
}

const wholeNumber = (text: string): number => {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${text} is no number of anything`)
  return number
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      accounts: { type: 'string', default: '200000' },
      records: { type: 'string', default: '100000' },
    },
  })
  const unknown = positionals.filter((name) => !(name in benches))
  if (unknown.length > 0)
    throw new Error(`no bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`)

  printMachine()
  for (const [name, load] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const { bench } = await load()
    console.log(`\n${name}: ${bench.title}`)
    const lines = await bench.run({
      rounds: wholeNumber(values.rounds),
      accounts: wholeNumber(values.accounts),
      records: wholeNumber(values.records),
      note: (text) => console.log(`  ${text}`),
    })
    printLines(lines)
  }
  console.log(`\nload after: ${loadText()}`)
}

function printMachine(): void {
  const noise = spreadOf(Array.from({ length: 15 }, () => timeOf(() => arithmetic(10_000_000))))
  const [cpu] = cpus()
  console.log(
    `node ${process.version}, ${availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), `,
  )
  console.log(`${Math.round(totalmem() / 2 ** 30)} GiB of memory, load before: ${loadText()}`)
  console.log(
    `noise: the same work took ${noise.median.toFixed(1)} ms, ${noise.min.toFixed(1)} - ${noise.max.toFixed(1)}`,
  )
  console.log('figures are medians (least - greatest)')
}

const loadText = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
