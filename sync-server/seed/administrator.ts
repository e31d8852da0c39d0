/** The first administrator of an organisation: member of `administrators`, user type administrator, filter `all`. */
import { administratorsId } from '../../core/catalogue/preconfigured-groups.ts'
import type { Organisation } from '../organisation.ts'
import { createAll } from './create-all.ts'

/** The new worker's id. */
export async function seedAdministrator(
  { gate, newId }: Pick<Organisation, 'gate' | 'newId'>,
  username: string,
): Promise<string> {
  const id = newId()
  await createAll(gate, [
    {
      kind: 'worker',
      id,
      fields: {
        username,
        firstName: username,
        userType: 'administrator',
        accountsQueryType: 'all',
        groups: [{ id: administratorsId, from: null, until: null }],
      },
    },
  ])
  return id
}
