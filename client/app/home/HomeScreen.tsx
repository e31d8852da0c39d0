/** /: who the reader is, where their work is, what needs them, how it looks, and the way out. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import HelpIcon from '~icons/lucide/circle-question-mark'
import SyncIcon from '~icons/lucide/cloud'
import LogOutIcon from '~icons/lucide/log-out'
import StoreIcon from '~icons/lucide/store'
import ContactIcon from '~icons/lucide/user-round'
import WorkerIcon from '~icons/lucide/id-card'
import GroupsIcon from '~icons/lucide/users-round'
import { openWorkspaces } from '../../../core/access/open-workspaces.ts'
import type { Principal } from '../../../core/access/types.ts'
import type { Workspace } from '../../../core/catalogue/features.ts'
import { type Kind, recordKey } from '../../../core/records/kind-spec.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Chip, ChipRow } from '../../components/Chip.tsx'
import { ConfirmSheet } from '../../components/ConfirmSheet.tsx'
import { Field, FieldList } from '../../components/FieldList.tsx'
import type { IconComponent } from '../../components/types.ts'
import layout from '../../styles/layout.module.css'
import { namesOf } from '../../workspaces/record/lookups.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { decisionFor } from '../../access/decision.ts'
import { countShown } from '../count-shown.ts'
import { useLiveQuery, usePacedQuery, usePortal, useRecord } from '../context.tsx'
import { formatCount, formatNumber } from '../format.ts'
import { t } from '../i18n.ts'
import { Page } from '../shell/Page.tsx'
import { PageTitle } from '../shell/Titles.tsx'
import { setTheme, theme } from '../theme.ts'
import { BoardCard } from './BoardCard.tsx'
import { HomeLink } from './HomeLink.tsx'
import { YourLogin } from './YourLogin.tsx'

interface Section {
  readonly workspace: Workspace
  /** The kind it lists: asked for the right to see it, and counted. */
  readonly kind?: Kind
  readonly label: () => string
  readonly href: string
  readonly icon: IconComponent
}

const SECTIONS: readonly Section[] = [
  {
    workspace: 'crm',
    kind: 'account',
    label: () => t('home.accounts'),
    href: '/crm/accounts',
    icon: StoreIcon,
  },
  {
    workspace: 'crm',
    kind: 'contact',
    label: () => t('home.contacts'),
    href: '/crm/contacts',
    icon: ContactIcon,
  },
  {
    workspace: 'settings',
    kind: 'worker',
    label: () => t('home.workers'),
    href: '/settings/workers',
    icon: WorkerIcon,
  },
  {
    workspace: 'settings',
    kind: 'group',
    label: () => t('home.groups'),
    href: '/settings/groups',
    icon: GroupsIcon,
  },
  { workspace: 'help', label: () => t('home.help'), href: '/help', icon: HelpIcon },
]

const COUNTED: readonly Kind[] = ['account', 'contact', 'worker', 'group']

export default function HomeScreen(): JSX.Element {
  const portal = usePortal()
  const counts = usePacedQuery(COUNTED, async (db) => {
    const all = await Promise.all(COUNTED.map(async (kind) => [kind, await countShown(db, kind)] as const))
    return new Map(all)
  })
  const sections = () => {
    const principal = portal.principal()
    if (principal === null) return []
    const open = new Set(openWorkspaces(principal, portal.catalogue()))
    return SECTIONS.filter(
      ({ workspace, kind }) =>
        open.has(workspace) &&
        (kind === undefined || decisionFor(principal, { action: 'view', kind }).outcome === 'allowed'),
    )
  }
  const countOf = (kind: Kind | undefined) => {
    const count = kind === undefined ? undefined : counts()?.get(kind)
    return count === undefined ? undefined : formatNumber(count)
  }
  return (
    <Page>
      <PageTitle
        title={portal.worker.name}
        lede={t('home.signedInAs', { username: portal.worker.username })}
      />
      <div class={layout.columns}>
        <div class={layout.stack}>
          <Show when={portal.board()}>{(board) => <BoardCard board={board()} />}</Show>
          <Card flush label={t('home.yourWork')}>
            <ul>
              <For each={sections()}>
                {(section) => (
                  <HomeLink
                    href={section.href}
                    icon={section.icon}
                    label={section.label()}
                    end={countOf(section.kind)}
                  />
                )}
              </For>
              <HomeLink href="/sync" icon={SyncIcon} label={t('home.sync')} note={useSyncWords()()} />
            </ul>
          </Card>
        </div>
        <div class={layout.stack}>
          <Show when={portal.principal()}>{(principal) => <You principal={principal()} />}</Show>
          <Card title={t('home.appearance')}>
            <ChipRow label={t('home.appearance')} wrap>
              <For each={['system', 'light', 'dark'] as const}>
                {(choice) => (
                  <Chip pressed={theme() === choice} onClick={() => setTheme(choice)}>
                    {t(`home.theme.${choice}`)}
                  </Chip>
                )}
              </For>
            </ChipRow>
          </Card>
          {/* Whoever looks at a preview has their own, elsewhere. */}
          <Show when={!portal.isPreview}>
            <YourLogin />
            <div>
              <SignOut />
            </div>
          </Show>
        </div>
      </div>
    </Page>
  )
}

