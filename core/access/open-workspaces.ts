/** A workspace is open when a feature in it is effective (P13, W-06): closed ones are absent from navigation. */
import { type Catalogue, type Workspace, workspaces } from '../catalogue/features.ts'
import { holdsRight } from './rights-table.ts'
import type { Principal } from './types.ts'

export function openWorkspaces(principal: Principal, catalogue: Catalogue): readonly Workspace[] {
  const open = new Set<Workspace>()
  for (const { id, workspace } of catalogue.features) {
    if (holdsRight(principal.rights, id)) open.add(workspace)
  }
  return workspaces.filter((workspace) => open.has(workspace))
}
