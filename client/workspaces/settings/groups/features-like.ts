/** One group's features copied into another: the changes that it takes (U-29). */
import { fieldKey } from '../../../../core/documents/field-key.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'

/** What makes a group say of every feature what another one says; nothing where it does already. */
export function featuresLike(
  row: Row,
  wanted: ReadonlyMap<string, 'allow' | 'deny'>,
): Readonly<Record<string, 'allow' | 'deny' | null>> {
  const own = new Map(Object.entries((row.features ?? {}) as Record<string, 'allow' | 'deny'>))
  const differing = [...new Set([...own.keys(), ...wanted.keys()])].filter(
    (id) => own.get(id) !== wanted.get(id),
  )
  return Object.fromEntries(differing.sort().map((id) => [fieldKey('features', id), wanted.get(id) ?? null]))
}
