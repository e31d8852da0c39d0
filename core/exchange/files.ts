/** Which file holds which kind, by its name: `accounts.csv`, `Accounts.CSV` and `account.csv` hold accounts. */
import { kindSpecs } from '../records/registry.ts'
import { type ExchangeKind, exchangeKinds } from './kinds.ts'

export interface SortedFiles {
  /** In the order in which they must be imported. */
  readonly known: readonly { readonly name: string; readonly kind: ExchangeKind }[]
  /** CSV files of kinds that do not exist (yet), as they came. */
  readonly unknown: readonly string[]
}

export function sortFiles(names: readonly string[]): SortedFiles {
  const sorted = names.map((name) => ({ name, kind: kindOfFile(name) }))
  return {
    known: exchangeKinds.flatMap((kind) =>
      sorted.flatMap(({ name, kind: of }) => (of === kind ? [{ name, kind }] : [])),
    ),
    unknown: sorted.flatMap(({ name, kind }) => (kind === null ? [name] : [])),
  }
}

export function kindOfFile(name: string): ExchangeKind | null {
  const word = name.toLowerCase().replace(/\.csv$/, '')
  return exchangeKinds.find((kind) => namesOf(kind).includes(word)) ?? null
}

/** `worker`, `workers`; for groups their label too: `worker-groups`. */
function namesOf(kind: ExchangeKind): readonly string[] {
  const plural = kindSpecs[kind].plural.toLowerCase()
  return [kind, `${kind}s`, plural, plural.replaceAll(' ', '-'), ...(kind === 'address' ? ['addresses'] : [])]
}
