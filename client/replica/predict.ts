/**
 * What the gate will say, as far as this device can know: asked before anything is written, with the same rules.
 *
 * The server decides; a prediction only spares people an edit that would come back.
 */
import { checkChange, type ChangedRecord } from '../../core/access/check-change.ts'
import { decide } from '../../core/access/decide.ts'
import { decideCreate } from '../../core/access/decide-create.ts'
import { decideMove } from '../../core/access/decide-move.ts'
import { withGroup, withWorker } from '../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import type { Decision, Directory, Instant, Principal } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { Change } from '../../core/documents/types.ts'
import type { KindSpec, Row } from '../../core/records/kind-spec.ts'
import { validateRow } from '../../core/records/validate.ts'

export interface Prediction {
  readonly principal: Principal
  readonly spec: KindSpec
  /** Null for a creation. */
  readonly before: Row | null
  readonly after: Row
  /** The account that a dependant hangs on, before and after; undefined where the kind hangs on none. */
  readonly accountBefore?: Row | null
  readonly accountAfter?: Row | null
  readonly changes: readonly Change[]
  /** Where an admin's device holds it: then the hard rules are asked too. */
  readonly directory: Directory | null
  readonly now: Instant
}

/** Allowed, or the first refusal there would be: rights, then values, then hard rules. */
export function predict(edit: Prediction): Decision {
  const right = edit.before === null ? decideNewRecord(edit) : decideFields(edit, edit.before)
  if (right.outcome === 'denied') return right
  const touched = new Set(edit.changes.map(({ field }) => splitFieldKey(field).field))
  const catalogue = edit.directory?.catalogue ?? shippedCatalogue
  const looked = edit.before === null ? undefined : touched
  const faults = validateRow(edit.spec, edit.after, catalogue, looked, edit.before)
  // A custom right is in the settings, which a device may know later than the right: the gate will say.
  const known = faults.filter(({ field }) => edit.directory !== null || !namesFeatures(edit.spec, field))
  if (known.length > 0) return { outcome: 'denied', reasons: known }
  return checkHardRules(edit) ?? right
}

function decideNewRecord({ principal, spec, after, accountAfter, changes }: Prediction): Decision {
  return decideCreate(
    principal,
    target(spec, after, accountAfter),
    changes.map(({ field }) => field),
  )
}

function decideFields(edit: Prediction, before: Row): Decision {
  const { principal, spec, after, accountBefore, accountAfter, changes } = edit
  const of = target(spec, before, accountBefore)
  // Field by field, as the gate asks: one may need another feature than the rest of its record (P33).
  let decision: Decision | null = null
  for (const { field } of changes) {
    decision = decide(principal, 'edit', of, field)
    if (decision.outcome === 'denied') return decision
  }
  decision ??= decide(principal, 'edit', of)
  if (decision.outcome === 'denied') return decision
  const move = decideMove(principal, of, target(spec, after, accountAfter))
  return move.outcome === 'denied' ? move : decision
}

function target(spec: KindSpec, row: Row, account: Row | null | undefined) {
  return { kind: spec.kind, id: row.id, row, ...(account !== undefined && { account }) }
}

function checkHardRules({ principal, spec, after, changes, directory, now }: Prediction): Decision | null {
  if (directory === null || (spec.kind !== 'worker' && spec.kind !== 'group')) return null
  const next =
    spec.kind === 'worker'
      ? withWorker(directory, workerFromRow(after), directory.policyVersion)
      : withGroup(directory, groupFromRow(after), directory.policyVersion)
  const changed: ChangedRecord = { kind: spec.kind, id: after.id, fields: changes.map(({ field }) => field) }
  const decision = checkChange({ before: directory, after: next, author: principal, now, changed: [changed] })
  return decision.outcome === 'denied' ? decision : null
}

function namesFeatures(spec: KindSpec, field: string | undefined): boolean {
  const type = field === undefined ? undefined : spec.fields[field]?.type
  return (type?.type === 'set' || type?.type === 'map') && type.entry.type === 'feature'
}
