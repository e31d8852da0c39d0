/** Decisions for screens: core decides, with what this device knows. */
import { type Accessor, createMemo } from 'solid-js'
import { decide, decideKind } from '../../core/access/decide.ts'
import { denied } from '../../core/access/decisions.ts'
import type { Action, Decision, Principal } from '../../core/access/types.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'

export interface Question {
  readonly action: Action
  readonly kind: Kind
  /** Absent: asked of the kind as a whole (navigation, lists, the button for a new one). */
  readonly row?: Row | null
  /** The row of its account, for what hangs on one. */
  readonly account?: Row | null
  /** A field's name, or the key of one entry. */
  readonly field?: string
}

/** A device that has never met the server knows no rights: nothing is allowed (P1). */
const unknown: Decision = { outcome: 'denied', reasons: [{ code: 'not-held', rule: 'P1' }] }

export function decisionFor(
  principal: Principal | null,
  { action, kind, row, account, field }: Question,
): Decision {
  if (principal === null) return unknown
  if (row === undefined && account === undefined) return decideKind(principal, action, kind)
  const target = { kind, id: row?.id ?? '', row: row ?? null, ...(account !== undefined && { account }) }
  return decide(principal, action, target, field)
}

/**
 * Whether the button for a new account is worth pressing: beside the right it takes a rep code of one's own to give,
 * unless one would see the account without (P24, S4).
 */
export function newAccountDecision(principal: Principal | null): Decision {
  const decision = decisionFor(principal, { action: 'create', kind: 'account' })
  if (decision.outcome === 'denied' || principal === null) return decision
  if (principal.scope.everything || principal.repCodes.length > 0) return decision
  return denied({ code: 'rep-codes-not-own', rule: 'P24', field: 'repCodes', changedBy: 'settings.import' })
}

export function createDecisionFor(
  principal: Accessor<Principal | null>,
  question: () => Question,
): Accessor<Decision> {
  return createMemo(() => decisionFor(principal(), question()))
}
