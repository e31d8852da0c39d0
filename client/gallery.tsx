/**
 * Every part on one page, and the parts put together into screens, for looking at while developing: `npm run dev`,
 * then /gallery.html?view=accounts. No page of the product leads here and the build leaves it out.
 */
import './styles/index.css'
import { createSignal, type JSX } from 'solid-js'
import { Dynamic, render } from 'solid-js/web'
import ContentIcon from '~icons/lucide/file-text'
import HelpIcon from '~icons/lucide/circle-question-mark'
import ProductIcon from '~icons/lucide/package'
import SettingsIcon from '~icons/lucide/settings-2'
import CrmIcon from '~icons/lucide/user-round'
import { OfflineBanner } from './app/shell/Banners.tsx'
import type { WorkspaceLink } from './app/shell/NavBar.tsx'
import { Shell } from './app/shell/Shell.tsx'
import { applyTheme } from './app/theme.ts'
import type { SyncState } from './components/SyncPill.tsx'
import { AccountsView } from './gallery/AccountsView.tsx'
import { ConformanceView } from './gallery/ConformanceView.tsx'
import { GroupView } from './gallery/GroupView.tsx'
import { PartsView } from './gallery/PartsView.tsx'
import { SyncView } from './gallery/SyncView.tsx'

const VIEWS: Record<string, () => JSX.Element> = {
  parts: PartsView,
  accounts: AccountsView,
  group: GroupView,
  sync: SyncView,
  conformance: ConformanceView,
}

const WORKSPACES: readonly WorkspaceLink[] = [
  { id: 'crm', label: 'CRM', href: '?view=accounts', icon: CrmIcon, open: true },
  {
    id: 'product',
    label: 'Product',
    href: '#',
    icon: ProductIcon,
    open: false,
    denied: 'You have no right in the Product workspace. Ada Byrne can give you one.',
  },
  { id: 'content', label: 'Content', href: '?view=parts', icon: ContentIcon, open: true },
  { id: 'settings', label: 'Settings', href: '?view=group', icon: SettingsIcon, open: true },
  { id: 'help', label: 'Help', href: '?view=sync', icon: HelpIcon, open: true },
]

const WORKSPACE_BY_VIEW: Record<string, string> = { accounts: 'crm', parts: 'content', group: 'settings' }

function Gallery(): JSX.Element {
  const query = new URLSearchParams(location.search)
  const view = query.get('view') ?? 'parts'
  const [state] = createSignal((query.get('sync') ?? 'waiting') as SyncState)
  return (
    <Shell
      workspaces={WORKSPACES}
      current={WORKSPACE_BY_VIEW[view] ?? null}
      path={location.pathname + location.search}
      sync={{ state: state(), count: 3 }}
      syncHref="?view=sync&sync=offline"
      profile={{ name: 'Michael Blythe', href: '?view=parts' }}
      banners={state() === 'offline' ? <OfflineBanner since={Date.UTC(2026, 10, 23, 13, 10)} /> : undefined}
    >
      <Dynamic component={VIEWS[view] ?? PartsView} />
    </Shell>
  )
}

applyTheme()
const root = document.getElementById('root')
if (root !== null) render(() => <Gallery />, root)
