/** The outcome as tables in README.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Tried } from './run.ts'
import type { NotThere, TakenOut } from './taken-out.ts'

const readme = fileURLToPath(new URL('README.md', import.meta.url))
const begin = '<!-- written by npm run rules-taken-out -- --write -->'

/** Replaces everything below the mark. What was not tried now keeps its row of before. */
export function writeTable(
  list: readonly TakenOut[],
  tried: readonly Tried[],
  notThere: readonly NotThere[],
): void {
  const [head = '', below = ''] = readFileSync(readme, 'utf8').split(begin)
  const before = below.split('\n')
  const outcomes = new Map(tried.map(({ entry, outcome }) => [entry, outcome]))
  const lines = [
    '| GATE | SPEC | taken out | caught by |',
    '|---|---|---|---|',
    ...list.map((entry) => {
      const cells = [`${entry.gate ?? '–'}`, entry.spec || '–', entry.what]
      const outcome = outcomes.get(entry)
      const known = before.find((line) => line.startsWith(rowOf(cells)))
      if (outcome === undefined) return known ?? rowOf([...cells, 'not tried'])
      return rowOf([...cells, outcome.type === 'caught' ? outcome.by : outcome.type])
    }),
    '',
    '## Not there',
    '',
    '| GATE | clause | why nothing can be taken out |',
    '|---|---|---|',
    ...notThere.map(({ gate, clause, why }) => rowOf([`${gate}`, clause, why])),
  ]
  writeFileSync(readme, `${head}${begin}\n\n${lines.join('\n')}\n`)
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
