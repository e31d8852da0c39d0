/** The columns that a file may bring, with words for people; and which file a header is of. */
import { kindSpecs } from '../records/registry.ts'
import { fileMaps } from './columns/all.ts'
import { foldHeader } from './read-header.ts'
import { type FileKind, fileKinds } from './kinds.ts'

export interface NamedColumn {
  readonly name: string
  readonly label: string
}

export function columnsOfFile(file: FileKind): readonly NamedColumn[] {
  const { kind, columns, login } = fileMaps[file]
  const named = columns.map(({ name, field, label }) => ({
    name,
    label: label ?? kindSpecs[kind].fields[field]?.label ?? name,
  }))
  if (login === undefined) return named
  return [
    ...named,
    { name: login.password, label: 'Password' },
    { name: login.change, label: 'Set the password' },
  ]
}

export function keyColumnOf(file: FileKind): string {
  return fileMaps[file].key
}

/** Why nothing is kept of a column that files like this one bring; null for one that nobody knows. */
export function whyHomeless(file: FileKind, name: string): string | null {
  const reasons = fileMaps[file].homeless ?? {}
  const folded = foldHeader(name)
  return Object.hasOwn(reasons, folded) ? (reasons[folded] ?? null) : null
}

/** The file that knows most of the header's columns; null where none has even the column that rows are matched on. */
export function fileByColumns(header: readonly string[]): FileKind | null {
  const names = new Set(header.map(foldHeader))
  let best: FileKind | null = null
  let most = 0
  for (const file of fileKinds) {
    if (!names.has(keyColumnOf(file))) continue
    const known = columnsOfFile(file).filter(({ name }) => names.has(name)).length
    if (known > most) [best, most] = [file, known]
  }
  return best
}
