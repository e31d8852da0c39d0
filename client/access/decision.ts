/** Decisions for screens: core decides, with what this device knows. */
import { type Accessor, createMemo } from 'solid-js'
import { decide, decideKind } from '../../core/access/decide.ts'
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
export const noRights: Decision = { outcome: 'denied', reasons: [{ code: 'not-held', rule: 'P1' }] }

export function decisionFor(
  principal: Principal | null,
  { action, kind, row, account, field }: Question,
): Decision {
  if (principal === null) return noRights
  if (row === undefined && account === undefined) return decideKind(principal, action, kind)
  const target = { kind, id: row?.id ?? '', row: row ?? null, ...(account !== undefined && { account }) }
  return decide(principal, action, target, field)
}

export function createDecisionFor(
  principal: Accessor<Principal | null>,
  question: () => Question,
): Accessor<Decision> {
  return createMemo(() => decisionFor(principal(), question()))
}
