/**
 * The organisation that is soaked: one manager who reaches every account, reps of eight teams, two reps whose right to
 * edit comes and goes, and an administrator who takes it and gives it again.
 */
import { administratorsId } from '../../core/catalogue/preconfigured-groups.ts'
import type { RowValues } from '../../core/documents/writes-for.ts'
import { createLogger } from '../../sync-server/log.ts'
import { openOrganisation } from '../../sync-server/organisation.ts'
import { createAll, type NewRecord } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { saveSession } from '../bench/save-session.ts'

export const TEAMS = 8
export const REPS = 47
/** Accounts that an administrator moves out of a team's scope and back. */
export const wanderers = ['wander-0', 'wander-1'] as const
/** The group whose members may edit, and may not, and may. */
export const nightShift = 'night-shift'
export const editRight = 'SU-ALLOW-ACCOUNT-EDITS'

export const teamOf = (n: number): string => `T${n % TEAMS}`
export const accountId = (n: number): string => `acc-${n}`
export const repId = (n: number): string => `rep-${n}`

const IN_ONE_COMMIT = 2_000

/** Makes it in this folder. Tokens by worker. */
export async function makeOrganisation(
  folder: string,
  accounts: number,
): Promise<ReadonlyMap<string, string>> {
  const { gate, storage, now, close } = await openOrganisation({
    dataDir: folder,
    log: createLogger('error'),
    rate: 0,
  })
  try {
    await seedPreconfigured(gate, 'Soak')
    await createAll(gate, [
      {
        kind: 'group',
        id: nightShift,
        fields: { code: nightShift, name: 'Night shift', type: 'user', parentId: 'sales-rep', enabled: true },
      },
    ])
    const workers = people()
    await createAll(gate, workers)
    const all = [
      ...wanderers.map((id) => account(id, teamOf(0))),
      ...Array.from({ length: accounts }, (_, n) => account(accountId(n), teamOf(n))),
    ]
    for (let from = 0; from < all.length; from += IN_ONE_COMMIT)
      await createAll(gate, all.slice(from, from + IN_ONE_COMMIT))
    const tokens = new Map<string, string>()
    for (const { id } of workers) tokens.set(id, await saveSession(storage, id, now()))
    return tokens
  } finally {
    await close()
  }
}

function people(): readonly NewRecord[] {
  const reps = Array.from({ length: REPS }, (_, n) => rep(repId(n), teamOf(n), 'sales-rep'))
  return [
    worker('ada', administratorsId, { userType: 'administrator', accountsQueryType: 'all' }),
    worker('max', 'sales-manager', { userType: 'organization', accountsQueryType: 'all' }),
    ...reps,
    rep('night-0', teamOf(1), nightShift),
    rep('night-1', teamOf(2), nightShift),
  ]
}

function rep(id: string, team: string, group: string): NewRecord {
  return worker(id, group, { userType: 'account_manager', accountsQueryType: 'rep', repCodes: [team] })
}

function worker(id: string, group: string, fields: RowValues): NewRecord {
  const groups = [{ id: group, from: null, until: null }]
  return { kind: 'worker', id, fields: { username: id, firstName: id, lastName: 'Soak', groups, ...fields } }
}

function account(id: string, team: string): NewRecord {
  return {
    kind: 'account',
    id,
    fields: { name: `Account ${id}`, repCodes: [team], phone: '555 0100', country: 'US' },
  }
}
