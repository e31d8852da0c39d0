/** The outcome as tables in README.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Tried } from './run.ts'
import type { NotThere } from './taken-out.ts'

const readme = fileURLToPath(new URL('README.md', import.meta.url))
const begin = '<!-- written by npm run rules-taken-out -- --write -->'

/** Replaces everything below the mark. */
export function writeTable(tried: readonly Tried[], notThere: readonly NotThere[]): void {
  const [head = ''] = readFileSync(readme, 'utf8').split(begin)
  const lines = [
    '| GATE | SPEC | taken out | caught by |',
    '|---|---|---|---|',
    ...tried.map(({ entry, outcome }) =>
      rowOf([
        `${entry.gate}`,
        entry.spec || '–',
        entry.what,
        outcome.type === 'caught' ? outcome.by : outcome.type,
      ]),
    ),
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
