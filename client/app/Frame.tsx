/**
 * Everything behind the sign-in: the portal of one worker, and the shell that its screens stand in.
 */
import { Navigate, type RouteSectionProps, useLocation } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  type JSX,
  lazy,
  on,
  Show,
  Suspense,
} from 'solid-js'
import ClockIcon from '~icons/lucide/clock'
import LogInIcon from '~icons/lucide/log-in'
import { Banner } from '../components/Banner.tsx'
import { preview } from '../preview/preview.ts'
import { acceptUpdate, isUpdateReady } from '../service-worker/register.ts'
import layout from '../styles/layout.module.css'
import { PortalProvider, usePortal } from './context.tsx'
import { t } from './i18n.ts'
import { leaseOf } from './offline-lease.ts'
import { BrokenScreen, LeaseEnded } from './Fallbacks.tsx'
import { readSession, signedInWorker, wipedHere } from './session.ts'
import { OfflineBanner, UpdateBanner } from './shell/Banners.tsx'
import { PreviewBanner } from './shell/PreviewBanner.tsx'
import { createMedia } from './shell/create-media.ts'
import { Shell } from './shell/Shell.tsx'
import { pillOf } from './sync-status.ts'
import { isTyping } from './unsaved.ts'
import { homeLink, workspaceLinks, workspaceOf } from './workspace-links.ts'

export default function Frame(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  const signInHref = () => {
    const here = location.pathname + location.search
    // Where somebody worked who is gone is no place to send the next one to.
    return here === '/' || wipedHere() !== null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`
  }
  return (
    <Show when={signedInWorker()} keyed fallback={<Navigate href={signInHref()} />}>
      {(worker) => (
        <PortalProvider worker={worker} onSignedOut={readSession}>
          <Previewed>
            <Framed>{props.children}</Framed>
          </Previewed>
        </PortalProvider>
      )}
    </Show>
  )
}

const PreviewPortal = lazy(() => import('../preview/PreviewPortal.tsx'))

/** While another worker's portal is looked at, every screen stands in that one. The reader's own goes on beneath it. */
function Previewed(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <Show when={preview()} keyed fallback={props.children}>
      {(shown) => (
        <Suspense>
          <PreviewPortal preview={shown}>{props.children}</PreviewPortal>
        </Suspense>
      )}
    </Show>
  )
}

function Framed(props: { readonly children: JSX.Element }): JSX.Element {
  const portal = usePortal()
  const location = useLocation()
  const wide = createMedia('(min-width: 48rem)')
  const workspaces = createMemo(() => {
    const links = workspaceLinks(portal.principal(), portal.catalogue())
    return wide() ? links : [...links, homeLink()]
  })
  const lease = () => leaseOf(portal.device(), portal.settings(), Date.now())
  const isShut = () => lease().ended && portal.syncState().link.type !== 'live'
  return (
    <Shell
      workspaces={workspaces()}
      current={workspaceOf(location.pathname)}
      path={location.pathname}
      sync={pillOf(portal.syncState())}
      syncHref="/sync"
      profile={{ name: portal.worker.name, href: '/' }}
      banners={<Banners path={location.pathname + location.search} />}
    >
      <Show when={!isShut()} fallback={<LeaseEnded />}>
        <ErrorBoundary
          fallback={(error, reset) => <BrokenScreen error={error} path={location.pathname} onReset={reset} />}
        >
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </Show>
    </Shell>
  )
}

/** One at a time, the most pressing: what keeps edits from being sent, then no network, then a new version. */
function Banners(props: { readonly path: string }): JSX.Element {
  const portal = usePortal()
  const link = createMemo(() => portal.syncState().link.type)
  const [since, setSince] = createSignal<number>()
  createEffect(
    on(link, (now, before) => {
      if (now === 'offline') setSince(before === undefined ? undefined : Date.now())
    }),
  )
  return (
    <>
      <Show when={preview()}>{(shown) => <PreviewBanner preview={shown()} />}</Show>
      <Show when={link() === 'session-ended'}>
        <Banner
          tone="pending"
          icon={LogInIcon}
          action={
            <a class={layout.strongLink} href={`/sign-in?ended=1&next=${encodeURIComponent(props.path)}`}>
              {t('frame.signInAgain')}
            </a>
          }
        >
          {t('frame.sessionEnded')}
        </Banner>
      </Show>
      <Show when={link() === 'update-needed' && !isUpdateReady()}>
        <Banner tone="pending">{t('frame.updateNeeded')}</Banner>
      </Show>
      <Show when={link() === 'offline'}>
        <OfflineBanner since={since()} />
      </Show>
      <Show when={isUpdateReady()}>
        <Show when={isTyping()} fallback={<UpdateBanner onUpdate={acceptUpdate} />}>
          <Banner icon={ClockIcon}>{t('frame.updateForm')}</Banner>
        </Show>
      </Show>
    </>
  )
}
