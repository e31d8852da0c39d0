/** The columns that a file may bring, with words for people. */
import { kindSpecs } from '../records/registry.ts'
import { fileMaps } from './columns/all.ts'
import { foldHeader } from './read-header.ts'
import type { FileKind } from './kinds.ts'

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
