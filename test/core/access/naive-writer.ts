/**
 * The second evaluator, for writes: who may edit, create, move, import and export what, field by field. Written from
 * DESIGN 3 and 5 and their lists of fields; it shares no code with core/access or core/records.
 */
import type { Target, Worker } from '../../../core/access/types.ts'
import { NaiveEvaluator } from './naive-evaluator.ts'

export const writtenKinds = ['account', 'contact', 'address', 'worker', 'group'] as const
export type WrittenKind = (typeof writtenKinds)[number]

interface Writing {
  readonly create: string
  readonly edit: string
  readonly fields: readonly string[]
  /** Those whose entries are written one by one: `repCodes/275`. */
  readonly keyed?: readonly string[]
  readonly texts?: readonly string[]
  readonly importOwned?: readonly string[]
  readonly serverMade?: readonly string[]
  /** Nobody writes these of their own record. */
  readonly notOwn?: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

const writing: Readonly<Record<WrittenKind, Writing>> = {
  account: {
    create: 'SU-ALLOW-ACCOUNT-ADDS',
    edit: 'SU-ALLOW-ACCOUNT-EDITS',
    fields: words(
      'aId name accountKind ownerId phone territory country state zip active parentId businessType specialty annualSales employees yearOpened',
    ),
    keyed: ['repCodes'],
    texts: ['notes'],
    importOwned: ['aId', 'repCodes'],
  },
  contact: {
    create: 'SU-ALLOW-CUSTOMER-ADD-EDITS',
    edit: 'SU-ALLOW-CUSTOMER-ADD-EDITS',
    fields: words('externalId accountId firstName lastName title jobTitle email phone username house active'),
    serverMade: ['house'],
  },
  address: {
    create: 'SU-ALLOW-ADDRESS-ADDS-EDITS',
    edit: 'SU-ALLOW-ADDRESS-ADDS-EDITS',
    fields: words(
      'externalId accountId contactId label line1 line2 city state stateName zip country countryName latitude longitude active',
    ),
  },
  worker: {
    create: 'settings.workers',
    edit: 'settings.workers',
    fields: words(
      'username firstName lastName email phone jobTitle active userType managerId aId accountsQueryType enforceMatchSecurity validFrom validUntil',
    ),
    keyed: words(
      'repCodes mappedAccounts rights groups reductions campaigns geographies partners searchFilter',
    ),
    importOwned: ['repCodes'],
    notOwn: words(
      'active userType managerId aId accountsQueryType repCodes mappedAccounts rights groups reductions campaigns geographies partners searchFilter enforceMatchSecurity validFrom validUntil',
    ),
  },
  group: {
    create: 'settings.groups',
    edit: 'settings.groups',
    fields: words('code name description type parentId enabled preconfigured'),
    keyed: ['features'],
    serverMade: ['preconfigured'],
  },
}

export interface WrittenTarget extends Target {
  readonly kind: WrittenKind
}

export class NaiveWriter extends NaiveEvaluator {
  reads(workerId: string, { kind, id, row, account }: WrittenTarget, now: number): boolean {
    const worker = this.directory.workers.get(workerId)
    if (worker === undefined || row === null || !this.isLive(worker, now)) return false
    switch (kind) {
      case 'worker':
        return id === workerId || this.holds(workerId, 'settings.workers.view', now)
      case 'group':
        return this.isAbove(worker, id) || this.holds(workerId, 'settings.groups.view', now)
      case 'account':
        return this.sees(workerId, row, now)
      default:
        return account !== null && account !== undefined && this.sees(workerId, account, now)
    }
  }

  /** Whether it is the group of a stored membership, or stands above one. */
  isAbove(worker: Worker, groupId: string): boolean {
    const { groups } = this.directory
    const up = (id: string | null): boolean =>
      id !== null && groups.has(id) && (id === groupId || up(groups.get(id)?.parentId ?? null))
    return worker.memberships.some((membership) => up(membership.groupId))
  }

  edits(workerId: string, target: WrittenTarget, field: string, now: number): boolean {
    return this.changes(workerId, target, now) && this.writes(workerId, target, field, now)
  }

