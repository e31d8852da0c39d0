/**
 * The decision: may this principal do this, to this record, in this field, and why.
 *
 * The one place that answers; every surface asks it (B1). Pure and quick: a few lookups, no list is built. It knows
 * rights, scope and fields; what a change would do to other people's access is for `checkChange`.
 */
import type { Kind, Row } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import { allowed, denied, notFound, notLive, notReached, rightOf } from './decisions.ts'
import { type KnownField, fieldOfKey } from './field-key.ts'
import { accountOf, reachReason } from './reach.ts'
import type { Action, Decision, Principal, Reason, Target } from './types.ts'

/**
 * `field` is a field key. `create` is asked of a kind, with what hangs on it (`target.account`); the new row itself
 * goes to `decideCreate`. Without an account given, dependants are judged by right alone.
 */
export function decide(principal: Principal, action: Action, target: Target, field?: string): Decision {
  switch (action) {
    case 'view':
      return decideView(principal, target)
    case 'edit':
      return decideEdit(principal, target, field, false)
    case 'create':
      return decideCreateOf(principal, target, field, false)
    case 'export': {
      const kind = decideKind(principal, 'export', target.kind)
      return kind.outcome === 'denied' ? kind : decideView(principal, target)
    }
    case 'import': {
      const kind = decideKind(principal, 'import', target.kind)
      if (kind.outcome === 'denied') return kind
      return target.row === null
        ? decideCreateOf(principal, target, field, true)
        : decideEdit(principal, target, field, true)
    }
  }
}

/** The same, asked of a whole kind: navigation, lists, buttons, import and export. Says nothing about any record. */
export function decideKind(principal: Principal, action: Action, kind: Kind): Decision {
  if (!principal.live) return notLive(principal)
  const { read } = kindSpecs[kind]
  switch (action) {
    case 'view':
      return 'feature' in read ? rightOf(principal, read.feature) : decideOpen(read.type)
    case 'create':
    case 'edit':
      return decideWriteRule(principal, kind, action)
    case 'export': {
      if (read.type !== 'scoped') return decideKind(principal, 'view', kind)
      const view = rightOf(principal, read.feature)
      return view.outcome === 'denied' ? view : rightOf(principal, 'crm.export')
    }
    case 'import': {
      const right = rightOf(principal, 'settings.import')
      return right.outcome === 'denied' ? right : decideWriteRule(principal, kind, 'edit')
    }
  }
}

export function decideView(principal: Principal, target: Target): Decision {
  if (!principal.live) return notLive(principal)
  const { read } = kindSpecs[target.kind]
  switch (read.type) {
    case 'scoped': {
      const right = rightOf(principal, read.feature)
      if (right.outcome === 'denied') return right
      const reach = reachOf(principal, target)
      return reach === null ? notReached : allowed([...right.reasons, reach])
    }
    case 'feature-or-own': {
      const right = rightOf(principal, read.feature)
      if (right.outcome === 'allowed') return target.row === null ? notFound : right
      // Not held and not one's own: the right is named, which says nothing about the record (S9).
      return target.row !== null && isOwn(principal, target) ? ownRecord : right
    }
    case 'own':
      return isOwn(principal, target) ? ownRecord : notFound
    case 'everyone':
      return target.row === null ? notFound : everyone
  }
}

/** The reason why the record's account is reached; null where there is none, or no record. */
function reachOf(principal: Principal, target: Target): Reason | null {
  const account = accountOf(target)
  return account === null ? null : reachReason(principal, account)
}

/** Rights first on reading, then on writing, then on the field (GATE 1, GATE 7). */
function decideEdit(
  principal: Principal,
  target: Target,
  field: string | undefined,
  byImport: boolean,
): Decision {
  if (!principal.live) return notLive(principal)
  const { read } = kindSpecs[target.kind]
  // As `decideView` would answer, without building its decision.
  const view = read.type === 'scoped' ? rightOf(principal, read.feature) : decideView(principal, target)
  if (view.outcome === 'denied') return view
  const reach = read.type === 'scoped' ? reachOf(principal, target) : null
  if (read.type === 'scoped' && reach === null) return notReached
  const feature = field === undefined ? undefined : fieldOfKey(kindSpecs[target.kind], field)?.spec.feature
  const write =
    feature === undefined ? decideWriteRule(principal, target.kind, 'edit') : rightOf(principal, feature)
  if (write.outcome === 'denied') return write
  if (isHouseContact(target)) return denied({ code: 'house-contact', rule: 'P22', changedBy: null })
  const refusal = field === undefined ? null : fieldRefusal(principal, target, field, byImport)
  if (refusal !== null) return denied(refusal)
  return reach === null ? write : allowed([...write.reasons, reach])
}

