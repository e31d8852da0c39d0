/**
 * A second evaluator, slow and obvious, to compare the engine with. Written from the rules in words, in their order;
 * it shares no code with core/access but the shapes of its input.
 */
import type { Directory, Worker } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

const workspaceEntry: Readonly<Record<string, string>> = {
  crm: 'workspace.crm',
  product: 'SU-ACCESS-PIM-WORKSPACE',
  content: 'SU-ACCESS-CMS-WORKSPACE',
  settings: 'SU-ACCESS-SETTINGS-WORKSPACE',
  help: 'workspace.help',
}

export class NaiveEvaluator {
  readonly directory: Directory

  constructor(directory: Directory) {
    this.directory = directory
  }

  holds(workerId: string, feature: string, now: number): boolean {
    const worker = this.directory.workers.get(workerId)
    if (worker === undefined || !this.isLive(worker, now)) return false
    if (this.isCapped(worker, feature)) return false
    if (this.isAdministrator(worker, now)) return !worker.reductions.includes(feature)
    if (this.isDenied(worker, feature, now)) return false
    return this.holdsBeforeCaps(worker, feature, now, [])
  }

  /** Given directly, by base, by a group; or implied by something that is held, which is asked in the same way. */
  holdsBeforeCaps(worker: Worker, feature: string, now: number, asked: readonly string[]): boolean {
    if (this.isDenied(worker, feature, now)) return false
    if (['crm.accounts.view', 'crm.match', 'help.read'].includes(feature)) return true
    if (worker.rights.includes(feature)) return true
    if (this.liveGroups(worker, now).some((id) => this.isAllowedIn(id, feature))) return true
    return this.impliers(feature).some(
      (other) => !asked.includes(other) && this.holdsBeforeCaps(worker, other, now, [...asked, feature]),
    )
  }

  impliers(feature: string): readonly string[] {
    const workspace = this.workspaceOf(feature)
    return this.directory.catalogue.features
      .filter(({ id, workspace: of, implies }) => {
        if (id === feature) return false
        const isWorkspaceRight = id.startsWith('SU-ACCESS-')
        return isWorkspaceRight ? of === workspace : (implies?.includes(feature) ?? false)
      })
      .map(({ id }) => id)
  }

  isLive(worker: Worker, now: number): boolean {
    if (!worker.active) return false
    if (worker.validFrom !== null && now < worker.validFrom) return false
    return !(worker.validUntil !== null && now >= worker.validUntil)
  }

  liveGroups(worker: Worker, now: number): readonly string[] {
    return worker.memberships
      .filter(({ from, until }) => !(from !== null && now < from) && !(until !== null && now >= until))
      .map(({ groupId }) => groupId)
      .filter((id) => this.contributes(id))
  }

  /** It and everything above it exists and is enabled. */
  contributes(groupId: string): boolean {
    const group = this.directory.groups.get(groupId)
    if (group === undefined || !group.enabled) return false
    return group.parentId === null || this.contributes(group.parentId)
  }

  entry(groupId: string, feature: string): string | undefined {
    const own = this.directory.groups.get(groupId)?.features
    return own?.get(feature) ?? own?.get(workspaceEntry[this.workspaceOf(feature)] ?? '')
  }

  isDeniedIn(groupId: string, feature: string): boolean {
    const parent = this.directory.groups.get(groupId)?.parentId ?? null
    return this.entry(groupId, feature) === 'deny' || (parent !== null && this.isDeniedIn(parent, feature))
  }

  isAllowedIn(groupId: string, feature: string): boolean {
    if (this.isDeniedIn(groupId, feature)) return false
    const parent = this.directory.groups.get(groupId)?.parentId ?? null
    const entry = this.entry(groupId, feature)
    if (entry !== undefined) return entry === 'allow'
    return parent !== null && this.isAllowedIn(parent, feature)
  }

  isDenied(worker: Worker, feature: string, now: number): boolean {
    return this.liveGroups(worker, now).some((id) => this.isDeniedIn(id, feature))
  }

  isAdministrator(worker: Worker, now: number): boolean {
    return this.isLive(worker, now) && this.liveGroups(worker, now).includes('administrators')
  }

  isCapped(worker: Worker, feature: string): boolean {
    const workspace = this.workspaceOf(feature)
    const types = worker.memberships.map(({ groupId }) => this.directory.groups.get(groupId)?.type)
    const isLead = feature === 'crm.leads.view' || feature === 'crm.leads.edit'
    if (types.includes('affiliate') && workspace === 'crm' && !isLead) return true
    const isPartner = worker.userType === 'partner' || worker.userType === 'partner_rep'
    return workspace === 'settings' && (types.includes('client') || isPartner)
  }

  workspaceOf(feature: string): string {
    return this.directory.catalogue.featureById.get(feature)?.workspace ?? ''
  }

  /** May this worker see this account, and what hangs on it? */
  sees(workerId: string, account: Row, now: number): boolean {
    const worker = this.directory.workers.get(workerId)
    if (worker === undefined || !this.holds(workerId, 'crm.accounts.view', now)) return false
    return this.isInScope(worker, account, now) && this.passes(worker, account)
  }

  isInScope(worker: Worker, account: Row, now: number): boolean {
    if (this.isAdministrator(worker, now)) return true
    switch (worker.accountsQueryType) {
      case 'all':
        return true
      case 'my-acct':
        return same(worker.aId) !== '' && same(worker.aId) === same(account.aId)
      case 'mapped':
        return worker.mappedAccounts.includes(account.id)
      case 'rep':
        return this.codesOf(worker).some((code) => codes(account.repCodes).includes(code))
      default:
        return false
    }
  }

  codesOf(worker: Worker): readonly string[] {
    const widens = worker.userType === 'organization' || worker.userType === 'partner'
    const others = [...this.directory.workers.values()].filter(
      (other) => widens && this.isBelow(other, worker.id, []),
    )
    return [worker, ...others].flatMap(({ repCodes }) => codes(repCodes))
  }

  isBelow(worker: Worker, managerId: string, seen: readonly string[]): boolean {
    if (worker.id === managerId || worker.managerId === null || seen.includes(worker.id)) return false
    if (worker.managerId === managerId) return true
    const manager = this.directory.workers.get(worker.managerId)
    return manager !== undefined && this.isBelow(manager, managerId, [...seen, worker.id])
  }

  /** Of all the restrictions, only geography is about anything that an account has. */
  passes(worker: Worker, account: Row): boolean {
    if (worker.geographies.length === 0) return true
    return worker.geographies.some((entry) => {
      // An entry with an empty part says nothing that could be matched.
      if (entry === 'none' || entry.split('/').includes('')) return false
      const [country, state, zip] = entry.split('/')
      if (account.country !== country) return false
      if (state !== undefined && account.state !== state) return false
      return zip === undefined || (typeof account.zip === 'string' && account.zip.startsWith(zip))
    })
  }
}

function codes(values: unknown): readonly string[] {
  return (values as readonly string[]).map((code) => code.trim().toUpperCase()).filter((code) => code !== '')
}

function same(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
