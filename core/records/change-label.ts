/** What a changed field is called: "Features: Export customer data" for an entry, "Phone" for a plain field. */
import type { Catalogue } from '../catalogue/features.ts'
import { splitFieldKey } from '../documents/field-key.ts'
import type { Kind } from './kind-spec.ts'
import { kindSpecs } from './registry.ts'

/** `titleOf` names the record that an entry stands for; without an answer its id does. */
export function changeLabel(
  kind: Kind,
  key: string,
  catalogue: Catalogue,
  titleOf: (kind: Kind, id: string) => string | undefined = () => undefined,
): string {
  const { field, entry } = splitFieldKey(key)
  const spec = Object.hasOwn(kindSpecs[kind].fields, field) ? kindSpecs[kind].fields[field] : undefined
  const label = spec?.label ?? field
  if (entry === null || spec === undefined) return label
  const { type } = spec
  const of = type.type === 'set' || type.type === 'map' ? type.entry : null
  if (of?.type === 'feature') return `${label}: ${catalogue.featureById.get(entry)?.label ?? entry}`
  if (of?.type === 'reference') return `${label}: ${titleOf(of.kind, entry) ?? entry}`
  return `${label}: ${entry}`
}
