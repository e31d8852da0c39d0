/** The kinds of record that come and go as CSV, in the order in which their references need them. */
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