  /** May this worker change anything of it at all? */
  changes(workerId: string, target: WrittenTarget, now: number): boolean {
    const right = this.holds(workerId, writing[target.kind].edit, now)
    return right && this.reads(workerId, target, now) && !isHouse(target)
  }

  imports(workerId: string, target: WrittenTarget, field: string, now: number): boolean {
    const right = this.holds(workerId, 'settings.import', now) && this.changes(workerId, target, now)
    return right && this.maySet(workerId, target, field)
  }

  /** Lists are exported, not what one may read because it is one's own. */
  exports(workerId: string, target: WrittenTarget, now: number): boolean {
    const list = { worker: 'settings.workers.view', group: 'settings.groups.view' }
    const feature = target.kind === 'worker' || target.kind === 'group' ? list[target.kind] : 'crm.export'
    return this.reads(workerId, target, now) && this.holds(workerId, feature, now)
  }

  moves(workerId: string, before: WrittenTarget, after: WrittenTarget, now: number): boolean {
    return this.reads(workerId, before, now) && this.reads(workerId, after, now)
  }

  /** `target.row` as it would be; `fields` are those that its author filled in. */
  creates(workerId: string, target: WrittenTarget, fields: readonly string[], now: number): boolean {
    if (!this.holds(workerId, writing[target.kind].create, now) || isHouse(target)) return false
    const mayFill = (field: string): boolean =>
      isCodes(target, field)
        ? this.isAdministratorInFull(workerId, now) || this.givesOwnCodes(workerId, target)
        : this.writes(workerId, target, field, now)
    return fields.every(mayFill) && this.reads(workerId, target, now)
  }

  givesOwnCodes(workerId: string, { row }: WrittenTarget): boolean {
    const normal = (values: unknown) => (values as readonly string[]).map((one) => one.trim().toUpperCase())
    const given = normal(row?.repCodes ?? [])
    const own = normal(this.directory.workers.get(workerId)?.repCodes ?? [])
    return given.length > 0 && given.every((one) => one !== '' && own.includes(one))
  }

  writes(workerId: string, target: WrittenTarget, field: string, now: number): boolean {
    if (!this.maySet(workerId, target, field)) return false
    const owned = writing[target.kind].importOwned?.includes(nameOf(field)) ?? false
    return !owned || this.isAdministratorInFull(workerId, now)
  }

  /** A field that there is, that devices write, and that is not one's own access. */
  maySet(workerId: string, { kind, id }: WrittenTarget, field: string): boolean {
    const { serverMade = [], notOwn = [] } = writing[kind]
    if (!isField(writing[kind], field) || serverMade.includes(nameOf(field))) return false
    return !(kind === 'worker' && id === workerId && notOwn.includes(nameOf(field)))
  }

  /** Neither reduced nor restricted nor capped. */
  isAdministratorInFull(workerId: string, now: number): boolean {
    const worker = this.directory.workers.get(workerId)
    if (worker === undefined || !this.isAdministrator(worker, now)) return false
    const { reductions, campaigns, geographies, partners } = worker
    if ([reductions, campaigns, geographies, partners].some(({ length }) => length > 0)) return false
    return !this.directory.catalogue.features.some(({ id }) => this.isCapped(worker, id))
  }
}

const nameOf = (field: string): string => field.replace(/^text:/u, '').replace(/\/.*$/su, '')

function isField({ fields, keyed = [], texts = [] }: Writing, field: string): boolean {
  if (fields.includes(field) || keyed.includes(field) || texts.includes(field)) return true
  if (field.startsWith('text:')) return texts.includes(field.slice(5))
  return keyed.some((name) => field.startsWith(`${name}/`) && field.length > name.length + 1)
}

const isCodes = ({ kind }: WrittenTarget, field: string): boolean =>
  kind === 'account' && nameOf(field) === 'repCodes' && isField(writing.account, field)

const isHouse = ({ kind, id, row }: WrittenTarget): boolean =>
  kind === 'contact' && (id.startsWith('house-') || row?.house === true)

export function fieldsOf(kind: WrittenKind): readonly string[] {
  const { fields, keyed = [], texts = [] } = writing[kind]
  const entries = keyed.flatMap((name) => [name, `${name}/x`, `${name}/`])
  return [...fields, ...entries, ...texts.flatMap((name) => [name, `text:${name}`, `${name}/x`])]
}
