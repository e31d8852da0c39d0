/** The text under which a record is found: its title and every searched field, folded into words. */
import { foldText, foldWords } from './fold.ts'
import type { KindSpec, Row } from './kind-spec.ts'

export function searchWords(spec: KindSpec, row: Row): string[] {
  const values = Object.entries(spec.fields)
    .filter(([, field]) => field.searched)
    .flatMap(([name]) => row[name] ?? [])
  return [...new Set([spec.title(row), ...values].flatMap((value) => foldWords(String(value))))]
}

/** Lists are sorted by this. */
export function sortTitle(spec: KindSpec, row: Row): string {
  return foldText(spec.title(row))
}
