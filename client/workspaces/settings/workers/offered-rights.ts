/**
 * The rights that the two panes show: the nine, and the custom ones that the organisation registered, by name;
 * then whatever else was given directly, also what nobody knows any more, so that it can be taken away.
 */
import type { Catalogue } from '../../../../core/catalogue/features.ts'

export function offeredRights(catalogue: Catalogue, direct: Iterable<string>): readonly string[] {
  const offered = catalogue.features
    .filter(({ right }) => right)
    .sort((a, b) => a.label.localeCompare(b.label))
    .map(({ id }) => id)
  return [...offered, ...[...direct].filter((id) => !offered.includes(id))]
}
