/**
 * How many accounts a worker reaches, with a few of their names: counted from what is on this device, by the index
 * that lists use. For an administrator that is all there are.
 */
import { reachReason } from '../../../../core/access/reach.ts'
import { isRestricted } from '../../../../core/access/restrictions.ts'
import type { Principal, ScopeKey } from '../../../../core/access/types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { listKeys } from '../../../reactive/list-keys.ts'
import { countShown } from '../../../app/count-shown.ts'
import type { Replica } from '../../../replica/database.ts'
import { term } from '../../../replica/terms.ts'

export interface AccountReach {
  readonly accounts: number
  /** Without House Contacts. Null where there are too many accounts to ask for each. */
  readonly contacts: number | null
  readonly addresses: number | null
  /** The first by name. */
  readonly sample: readonly string[]
}

const SAMPLE = 3

/** Above it what hangs on the accounts is not counted: one index look-up for each. */
const DEPENDANTS_OF_MAX = 2_000

export const noReach: AccountReach = { accounts: 0, contacts: 0, addresses: 0, sample: [] }

export async function accountReach(db: Replica, principal: Principal): Promise<AccountReach> {
  const { scope, restrictions } = principal
  if (scope.everything && !isRestricted(restrictions)) return await everything(db)
  const rows = scope.everything ? await accountRows(db) : await rowsOfKeys(db, [...scope.keys.keys()])
  const reached = rows.filter((row) => reachReason(principal, row) !== null)
  if (reached.length === 0) return noReach
  const names = reached.map(nameOf).sort((a, b) => a.localeCompare(b))
  const ids = reached.length <= DEPENDANTS_OF_MAX ? reached.map(({ id }) => id) : null
  return {
    accounts: reached.length,
    contacts: ids && (await countOn(db, 'contact', ids)),
    addresses: ids && (await countOn(db, 'address', ids)),
    sample: names.slice(0, SAMPLE),
  }
}

async function everything(db: Replica): Promise<AccountReach> {
  const [keys, contacts, addresses] = await Promise.all([
    listKeys(db, { kind: 'account' }),
    countShown(db, 'contact'),
    countShown(db, 'address'),
  ])
  const first = await db.records.bulkGet(keys.slice(0, SAMPLE))
  return {
    accounts: keys.length,
    contacts,
    addresses,
    sample: first.flatMap((record) => (record === undefined ? [] : [nameOf(record.row)])),
  }
}

async function rowsOfKeys(db: Replica, keys: readonly ScopeKey[]): Promise<readonly Row[]> {
  const terms = keys.filter((key) => key.startsWith('rep:') || key.startsWith('owner:'))
  const ids = keys.filter((key) => key.startsWith('account:')).map((key) => key.slice('account:'.length))
  // The A_ID is in no index: few workers are filtered by it, and only their screen asks.
  const all = keys.some((key) => key.startsWith('a:')) ? await accountRows(db) : []
  const [byTerm, byId] = await Promise.all([
    db.records
      .where('terms')
      .anyOf(terms.map((key) => term('account', key)))
      .distinct()
      .toArray(),
    db.records.bulkGet(ids.map((id) => recordKey('account', id))),
  ])
  const rows = new Map(all.map((row) => [row.id, row]))
  for (const record of [...byTerm, ...byId]) if (record !== undefined) rows.set(record.row.id, record.row)
  return [...rows.values()]
}

async function accountRows(db: Replica): Promise<readonly Row[]> {
  const records = await db.records.bulkGet(await listKeys(db, { kind: 'account' }))
  return records.flatMap((record) => (record === undefined ? [] : [record.row]))
}

async function countOn(
  db: Replica,
  kind: 'contact' | 'address',
  accountIds: readonly string[],
): Promise<number> {
  const keys = await db.records
    .where('terms')
    .anyOf(accountIds.map((id) => term(kind, `account:${id}`)))
    .primaryKeys()
  return keys.filter((key) => !key.startsWith('contact/house-')).length
}

function nameOf(row: Row): string {
  return String(row.name ?? row.id)
}
