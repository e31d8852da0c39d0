/**
 * What lists on this device are filtered by, as terms of one multi-entry index: `account|rep:275`,
 * `contact|account:a1`. Fewer than the server's keys: each term of each record costs a first sync.
 */
import { accountKeys } from '../../core/access/scope.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'

export function term(kind: Kind, key: string): string {
  return `${kind}|${key}`
}

/** The term for a field's value, where the kind's lists can be filtered by that field. */
export function valueTerm(kind: Kind, field: string, value: string): string {
  return term(kind, `${field}=${value}`)
}

/** Fields whose values lists are filtered by, beside reps and owners. */
export const facetFields: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  account: ['territory'],
  worker: ['managerId'],
  group: ['parentId'],
}

export function termsOf(kind: Kind, row: Row): readonly string[] {
  const keys = new Set<string>()
  if (kind === 'account') {
    for (const key of accountKeys(row))
      if (key.startsWith('rep:') || key.startsWith('owner:')) keys.add(term(kind, key))
    if (typeof row.parentId === 'string') keys.add(term(kind, `parent:${row.parentId}`))
  }
  if (typeof row.accountId === 'string') keys.add(term(kind, `account:${row.accountId}`))
  if (kind === 'worker' && Array.isArray(row.groups)) {
    for (const { id } of row.groups as readonly { readonly id: string }[]) keys.add(term(kind, `group:${id}`))
  }
  for (const field of facetFields[kind] ?? []) {
    const value = row[field]
    if (typeof value === 'string' && value !== '') keys.add(valueTerm(kind, field, value))
  }
  return [...keys]
}
