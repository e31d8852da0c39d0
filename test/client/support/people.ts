/** rhea, a rep with rep code 275; ada, an administrator. */
import { compile } from '../../../core/access/principal.ts'
import { makeDirectory } from '../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../core/access/from-rows.ts'
import type { Principal } from '../../../core/access/types.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

const groups = preconfiguredGroups.map(({ code, name, type, parentId, allow, deny = [] }) =>
  groupFromRow({
    id: code,
    kind: 'group',
    seq: 1,
    code,
    name,
    type,
    parentId,
    enabled: true,
    features: Object.fromEntries([...allow.map((id) => [id, 'allow']), ...deny.map((id) => [id, 'deny'])]),
  } as Row),
)

export function principalOf(values: RowValues & { readonly id: string }): Principal {
  const row = {
    kind: 'worker',
    seq: 1,
    username: values.id,
    active: true,
    groups: [],
    ...values,
  } as unknown as Row
  const directory = makeDirectory(shippedCatalogue, [workerFromRow(row)], groups, 1)
  return compile(directory, values.id, 0)
}

export const rhea = principalOf({
  id: 'rhea',
  accountsQueryType: 'rep',
  repCodes: ['275'],
  groups: [{ id: 'sales-rep', from: null, until: null }],
  rights: ['SU-ALLOW-ACCOUNT-ADDS'],
})

export const ada = principalOf({
  id: 'ada',
  accountsQueryType: 'all',
  userType: 'administrator',
  groups: [{ id: 'administrators', from: null, until: null }],
})

/** A rep who may look and not touch. */
export const eve = principalOf({ id: 'rhea', accountsQueryType: 'rep', repCodes: ['275'] })
