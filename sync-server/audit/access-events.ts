/**
 * What changes no record, in the same log (D29): what was opened through a match, and what was done to logins and
 * devices. Each reader is told of the records that they may read now, and never a secret.
 */
import type { Principal } from '../../core/access/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { visibleTarget } from '../http/visible-records.ts'
import type { AccessEntry, LoggedAccess } from '../storage/storage.ts'
import { actorOf, type LogContext } from './log-item.ts'

/** As the log calls it, in the words of a list. */
const labels: Readonly<Record<AccessEntry['via'], string>> = {
  match: 'Opened through a match',
  invited: 'Invited to choose a password',
  'invite-accepted': 'Invitation accepted',
  'password-set': 'Password set',
  'password-changed': 'Own password changed',
  'password-change-asked': 'New password asked for',
  'signed-out-everywhere': 'Signed out everywhere',
  'device-wipe-asked': 'Wipe of a device asked for',
  'device-wiped': 'Device wiped',
}

/** What is filtered by, as an address has it. */
export const accessSorts = {
  matches: ['match'],
  logins: [
    'invited',
    'invite-accepted',
    'password-set',
    'password-changed',
    'password-change-asked',
    'signed-out-everywhere',
  ],
  devices: ['device-wipe-asked', 'device-wiped'],
} as const satisfies Readonly<Record<string, readonly AccessEntry['via'][]>>
export type AccessSort = keyof typeof accessSorts

export interface SeenAccess {
  readonly entry: LoggedAccess
  readonly title: string
}

/** Null for what is about a record that the asker may not read now: alike for what never was (S9). */
export async function seenAccess(
  { storage }: LogContext,
  asker: Principal,
  entry: LoggedAccess | null,
): Promise<SeenAccess | null> {
  const row = entry === null ? null : ((await visibleTarget(storage, asker, entry.record))?.row ?? null)
  if (entry === null || row === null) return null
  return { entry, title: kindSpecs[row.kind].title(row) || row.id }
}

export function accessItem({ policy }: LogContext, { entry, title }: SeenAccess) {
  const { id, at, workerId, via, record, deviceId } = entry
  return {
    type: 'access',
    id,
    at: new Date(at).toISOString(),
    actor: actorOf(policy, workerId),
    event: via,
    label: labels[via],
    record: { ...record, title },
    device: deviceId,
  } as const
}
