/**
 * Steps 6 and 7 of the gate: may this author change these fields of this record, and may the record be so afterwards.
 *
 * Moves nothing. Asked for every change, whether its bytes came over a socket or the server will author them.
 */
import { decide, decideKind } from '../../core/access/decide.ts'
import { decideCreate } from '../../core/access/decide-create.ts'
import { decideMove } from '../../core/access/decide-move.ts'
import { type RestrictedAttributes, restrictedAttributesOf } from '../../core/access/restrictions.ts'
import { recordKeys } from '../../core/access/scope.ts'
import type { Directory, Principal, Reason, Target } from '../../core/access/types.ts'
import type { FieldKey } from '../../core/documents/types.ts'
import { houseContactId } from '../../core/records/contact.ts'
import { type KindSpec, recordIdPattern, type Row } from '../../core/records/kind-spec.ts'
import { checkDirectory, checkParentAccount } from './check-directory.ts'
import { accountOf, checkReferences } from './check-references.ts'
import { checkUnique } from './check-unique.ts'
import { checkKnown, checkValues } from './check-values.ts'
import { type Consequence, feedsScope, planConsequences } from './record-consequences.ts'
import { emptyRow, type FieldWrite, rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import type { Author } from './types.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export interface Proposal {
  readonly record: WorkingRecord
  readonly spec: KindSpec
  readonly author: Author
  readonly byImport: boolean
  readonly creates: boolean
  /** Every key and text that it touches (D6). */
  readonly touches: readonly FieldKey[]
  /** What the touched keys are meant to hold; texts are not among them. */
  readonly writes: readonly FieldWrite[]
}

export interface Outlook {
  readonly proposal: Proposal
  /** The row as it will be, but for the texts. */
  readonly row: Row
  readonly keys: readonly string[]
  readonly restamped: boolean
  readonly attributesBefore: RestrictedAttributes | null
  readonly directory: Directory
  readonly consequences: readonly Consequence[]
}

/**
 * A change that may be merged. Not exported as a value: nobody but `judgeChange` can make one, and its private field
 * keeps anything of the same shape from passing for one.
 */
class JudgedChange implements Outlook {
  readonly #judged = true
  readonly proposal: Proposal
  readonly row: Row
  readonly keys: readonly string[]
  readonly restamped: boolean
  readonly attributesBefore: RestrictedAttributes | null
  readonly directory: Directory
  readonly consequences: readonly Consequence[]

  constructor(outlook: Outlook) {
    this.proposal = outlook.proposal
    this.row = outlook.row
    this.keys = outlook.keys
    this.restamped = outlook.restamped
    this.attributesBefore = outlook.attributesBefore
    this.directory = outlook.directory
    this.consequences = outlook.consequences
  }

  /** Asked once more where it is merged, for callers that no compiler has read. */
  static made(value: object): boolean {
    return #judged in value && (value as JudgedChange).#judged
  }
}
export type Judged = JudgedChange
export const isJudged = (value: object): boolean => JudgedChange.made(value)

export type Judgement =
  | { readonly ok: true; readonly judged: Judged }
  | { readonly ok: false; readonly reasons: readonly Reason[] }

export function judgeChange(working: Working, proposal: Proposal, serverClient: number): Judgement {
  const { record, spec, author, creates, touches, writes } = proposal
  const principal = author.type === 'worker' ? working.principalOf(author.workerId) : null
  const before = record.row ?? emptyRow(spec, record.ref.id)
  const after = rowAfterWrites(spec, before, writes)

  const refused =
    first(checkKnown(spec, touches)) ??
    checkRights(working, proposal, principal, after) ??
    first(checkHouseId(spec, record.ref.id, creates)) ??
    first(checkValues(spec, before, after, writes, working.directory.catalogue, creates)) ??
    first(checkReferences(working, spec, writes, principal)) ??
    first(checkUnique(working, spec, record.ref.id, writes)) ??
    first(checkParentAccount(working, after, touches))
  if (refused !== null) return { ok: false, reasons: refused }

  const checked = checkDirectory(working, spec.kind, after, touches, principal)
  if (!checked.ok) return checked

  const moves = touches.some((key) => feedsScope(spec, key))
  const rekeyed = creates || moves
  const judged = new JudgedChange({
    proposal,
    row: after,
    keys: rekeyed ? [...recordKeys(spec, after, accountFor(working, spec, after))].sort() : record.keys,
    restamped: moves && !creates,
    attributesBefore: moves && !creates ? attributesOf(working, spec, record.row) : null,
    directory: checked.directory,
    consequences: planConsequences(working, spec, record.row, after, touches, serverClient),
  })
  return { ok: true, judged }
}

