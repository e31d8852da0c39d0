/** Many accounts, through the gate, in commits of a size that a server is asked to make. */
import type { Gate } from '../../sync-server/gate/types.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'

const IN_ONE_COMMIT = 4_000

export async function createAccounts(gate: Gate, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IN_ONE_COMMIT) {
    const some = ids.slice(from, from + IN_ONE_COMMIT)
    await createAll(
      gate,
      some.map((id, at) => ({
        kind: 'account',
        id,
        fields: { name: `Account ${from + at}`, repCodes: ['275'], phone: '555 0100', country: 'US' },
      })),
    )
  }
}
