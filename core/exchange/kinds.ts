/** The kinds of record that come and go as CSV, in the order in which their references need them; and the files. */
import type { Kind } from '../records/kind-spec.ts'

export const exchangeKinds = [
  'group',
  'worker',
  'account',
  'contact',
  'address',
] as const satisfies readonly Kind[]
export type ExchangeKind = (typeof exchangeKinds)[number]

export function isExchangeable(kind: string): kind is ExchangeKind {
  return (exchangeKinds as readonly string[]).includes(kind)
}

/** What one file holds: the records of a kind, or the memberships that stand in records of workers. */
export const fileKinds = ['group', 'worker', 'membership', 'account', 'contact', 'address'] as const
export type FileKind = (typeof fileKinds)[number]

export function isFileKind(kind: string): kind is FileKind {
  return (fileKinds as readonly string[]).includes(kind)
}

/** The kind of the records that a file is about. */
export function recordKindOf(kind: FileKind): ExchangeKind {
  return kind === 'membership' ? 'worker' : kind
}
