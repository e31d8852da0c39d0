/** Which rules and requirements the tests cite: in brackets where a title begins, or in a case's `proves`. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCaseFiles } from './case-files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The rules of core/SPEC.md, in its order. */
export function rulesOfTheSpec(): readonly string[] {
  const spec = readFileSync(`${root}core/SPEC.md`, 'utf8')
  return [...spec.matchAll(/^- \*\*([PSDL]\d+)\*\*/gmu)].map(([, rule]) => rule ?? '')
}

export function citedInTests(): ReadonlySet<string> {
  const cited = new Set(readCaseFiles().flatMap(({ cases }) => cases.flatMap(({ proves }) => proves)))
  const files = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => /\.(test|contract)\.tsx?$/u.test(name))) {
    for (const id of citedIn(readFileSync(`${root}test/${file}`, 'utf8'))) cited.add(id)
  }
  return cited
}

/** `'[P2, R-06] a deny beats…'`, `"[S9] [GATE 1] …"`, and `[R-13..R-21]` for each of them. */
export function citedIn(source: string): readonly string[] {
  const brackets = [...source.matchAll(/['"`]((?:\[[^\]\n]*\] ?)+)/gu)].map(([, inside]) => inside ?? '')
  return brackets.flatMap((inside) => {
    const ranges = [...inside.matchAll(/\b([WRGUIB])-(\d\d)\.\.(?:\1-)?(\d\d)/gu)]
    const between = ranges.flatMap(([, letter = '', from, to]) =>
      idsBetween(letter, Number(from), Number(to)),
    )
    return [...between, ...(inside.match(/\b(?:[WRGUIB]-\d\d|[PSDL]\d+)\b/gu) ?? [])]
  })
}

export function idsBetween(letter: string, from: number, to: number): readonly string[] {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => `${letter}-${String(from + index).padStart(2, '0')}`,
  )
}
