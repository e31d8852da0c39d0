/** The list of rules taken out is about the code there is: a text that moved is found before anybody runs the list. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { notThere, takenOut } from './list.ts'
import { RULES } from './taken-out.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('every text of the list stands exactly once in its file', () => {
  const moved = takenOut.flatMap(({ gate, spec, what, replacements }) =>
    replacements
      .filter(({ file, find }) => readFileSync(`${root}${file}`, 'utf8').split(find).length !== 2)
      .map(({ file }) => `GATE ${gate ?? '–'} ${spec}, ${file}: ${what}`),
  )
  expect(moved).toEqual([])
})

test('every rule is taken out, or it is said why it has no code', () => {
  const told = new Set([...takenOut, ...notThere].map(({ gate }) => gate))
  expect(Array.from({ length: RULES }, (_, n) => n + 1).filter((rule) => !told.has(rule))).toEqual([])
})