/** What waits or was refused, in one line. */
function useSyncWords(): () => string {
  const portal = usePortal()
  return () => {
    const { waiting, refused, conflicts } = portal.syncState()
    if (refused > 0) return formatCount(refused, t('home.refused'))
    if (conflicts > 0) return formatCount(conflicts, t('home.conflicts'))
    if (waiting > 0) return formatCount(waiting, t('home.waiting'))
    return t('home.syncAllClear')
  }
}

/** Their own record says what they do here; the principal what they reach. */
function You(props: { readonly principal: Principal }): JSX.Element {
  const portal = usePortal()
  const self = useRecord(() => ({ kind: 'worker', id: portal.worker.id }))
  const groups = useLiveQuery((db) => {
    const held = self()?.row.groups
    const keys = (Array.isArray(held) ? held : []).map(({ id }: { id: string }) => recordKey('group', id))
    return async () => [...(await namesOf(db, keys)).values()]
  })
  const reaches = () => {
    const { scope } = props.principal
    if (scope.everything) return t('home.everything')
    const codes = [...scope.keys.keys()].flatMap((key) => (key.startsWith('rep:') ? [key.slice(4)] : []))
    const others = scope.keys.size - codes.length
    if (codes.length > 0) {
      return formatCount(codes.length, t('home.byRepCode')).replace('{codes}', codes.sort().join(', '))
    }
    return others > 0 ? formatCount(others, t('home.reachCount')) : t('home.nothing')
  }
  const jobTitle = () => self()?.row.jobTitle
  return (
    <Card flush label={t('home.you')}>
      <FieldList>
        <Show when={jobTitle()}>
          <Field label={fieldLabel('worker', 'jobTitle')}>{String(jobTitle())}</Field>
        </Show>
        <Show when={groups()?.length}>
          <Field label={t('home.yourGroups')}>{groups()?.join(' · ')}</Field>
        </Show>
        <Field label={t('home.reaches')}>{reaches()}</Field>
      </FieldList>
    </Card>
  )
}

function SignOut(): JSX.Element {
  const portal = usePortal()
  const [asking, setAsking] = createSignal<{ readonly waiting: number; readonly refused: number }>()
  const ask = async () => setAsking(await portal.actions.unsent())
  const waiting = () => asking()?.waiting ?? 0
  const refused = () => asking()?.refused ?? 0
  return (
    <>
      <Button icon={LogOutIcon} onClick={() => void ask()}>
        {t('home.signOut')}
      </Button>
      <ConfirmSheet
        open={asking() !== undefined}
        title={t('home.signOutTitle')}
        confirm={waiting() > 0 ? t('home.signOutAnyway') : t('home.signOut')}
        danger={waiting() > 0}
        onConfirm={() => void portal.actions.signOut()}
        onClose={() => setAsking(undefined)}
      >
        <p>{waiting() > 0 ? formatCount(waiting(), t('home.signOutUnsent')) : t('home.signOutClean')}</p>
        <Show when={refused() > 0}>
          <p>{formatCount(refused(), t('home.signOutRefused'))}</p>
        </Show>
      </ConfirmSheet>
    </>
  )
}
