/** A workspace is open when a feature in it is effective (P13, W-06): closed ones are absent from navigation. */
import { type Catalogue, type Workspace, workspaces } from '../catalogue/features.ts'
import { isAllowed, type Principal } from './types.ts'

export function openWorkspaces(principal: Principal, catalogue: Catalogue): readonly Workspace[] {
  const open = new Set<Workspace>()
  for (const { id, workspace } of catalogue.features) {
    const right = principal.rights.get(id)
    if (right !== undefined && isAllowed(right)) open.add(workspace)
  }
  return workspaces.filter((workspace) => open.has(workspace))
}
