/** P16: there is exactly one Administrative group, for ever: for everybody, the operator too (G-10). */
import { administratorsId } from '../../catalogue/preconfigured-groups.ts'
import type { Group, Reason } from '../types.ts'
import { changedIds, type HardRule } from './change.ts'

export const administrativeGroup: HardRule = (change) => {
  const { before, after } = change
  if (before.groups.has(administratorsId) && !after.groups.has(administratorsId)) return refusal('enabled')
  for (const id of changedIds(change, 'group')) {
    const group = after.groups.get(id)
    const field = group === undefined ? null : brokenField(group)
    if (field !== null) return refusal(field)
  }
  return null
}

/** The field by which a group breaks the rule; null when it does not. */
function brokenField({ id, type, enabled, parentId }: Group): string | null {
  if (id !== administratorsId) {
    if (type === 'admin') return 'type'
    return parentId === administratorsId ? 'parentId' : null
  }
  if (type !== 'admin') return 'type'
  if (!enabled) return 'enabled'
  return parentId === null ? null : 'parentId'
}

function refusal(field: string): Reason {
  return { code: 'administrative-group', rule: 'P16', field, changedBy: null }
}
