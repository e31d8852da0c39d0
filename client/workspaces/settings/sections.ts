/** The parts of Settings, in the order in which they are offered, and whom each is open to. */
import ExchangeIcon from '~icons/lucide/arrow-down-up'
import OrganisationIcon from '~icons/lucide/building-2'
import AuditIcon from '~icons/lucide/history'
import WorkersIcon from '~icons/lucide/id-card'
import GroupsIcon from '~icons/lucide/users-round'
import type { Decision, Principal } from '../../../core/access/types.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { decisionFor, type Question } from '../../access/decision.ts'
import { t } from '../../app/i18n.ts'
import type { TabLink } from '../../components/Tabs.tsx'
import type { IconComponent } from '../../components/types.ts'
import { mayExchange } from './exchange/may-exchange.ts'
import { rightOf } from '../../../core/access/decisions.ts'
import {
  auditHref,
  exchangeHref,
  groupsHref,
  type OrganisationPart,
  organisationHref,
  organisationParts,
  workersHref,
} from './hrefs.ts'

interface Section {
  readonly id: string
  readonly label: () => string
  readonly href: string
  readonly icon: IconComponent
  readonly isOpen: (principal: Principal) => boolean
}

const sections = [
  {
    id: 'workers',
    icon: WorkersIcon,
    label: () => t('settings.workers'),
    href: workersHref,
    isOpen: (principal) => !isClosed(principal, 'worker'),
  },
  {
    id: 'groups',
    icon: GroupsIcon,
    label: () => t('settings.groups'),
    href: groupsHref,
    isOpen: (principal) => !isClosed(principal, 'group'),
  },
  {
    id: 'exchange',
    icon: ExchangeIcon,
    label: () => t('exchange.section'),
    href: exchangeHref,
    isOpen: mayExchange,
  },
  {
    id: 'organisation',
    icon: OrganisationIcon,
    label: () => t('organisation.title'),
    href: organisationHref(),
    isOpen: (principal) => openParts(principal).length > 0,
  },
  {
    id: 'audit',
    icon: AuditIcon,
    label: () => t('audit.title'),
    href: auditHref,
    isOpen: (principal) => rightOf(principal, 'settings.audit.view').outcome === 'allowed',
  },
] as const satisfies readonly Section[]

export type SectionId = (typeof sections)[number]['id']

export interface SectionLink extends TabLink {
  readonly icon: IconComponent
}

/** Rights that are not known yet close nothing. */
export function openSections(principal: Principal | null): readonly SectionLink[] {
  return sections
    .filter(({ isOpen }) => principal === null || isOpen(principal))
    .map(({ id, label, href, icon }) => ({ id, label: label(), href, icon }))
}

/** The rights register has a right of its own (P33). Rights that are not known yet close nothing. */
export function openParts(principal: Principal | null): readonly OrganisationPart[] {
  return organisationParts.filter((part) => partDecision(principal, part)?.outcome !== 'denied')
}

/** Null where rights are not known yet. */
export function partDecision(principal: Principal | null, part: OrganisationPart): Decision | null {
  if (principal === null) return null
  const { feature } = kindSpecs.settings.fields['customRights'] ?? {}
  if (part === 'rights' && feature !== undefined) return rightOf(principal, feature)
  return decisionFor(principal, opens('settings'))
}

/** Everybody's portal reads the organisation's settings; their screen is for who may change them. */
export function opens(kind: SettingsKind): Question {
  return { action: kind === 'settings' ? 'edit' : 'view', kind }
}

/** What a screen of Settings is about. */
export type SettingsKind = 'worker' | 'group' | 'settings'

/** Rights that are not known yet close nothing. */
export function isClosed(principal: Principal | null, kind: SettingsKind): boolean {
  if (kind === 'settings') return openParts(principal).length === 0
  return principal !== null && decisionFor(principal, opens(kind)).outcome === 'denied'
}
