/**
 * Which column of ours each column of a file is, as far as names tell: the same name, then what sounds like the name or the
 * label ("First name" is c_f_nm). What is left is for a person to decide; nothing is left out by itself but what R-26
 * brings and nothing here is for.
 */
import { foldChoice } from '../../../../core/exchange/column.ts'
import {
  columnsOfFile,
  keyColumnOf,
  type NamedColumn,
  whyHomeless,
} from '../../../../core/exchange/file-columns.ts'
import { type FileKind, fileKinds } from '../../../../core/exchange/kinds.ts'
import { foldHeader } from '../../../../core/exchange/read-header.ts'

/** In place of a column's name: nothing is imported of it. No column is called so. */
export const LEAVE = '-'

/** For each column of the file: one of ours, LEAVE, or null while nobody has decided. */
export type Mapping = readonly (string | null)[]

/** Share of letter pairs in common from which two names are taken for the same. "e-mail address" and "E-mail" are not. */
const ALIKE = 0.72

export function proposeMapping(header: readonly string[], file: FileKind): Mapping {
  const ours = columnsOfFile(file)
  const mapping: (string | null)[] = header.map(() => null)
  const free = new Set(ours)
  const assign = (which: (cell: string, column: NamedColumn) => boolean) => {
    for (const [index, cell] of header.entries()) {
      if (mapping[index] !== null) continue
      const found = [...free].find((column) => which(cell, column))
      if (found === undefined) continue
      mapping[index] = found.name
      free.delete(found)
    }
  }
  assign((cell, { name }) => foldHeader(cell) === name)
  for (const [index, cell] of header.entries())
    if (mapping[index] === null && whyHomeless(file, cell) !== null) mapping[index] = LEAVE
  assign((cell, { name, label }) => folds(cell, name) || folds(cell, label))
  assign((cell, { name, label }) => likeness(cell, name) >= ALIKE || likeness(cell, label) >= ALIKE)
  return mapping
}

/** The file that knows most of these columns; null where none finds even the one that rows are matched on. */
export function fileByHeader(header: readonly string[]): FileKind | null {
  let best: FileKind | null = null
  let most = 0
  for (const file of fileKinds) {
    const mapping = proposeMapping(header, file)
    if (!mapping.includes(keyColumnOf(file))) continue
    // The very name says more than one that sounds like it: `group` is no `groups`.
    const known = mapping.map((target, index) =>
      target === null || target === LEAVE ? 0 : foldHeader(header[index] ?? '') === target ? 2 : 1,
    )
    const sum = known.reduce<number>((total, points) => total + points, 0)
    if (sum > most) [best, most] = [file, sum]
  }
  return best
}

/** The header as it is sent: ours where mapped; what is left out keeps a name that no other column has. */
export function namesToSend(
  header: readonly string[],
  mapping: Mapping,
): { readonly names: readonly string[]; readonly ignore: readonly string[] } {
  const names = header.map((_, index) => {
    const target = mapping[index] ?? LEAVE
    return target === LEAVE ? `left out ${index + 1}` : target
  })
  return { names, ignore: names.filter((_, index) => (mapping[index] ?? LEAVE) === LEAVE) }
}

function folds(cell: string, name: string): boolean {
  const folded = foldChoice(cell)
  return folded !== '' && folded === foldChoice(name)
}

/** Sørensen and Dice: twice the letter pairs in common over all of them, 0 to 1. */
function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)]
  if (a.length === 0 || b.length === 0) return 0
  const left = [...b]
  let common = 0
  for (const pair of a) {
    const at = left.indexOf(pair)
    if (at === -1) continue
    left.splice(at, 1)
    common += 1
  }
  return (2 * common) / (a.length + b.length)
}

function pairsOf(text: string): readonly string[] {
  const folded = foldChoice(text)
  return Array.from({ length: Math.max(0, folded.length - 1) }, (_, index) => folded.slice(index, index + 2))
}