function decideCreateOf(
  principal: Principal,
  target: Target,
  field: string | undefined,
  byImport: boolean,
): Decision {
  const write = decideNew(principal, target)
  if (write.outcome === 'denied' || field === undefined) return write
  const refusal = fieldRefusal(principal, target, field, byImport)
  return refusal === null || isOwnCodeAtCreation(target.kind, refusal) ? write : denied(refusal)
}

/** Whether a new record of this kind may be made here, before its fields are looked at. */
export function decideNew(principal: Principal, target: Target): Decision {
  const write = decideKind(principal, 'create', target.kind)
  if (write.outcome === 'denied') return write
  const spec = kindSpecs[target.kind]
  if (spec.write.type === 'own' && !isOwn(principal, target)) return notFound
  if (isHouseContact(target)) return denied({ code: 'house-contact', rule: 'P22', changedBy: null })
  if (spec.scope !== 'account' || target.account === undefined) return write
  const reach = target.account === null ? null : reachReason(principal, target.account)
  return reach === null ? notReached : allowed([...write.reasons, reach])
}

/** Its codes may be given at creation, if they are the author's own: `decideCreate` looks at them (P24). */
function isOwnCodeAtCreation(kind: Kind, refusal: Reason): boolean {
  return (
    kind === 'account' && refusal.code === 'import-owned' && fieldName(refusal.field ?? '') === 'repCodes'
  )
}

const fieldName = (key: string): string => key.split('/', 1)[0] ?? key

function decideWriteRule(principal: Principal, kind: Kind, action: 'create' | 'edit'): Decision {
  const { write } = kindSpecs[kind]
  switch (write.type) {
    case 'feature':
      return rightOf(principal, write[action])
    case 'own':
      return ownRecord
    case 'nobody':
      return nobodyWrites
  }
}

function decideOpen(type: 'own' | 'everyone'): Decision {
  return type === 'own' ? ownRecord : everyone
}

/** Why a field may not be written, whoever else may write the record; null when it may. */
export function fieldRefusal(
  principal: Principal,
  target: Target,
  key: string,
  byImport: boolean,
): Reason | null {
  const field = fieldOfKey(kindSpecs[target.kind], key)
  if (field === null) return { code: 'unknown-field', rule: 'D8', field: key, changedBy: null }
  const own = field.spec.feature === undefined ? null : rightOf(principal, field.spec.feature)
  if (own?.outcome === 'denied') return own.reasons[0] ?? null
  if (field.spec.serverMade) return { code: 'server-made', rule: 'P22', field: key, changedBy: null }
  if (isOwnAccess(principal, target, field)) return { code: 'own-access', rule: 'P14', field: key }
  if (field.spec.importOwned && !byImport && !principal.fullAdministrator) {
    return { code: 'import-owned', rule: 'P24', field: key, changedBy: 'settings.import' }
  }
  return null
}

/** Fields of a worker that are guarded because they are how one signs in, not what one may do: GATE 33, not P14. */
const signInFields: ReadonlySet<string> = new Set(['username', 'email'])

function isOwnAccess(principal: Principal, target: Target, { name, spec }: KnownField): boolean {
  if (target.kind !== 'worker' || target.id !== principal.workerId) return false
  return spec.guarded === true && !signInFields.has(name)
}

/** What is a worker's without any right: themself, their groups and those above, their desk (S8). */
function isOwn(principal: Principal, { kind, id }: Target): boolean {
  switch (kind) {
    case 'worker':
    case 'desk':
      return id === principal.workerId
    case 'group':
      return principal.readableGroups.includes(id)
    default:
      return false
  }
}

function isHouseContact({ kind, id, row }: Target): boolean {
  return kind === 'contact' && (id.startsWith('house-') || isHouse(row))
}

const isHouse = (row: Row | null): boolean => row?.house === true

const ownRecord: Decision = allowed([{ code: 'own-record', rule: 'S8' }])
const everyone: Decision = allowed([{ code: 'everyone', rule: 'S8' }])
const nobodyWrites: Decision = denied({ code: 'not-writable', rule: 'S8', changedBy: null })
