/** One field of a row as a cell: the same value always gives the same text (B10, R-24). */
import { type Catalogue, isFeatureEntryId } from '../catalogue/features.ts'
import type { Row } from '../records/kind-spec.ts'
import type { Column, FeaturePart } from './column.ts'
import type { ExchangeKind } from './kinds.ts'
import { writeList } from './lists.ts'

/** What another record is called in a file: its key, or its id where it has none that the reader may see. */
export type NameOf = (kind: ExchangeKind, id: string) => string

export function writeCell(column: Column, row: Row, nameOf: NameOf, catalogue: Catalogue): string {
  const value = row[column.field]
  const { type } = column
  switch (type.type) {
    case 'text':
    case 'id':
    case 'instant':
    case 'choice':
      return typeof value === 'string' ? value : ''
    case 'switch':
      return value === true ? '1' : value === false ? '0' : ''
    case 'number':
      return typeof value === 'number' ? String(value) : ''
    case 'list':
      return writeList(strings(value), type.commas)
    case 'features':
      return writeList(inOrder(partOf(strings(value), type.part, catalogue), type.part.order))
    case 'states':
      return writeList(
        Object.entries(value ?? {})
          .filter(([feature]) => isFeatureEntryId(catalogue, feature))
          .map(([feature, state]) => `${feature}=${state}`)
          .sort(),
      )
    case 'memberships':
      return writeList(memberships(value).map((held) => membershipText(nameOf('group', held.id), held)))
    case 'reference':
      return typeof value === 'string' && value !== '' ? nameOf(type.kind, value) : ''
    case 'references':
      return writeList(
        strings(value)
          .map((id) => nameOf(type.kind, id))
          .sort(),
      )
    case 'mode':
      return ''
  }
}

/** Features that nobody knows any more belong to no column: they neither go out nor are taken away. */
export function partOf(ids: readonly string[], part: FeaturePart, catalogue: Catalogue): readonly string[] {
  return ids.filter((id) => {
    const feature = catalogue.featureById.get(id)
    return feature !== undefined && part.holds(feature)
  })
}

function inOrder(ids: readonly string[], order: readonly string[]): readonly string[] {
  const place = (id: string): number => {
    const at = order.indexOf(id)
    return at === -1 ? order.length : at
  }
  return [...ids].sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1))
}

export interface Membership {
  readonly id: string
  readonly from: string | null
  readonly until: string | null
}

function membershipText(name: string, { from, until }: Membership): string {
  return from === null && until === null ? name : `${name}@${from ?? ''}..${until ?? ''}`
}

export function memberships(value: unknown): readonly Membership[] {
  return Array.isArray(value) ? (value as readonly Membership[]) : []
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
