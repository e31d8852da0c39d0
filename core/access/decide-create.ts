/** A new record, with the row it would have: it must lie where its author can reach it, and hold nothing not theirs. */
import { decideKind, decideNew, decideView, fieldRefusal } from './decide.ts'
import { denied } from './decisions.ts'
import { normalRepCode } from './scope.ts'
import type { Decision, Principal, Reason, Target } from './types.ts'

export interface CreateOptions {
  /** Written by an import: it owns the fields that imports own. */
  readonly byImport?: boolean
}

/**
 * `target.row` is the row as it would be committed, `target.account` the row of its account; `fields` are the keys
 * that the author wrote. An account's rep codes may be a non-empty subset of the author's own (P24). What its author
 * could not see afterwards is refused: that would move a record out of their scope (GATE 7).
 */
export function decideCreate(
  principal: Principal,
  target: Target,
  fields: readonly string[],
  { byImport = false }: CreateOptions = {},
): Decision {
  const write = decideNew(principal, target)
  if (write.outcome === 'denied') return write
  for (const field of fields) {
    const refusal = fieldRefusal(principal, target, field, byImport)
    if (refusal === null || (isRepCode(target, field) && refusal.code === 'import-owned')) continue
    return denied(refusal)
  }
  const writesCodes = fields.some((field) => isRepCode(target, field))
  if (writesCodes && !byImport && !principal.fullAdministrator) {
    const foreign = foreignCode(principal, target)
    if (foreign !== null) return denied(foreign)
  }
  const view = decideView(principal, target)
  if (view.outcome === 'allowed') return write
  return view.reasons[0]?.code === 'not-found-or-out-of-scope' ? outOfOwnScope(target) : view
}

/**
 * Whether this principal could make an account at all, before it has fields: beside the right it takes a rep code of
 * one's own to give, unless one would see the account without (P24, S4).
 */
export function decideNewAccount(principal: Principal): Decision {
  const decision = decideKind(principal, 'create', 'account')
  if (decision.outcome === 'denied' || principal.scope.everything || principal.repCodes.length > 0)
    return decision
  return denied({ code: 'rep-codes-not-own', rule: 'P24', field: 'repCodes', changedBy: 'settings.import' })
}

function isRepCode({ kind }: Target, field: string): boolean {
  return kind === 'account' && (field === 'repCodes' || field.startsWith('repCodes/'))
}

/** The first of the row's codes that is not the author's own; or that there is none at all. */
function foreignCode(principal: Principal, target: Target): Reason | null {
  const codes = Array.isArray(target.row?.repCodes) ? target.row.repCodes.map(normalRepCode) : []
  const reason: Reason = {
    code: 'rep-codes-not-own',
    rule: 'P24',
    field: 'repCodes',
    changedBy: 'settings.import',
  }
  if (codes.length === 0) return reason
  const foreign = codes.find((code) => !principal.repCodes.includes(code))
  return foreign === undefined ? null : { ...reason, detail: foreign }
}

/** Of an account one knows why: it lies where one put it. Of what hangs on an account one may not know even that. */
function outOfOwnScope({ kind }: Target): Decision {
  return kind === 'account'
    ? denied({ code: 'moves-out-of-scope', rule: 'S4', changedBy: 'settings.workers' })
    : denied({ code: 'not-found-or-out-of-scope', rule: 'S9' })
}
