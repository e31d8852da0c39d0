/**
 * The workspaces in the navigation: those that are open to the reader and have screens. A closed one is absent, as
 * its address is (W-06).
 */
import SettingsIcon from '~icons/lucide/settings-2'
import HelpIcon from '~icons/lucide/circle-question-mark'
import HomeIcon from '~icons/lucide/house'
import CrmIcon from '~icons/lucide/user-round'
import { openWorkspaces } from '../../core/access/open-workspaces.ts'
import type { Principal } from '../../core/access/types.ts'
import type { Catalogue, Workspace } from '../../core/catalogue/features.ts'
import { t } from './i18n.ts'
import type { WorkspaceLink } from './shell/NavBar.tsx'

const SCREENS: Partial<Record<Workspace, Pick<WorkspaceLink, 'href' | 'icon'>>> = {
  crm: { href: '/crm/accounts', icon: CrmIcon },
  settings: { href: '/settings/workers', icon: SettingsIcon },
  help: { href: '/help', icon: HelpIcon },
}

export function workspaceLinks(principal: Principal | null, catalogue: Catalogue): readonly WorkspaceLink[] {
  const open = principal === null ? [] : openWorkspaces(principal, catalogue)
  return open.flatMap((id) => {
    const screens = SCREENS[id]
    return screens === undefined ? [] : [{ id, label: t(`workspaces.${id}`), open: true, ...screens }]
  })
}

/** On a phone the way home stands with the workspaces; from 48 rem the reader's own picture leads there. */
export function homeLink(): WorkspaceLink {
  return { id: 'home', label: t('workspaces.home'), href: '/', icon: HomeIcon, open: true }
}

/** The id of the workspace that a path is in. */
export function workspaceOf(path: string): string | null {
  if (path === '/' || path.startsWith('/sync')) return 'home'
  return path.split('/', 2)[1] || null
}
