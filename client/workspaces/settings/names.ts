/** Names of what a settings screen speaks of, with words for what the reader cannot see. */
import type { Directory, Group } from '../../../core/access/types.ts'
import { t } from '../../app/i18n.ts'

export function featureLabel({ catalogue }: Pick<Directory, 'catalogue'>, id: string): string {
  if (id === 'workspace.crm') return t('workspaces.crm')
  if (id === 'workspace.help') return t('workspaces.help')
  return catalogue.featureById.get(id)?.label ?? id
}

export function groupName({ groups }: Directory, id: string): string {
  return groups.get(id)?.name ?? t('settings.unknownGroup')
}

export function workerName({ workers }: Directory, id: string): string {
  return workers.get(id)?.name ?? t('settings.unknownWorker')
}

/** "below Organization", for a list to choose from; undefined at the top. */
export function placeOfGroup(directory: Directory, { parentId }: Group): string | undefined {
  return parentId === null ? undefined : t('settings.below', { parent: groupName(directory, parentId) })
}

/** "Linda Mitchell, Jae Pak, José Saraiva and 11 more" as its parts: the first names and how many follow. */
export function firstNames(
  names: readonly string[],
  shown = 3,
): { readonly names: string; readonly rest: number } {
  // One more is named rather than counted.
  const count = names.length === shown + 1 ? shown + 1 : shown
  return { names: names.slice(0, count).join(', '), rest: Math.max(0, names.length - count) }
}
