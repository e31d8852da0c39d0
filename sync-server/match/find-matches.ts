/**
 * The accounts that match a name, an e-mail address or a phone number, whoever may see them: by index, never by
 * reading rows. What the asker is told of them is for `core/match`.
 */
import { matchKey } from '../../core/match/match-keys.ts'
import { type Kind, type MatchKeyType, type Row, recordKey } from '../../core/records/kind-spec.ts'
import type { Storage } from '../storage/storage.ts'

export type Criteria = Readonly<Record<MatchKeyType, string>>

/** Shorter keys match by accident. */
const keyLengthMin = 3
/** Looked at for one value: a number that half the customers share says nothing. */
const idsMax = 100

/** The criteria that are long enough to be looked for; none may be left. */
export function usefulCriteria(criteria: Criteria): readonly (readonly [MatchKeyType, string])[] {
  return (['name', 'email', 'phone'] as const).flatMap((type) => {
    const key = matchKey(type, criteria[type])
    return key.length >= keyLengthMin ? [[type, criteria[type]] as const] : []
  })
}

/** Of accounts by themselves, and of their contacts; each once, matches of the name first. */
export async function findMatches(
  storage: Storage,
  criteria: readonly (readonly [MatchKeyType, string])[],
): Promise<readonly Row[]> {
  const accountIds = new Set<string>()
  for (const [type, value] of criteria) {
    if (type !== 'email') for (const id of await idsOf('account', type, value)) accountIds.add(id)
    if (type === 'name') continue
    const contacts = (await idsOf('contact', type, value)).map((id) => ({ kind: 'contact' as const, id }))
    for (const { row } of (await storage.load(contacts)).values()) {
      if (typeof row.accountId === 'string') accountIds.add(row.accountId)
    }
  }
  const refs = [...accountIds].map((id) => ({ kind: 'account' as const, id }))
  const loaded = await storage.load(refs)
  return refs.flatMap(({ kind, id }) => loaded.get(recordKey(kind, id))?.row ?? [])

  /** Fields are called what they are matched as. */
  async function idsOf(kind: Kind, field: MatchKeyType, value: string): Promise<readonly string[]> {
    const found = await storage.idsByValue(kind, field, [value])
    return [...found.values()].flat().slice(0, idsMax)
  }
}
