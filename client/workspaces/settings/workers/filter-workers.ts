/** Workers found by first name, last name or username, active or disabled (W-24). */
import { foldWords } from '../../../../core/records/fold.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'

export type ActiveFilter = 'active' | 'disabled' | 'both'

/** Every word that is typed begins a word of the name or the username; case and accents do not matter. */
export function filterWorkers(rows: readonly Row[], query: string, filter: ActiveFilter): readonly Row[] {
  const typed = foldWords(query)
  return rows.filter((row) => {
    if (filter !== 'both' && (row.active === true) !== (filter === 'active')) return false
    if (typed.length === 0) return true
    const words = [row.firstName, row.lastName, row.username].flatMap((value) =>
      foldWords(String(value ?? '')),
    )
    return typed.every((start) => words.some((word) => word.startsWith(start)))
  })
}
