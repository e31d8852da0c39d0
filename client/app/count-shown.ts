/** How many records of a kind a list shows: House Contacts stand in for their accounts and are not counted. */
import type { Kind } from '../../core/records/kind-spec.ts'
import { countRecords } from '../reactive/list-keys.ts'
import type { Replica } from '../replica/database.ts'

export async function countShown(db: Replica, kind: Kind): Promise<number> {
  const all = await countRecords(db, kind)
  if (kind !== 'contact') return all
  return all - (await db.records.where('key').startsWith('contact/house-').count())
}
