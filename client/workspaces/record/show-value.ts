/**
 * A field's value in words, by its type. References show the name that the caller finds for them.
 */
import type { FieldSpec } from '../../../core/records/kind-spec.ts'
import { formatNumber } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'

/** Empty for what is not set. */
export function showValue(
  field: FieldSpec,
  value: unknown,
  nameOf: (id: string) => string | undefined = () => undefined,
): string {
  if (value === null || value === undefined || value === '') return ''
  const { type } = field
  switch (type.type) {
    case 'boolean':
      return value === true ? t('record.yes') : t('record.no')
    case 'number':
      return typeof value === 'number' ? showNumber(value, type) : String(value)
    case 'enum':
      return type.labels?.[String(value)] ?? String(value)
    case 'reference':
      return nameOf(String(value)) ?? t('record.unknownRecord')
    case 'set':
      return Array.isArray(value) ? value.join(', ') : String(value)
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** A year is a number without separators. */
function showNumber(value: number, { min, max }: { readonly min: number; readonly max: number }): string {
  return min >= 1_000 && max <= 9_999 ? String(value) : formatNumber(value)
}
