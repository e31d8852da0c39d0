/** Which columns of a file stand for one key of a record: a feature belongs to the column of its part of the catalogue. */
import type { Catalogue } from '../catalogue/features.ts'
import { splitFieldKey } from '../documents/field-key.ts'
import type { FieldKey } from '../documents/types.ts'
import type { Column } from './column.ts'
import { fileMaps } from './columns/all.ts'
import type { FileKind } from './kinds.ts'

export function columnsOf(file: FileKind, key: FieldKey, catalogue: Catalogue): readonly Column[] {
  const { field, entry } = splitFieldKey(key)
  return fileMaps[file].columns.filter(
    (column) => column.field === field && mayHold(column, entry, catalogue),
  )
}

function mayHold({ type }: Column, entry: string | null, catalogue: Catalogue): boolean {
  if (type.type !== 'features' || entry === null) return true
  const feature = catalogue.featureById.get(entry)
  return feature !== undefined && type.part.holds(feature)
}
