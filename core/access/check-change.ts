/**
 * The hard rules for a change of workers, groups or settings, checked against the directory after it: by the gate
 * before it commits, and by a screen before it offers it.
 *
 * Rights to the fields are not asked here (`decide`); these rules hold for whoever may write them.
 */
import { allowed, denied } from './decisions.ts'
import type { Decision } from './types.ts'
import { administrativeGroup } from './hard-rules/administrative-group.ts'
import { administratorsOnly } from './hard-rules/administrators-only.ts'
import { type DirectoryChange, hasFullRights, type HardRule } from './hard-rules/change.ts'
import { deniedAbove } from './hard-rules/denied-above.ts'
import { growth } from './hard-rules/growth.ts'
import { lastAdministrator } from './hard-rules/last-administrator.ts'
import { noCycle } from './hard-rules/no-cycle.ts'
import { overThisWorker } from './hard-rules/over-this-worker.ts'
import { ownAccess } from './hard-rules/own-access.ts'
import { referencesExist } from './hard-rules/references-exist.ts'
import { typeOfParent } from './hard-rules/type-of-parent.ts'

export type { ChangedRecord, DirectoryChange } from './hard-rules/change.ts'
export { checkAccountParent } from './hard-rules/no-cycle.ts'
export { decideOverWorker } from './hard-rules/over-this-worker.ts'

/** From the shape of the directory, over who may touch what, to what follows from it: the cheapest first. */
const hardRules: readonly HardRule[] = [
  referencesExist,
  noCycle,
  administrativeGroup,
  typeOfParent,
  ownAccess,
  administratorsOnly,
  lastAdministrator,
  deniedAbove,
  overThisWorker,
  growth,
]

/** The first rule that the change breaks decides. */
export function checkChange(change: DirectoryChange): Decision {
  for (const rule of hardRules) {
    const reason = rule(change)
    if (reason !== null) return denied(reason)
  }
  return allowed([
    hasFullRights(change) ? { code: 'administrator', rule: 'P6' } : { code: 'in-scope', rule: 'P15' },
  ])
}
