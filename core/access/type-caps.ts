/**
 * What a group type or a user type takes away, whatever is allowed (P12, G-08, G-09, U-19).
 *
 * Every stored membership counts, disabled and expired ones too: a way out of a cap would be a way into rights.
 * Partner and Partner Rep are people of another company; like clients they hold no Settings feature (U-g, G-g).
 */
import type { FeatureSpec } from '../catalogue/features.ts'
import { groupTypeLabels } from '../catalogue/group-types.ts'
import { userTypeLabels } from '../catalogue/user-types.ts'
import type { Group, Worker } from './types.ts'

export interface TypeCap {
  readonly label: string
  readonly takesAway: (feature: FeatureSpec) => boolean
}

/** Leads are what affiliates deliver: they submit them and see their own. */
const affiliateKeeps: ReadonlySet<string> = new Set(['crm.leads.view', 'crm.leads.edit'])

const affiliate: TypeCap = {
  label: groupTypeLabels.affiliate,
  takesAway: ({ id, workspace }) => workspace === 'crm' && !affiliateKeeps.has(id),
}
const noSettings = (label: string): TypeCap => ({
  label,
  takesAway: ({ workspace }) => workspace === 'settings',
})
const client = noSettings(groupTypeLabels.client)
const partner = noSettings(userTypeLabels.partner)
const partnerRep = noSettings(userTypeLabels.partner_rep)

const noCaps: readonly TypeCap[] = []

/** Empty for almost everyone. In a fixed order, each once. */
export function typeCapsOf(worker: Worker, groups: ReadonlyMap<string, Group>): readonly TypeCap[] {
  const caps = new Set<TypeCap>()
  for (const { groupId } of worker.memberships) {
    const type = groups.get(groupId)?.type
    if (type === 'affiliate') caps.add(affiliate)
    if (type === 'client') caps.add(client)
  }
  if (worker.userType === 'partner') caps.add(partner)
  if (worker.userType === 'partner_rep') caps.add(partnerRep)
  return caps.size === 0 ? noCaps : [affiliate, client, partner, partnerRep].filter((cap) => caps.has(cap))
}
