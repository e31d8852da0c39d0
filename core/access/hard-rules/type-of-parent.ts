/** P20: a child group has its parent's type; `organization` is, and what is below it is, of type user. */
import { groupTypeLabels } from '../../catalogue/group-types.ts'
import { organizationId } from '../../catalogue/preconfigured-groups.ts'
import type { Group, Reason } from '../types.ts'
import { changedIds, type HardRule } from './change.ts'

export const typeOfParent: HardRule = (change) => {
  const { groups, childrenByGroup } = change.after
  for (const id of changedIds(change, 'group')) {
    const group = groups.get(id)
    if (group === undefined) continue
    if (id === organizationId && group.type !== 'user') return refusal({ type: 'user' })
    const parent = group.parentId === null ? undefined : groups.get(group.parentId)
    if (parent !== undefined && parent.type !== group.type) return refusal(parent)
    const children = childrenByGroup.get(id) ?? []
    if (children.some((child) => groups.get(child)?.type !== group.type)) return refusal(group)
  }
  return null
}

function refusal({ type }: Pick<Group, 'type'>): Reason {
  return {
    code: 'type-of-parent',
    rule: 'P20',
    field: 'type',
    detail: groupTypeLabels[type],
    changedBy: null,
  }
}
