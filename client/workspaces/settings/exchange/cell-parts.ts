/** A cell with several entries, as what goes and what comes: nobody compares two lists of rights by eye. */
import { fileMaps } from '../../../../core/exchange/columns/all.ts'
import type { FileKind } from '../../../../core/exchange/kinds.ts'
import { readList } from '../../../../core/exchange/lists.ts'
import type { ChangedCell } from './report.ts'

export interface CellParts {
  readonly gone: readonly string[]
  readonly come: readonly string[]
  readonly staying: number
}

const lists: ReadonlySet<string> = new Set(['list', 'features', 'states', 'memberships', 'references'])

/** Null for a cell that holds one value. */
export function cellParts(file: FileKind, { column, old, new: now }: ChangedCell): CellParts | null {
  const type = fileMaps[file].columns.find(({ name }) => name === column)?.type
  if (type === undefined || !lists.has(type.type)) return null
  const commas = 'commas' in type && type.commas === true
  const [before, after] = [readList(old, commas), readList(now, commas)]
  const gone = before.filter((entry) => !after.includes(entry))
  return {
    gone,
    come: after.filter((entry) => !before.includes(entry)),
    staying: before.length - gone.length,
  }
}
