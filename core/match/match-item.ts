/**
 * One match as it is sent: what a link or a card says, and nothing else (U-b).
 *
 * A card is built field by field from what it may show, never from a row with things taken out.
 */
import type { Directory, Principal } from '../access/types.ts'
import { normalRepCode } from '../access/scope.ts'
import type { Row } from '../records/kind-spec.ts'
import { decideMatch } from './decide-match.ts'

export type MatchItem =
  | {
      readonly type: 'link'
      readonly id: string
      readonly name: string
      readonly town: string | null
      readonly owner: string | null
    }
  | {
      readonly type: 'card'
      readonly name: string
      readonly town: string | null
      readonly owner: string | null
    }

/** Null for who may not check for matches. `city` is of an address of the account, where it has one. */
export function matchItem(
  principal: Principal,
  account: Row,
  { city, owner }: { readonly city: string | null; readonly owner: string | null },
): MatchItem | null {
  const { type } = decideMatch(principal, account)
  if (type === 'nothing') return null
  const name = String(account.name ?? '')
  const town = [city, text(account.state)].filter((part) => part !== null).join(', ') || null
  return type === 'link' ? { type, id: account.id, name, town, owner } : { type, name, town, owner }
}

/** Who looks after an account: its owner, else the first by name who has one of its rep codes. Null for nobody. */
export function ownerName({ workers }: Pick<Directory, 'workers'>, account: Row): string | null {
  const owner = workers.get(text(account.ownerId) ?? '')
  if (owner !== undefined) return owner.name
  const codes = new Set(Array.isArray(account.repCodes) ? account.repCodes.map(normalRepCode) : [])
  codes.delete('')
  if (codes.size === 0) return null
  const reps = [...workers.values()].filter(({ repCodes }) =>
    repCodes.some((code) => codes.has(normalRepCode(code))),
  )
  // Somebody who still works here, where there is one.
  const active = reps.filter((rep) => rep.active)
  return (active.length > 0 ? active : reps).map(({ name }) => name).sort()[0] ?? null
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
