/** Workers found by first name, last name or username, active or disabled (W-24). */
import { foldWords } from '../../../../core/records/fold.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'

export const activeFilters = ['active', 'disabled', 'both'] as const
export type ActiveFilter = (typeof activeFilters)[number]

/** Every word that is typed begins a word of the name or the username; case and accents do not matter. */
export function filterWorkers(rows: readonly Row[], query: string, filter: ActiveFilter): readonly Row[] {
  const typed = foldWords(query)
  return rows.filter((row) => fitsActive(row, filter) && beginAll(typed, [nameWords(row)]))
}

export function fitsActive(row: Row, filter: ActiveFilter): boolean {
  return filter === 'both' || (row.active === true) === (filter === 'active')
}

/** Whether every word that was typed begins one of these words. */
export function beginAll(typed: readonly string[], words: readonly (readonly string[])[]): boolean {
  return typed.every((start) => words.some((list) => list.some((word) => word.startsWith(start))))
}

/** Folded once for each row: a search over thousands folds nothing but what is typed. */
const wordsByRow = new WeakMap<Row, readonly string[]>()

export function nameWords(row: Row): readonly string[] {
  const known = wordsByRow.get(row)
  if (known !== undefined) return known
  const words = foldWords([row.firstName, row.lastName, row.username].filter(Boolean).join(' '))
  wordsByRow.set(row, words)
  return words
}