function checkRights(
  working: Working,
  proposal: Proposal,
  principal: Principal | null,
  after: Row,
): readonly Reason[] | null {
  if (principal === null) return checkServerMade(proposal)
  const { record, spec, byImport, creates, touches, writes } = proposal
  const { kind, id } = record.ref
  if (byImport) {
    const mayImport = decideKind(principal, 'import', kind)
    if (mayImport.outcome === 'denied') return mayImport.reasons
  }
  if (creates) {
    const right = decideKind(principal, 'create', kind)
    if (right.outcome === 'denied') return right.reasons
    // Before the scope of its account is asked, so that a hidden account and a missing one are told alike (S9).
    const homeless = checkReferences(
      working,
      spec,
      writes.filter((write) => write.field === 'accountId'),
      principal,
    )
    if (homeless.length > 0) return homeless
    const target = { kind, id, row: after, account: accountFor(working, spec, after) }
    const decision = decideCreate(principal, target, touches, { byImport })
    return decision.outcome === 'denied' ? decision.reasons : null
  }
  const target: Target = { kind, id, row: record.row, account: accountFor(working, spec, record.row) }
  for (const field of touches) {
    const decision = decide(principal, byImport ? 'import' : 'edit', target, field)
    if (decision.outcome === 'denied') return decision.reasons
  }
  if (!touches.some((key) => feedsScope(spec, key))) return null
  const homeless = checkReferences(working, spec, writes, principal)
  if (homeless.length > 0) return homeless
  const moved = decideMove(principal, target, {
    kind,
    id,
    row: after,
    account: accountFor(working, spec, after),
  })
  return moved.outcome === 'denied' ? moved.reasons : null
}

/** The operator has full rights, and is still not the server: derived rows and House Contacts are its own (P22). */
function checkServerMade({ record, spec, author, creates }: Proposal): readonly Reason[] | null {
  if (spec.write.type === 'nobody') return [{ code: 'not-writable', rule: 'S8', changedBy: null }]
  const house = record.ref.kind === 'contact' && record.ref.id.startsWith('house-')
  return house && creates && author.type === 'operator'
    ? [{ code: 'house-contact', rule: 'P22', changedBy: null }]
    : null
}

function accountFor(working: Working, spec: KindSpec, row: Row | null): Row | null {
  return spec.scope === 'account' && row !== null ? accountOf(working, row.accountId) : null
}

function attributesOf(working: Working, spec: KindSpec, row: Row | null): RestrictedAttributes | null {
  const account = spec.scope === 'own' ? row : accountFor(working, spec, row)
  return account === null ? null : restrictedAttributesOf(account)
}

/** The House Contact of an account carries the account's id in its own, which must fit. */
function checkHouseId(spec: KindSpec, id: string, creates: boolean): readonly Reason[] {
  if (spec.kind !== 'account' || !creates || recordIdPattern.test(houseContactId(id))) return []
  return [
    {
      code: 'value-invalid',
      rule: 'P22',
      field: 'id',
      detail: 'The id of an account has at most 58 characters.',
    },
  ]
}

const first = (reasons: readonly Reason[]): readonly Reason[] | null => (reasons.length > 0 ? reasons : null)
