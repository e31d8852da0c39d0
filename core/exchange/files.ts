/** Which file holds what, by its name: `accounts.csv`, `Accounts.CSV` and `account-2026-01-15.csv` hold accounts. */
import { kindSpecs } from '../records/registry.ts'
import { type FileKind, fileKinds } from './kinds.ts'

export interface SortedFiles {
  /** In the order in which they must be imported. */
  readonly known: readonly { readonly name: string; readonly kind: FileKind }[]
  /** CSV files of kinds that do not exist (yet), as they came. */
  readonly unknown: readonly string[]
}

export function sortFiles(names: readonly string[]): SortedFiles {
  const sorted = names.map((name) => ({ name, kind: kindOfFile(name) }))
  return {
    known: fileKinds.flatMap((kind) =>
      sorted.flatMap(({ name, kind: of }) => (of === kind ? [{ name, kind }] : [])),
    ),
    unknown: sorted.flatMap(({ name, kind }) => (kind === null ? [name] : [])),
  }
}

/** An export's day, and what a browser adds to the second file of a name, say nothing. */
const besideTheName = /(?:[-_ ]\d{4}-\d{2}-\d{2})?(?:[-_ ]?\(\d+\))?\.csv$/

export function kindOfFile(name: string): FileKind | null {
  const word = name.toLowerCase().replace(besideTheName, '')
  return fileKinds.find((kind) => namesOf(kind).includes(word)) ?? null
}

/** What an export is called: `addresses-2026-01-15.csv`. */
export function nameOfFile(kind: FileKind, at: Date): string {
  return `${plurals[kind]}-${at.toISOString().slice(0, 10)}.csv`
}

const plurals: Readonly<Record<FileKind, string>> = {
  group: 'groups',
  worker: 'workers',
  membership: 'memberships',
  account: 'accounts',
  contact: 'contacts',
  address: 'addresses',
}

/** `worker`, `workers`; for groups their label too: `worker-groups`. */
function namesOf(kind: FileKind): readonly string[] {
  const names = [kind, `${kind}s`, plurals[kind]]
  if (kind === 'membership') return [...names, 'group-memberships', 'worker-group-memberships']
  const plural = kindSpecs[kind].plural.toLowerCase()
  return [...names, plural, plural.replaceAll(' ', '-')]
}
