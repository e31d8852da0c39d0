/**
 * What every signed-in screen stands in: title and sync state on top and workspaces at the thumb on a phone; a rail
 * from 48 rem. It knows no data: workspaces, sync state and banners are handed in.
 *
 * On a change of address it sets the document's title, says the new title to screen readers, and finds the focus a
 * place when it was lost with what went away. A focus that is still somewhere is left alone.
 */
import { createEffect, createMemo, createSignal, type JSX, on, Show } from 'solid-js'
import { BackLink } from '../../components/BackLink.tsx'
import { SyncPill, type SyncStatus } from '../../components/SyncPill.tsx'
import { Toaster } from '../../components/Toaster.tsx'
import layout from '../../styles/layout.module.css'
import { t } from '../i18n.ts'
import { createMedia } from './create-media.ts'
import { NavBar, type WorkspaceLink } from './NavBar.tsx'
import css from './Shell.module.css'
import { ShellContext, type TopBar } from './shell-context.ts'

export interface ShellProps {
  readonly workspaces: readonly WorkspaceLink[]
  /** The id of the workspace that the address is in. */
  readonly current: string | null
  /** The path of the address: a change of it is a navigation. */
  readonly path: string
  readonly sync: SyncStatus
  /** Where the sync pill leads. */
  readonly syncHref: string
  readonly profile?: { readonly name: string; readonly href: string } | undefined
  /** Banners, the most pressing first: OfflineBanner, UpdateBanner. */
  readonly banners?: JSX.Element
  readonly children: JSX.Element
}

export function Shell(props: ShellProps): JSX.Element {
  const wide = createMedia('(min-width: 48rem)')
  // A plain set, and a signal that only says "look again". At the end of a transition Solid writes the values that
  // signals had inside it over those that clean-ups have just set: a list in a signal would keep the bars of the
  // screen that went away.
  const bars = new Set<() => TopBar>()
  const [changes, setChanges] = createSignal(0)
  const bar = createMemo(() => {
    changes()
    return deepest([...bars].map((declared) => declared()))
  })
  const [announcement, setAnnouncement] = createSignal('')
  let main: HTMLElement | undefined

  const declare = (declared: () => TopBar) => {
    bars.add(declared)
    setChanges((count) => count + 1)
    return () => {
      bars.delete(declared)
      setChanges((count) => count + 1)
    }
  }
  const title = createMemo(() => bar()?.title ?? '')

  createEffect(() => {
    document.title = title() === '' ? t('shell.product') : t('shell.documentTitle', { title: title() })
  })
  let announcedPath = props.path
  createEffect(
    on([() => props.path, title], ([path, now]) => {
      if (path === announcedPath || now === '') return
      announcedPath = path
      setAnnouncement(now)
      // After the paint: only then is it known whether the focused element is still there.
      requestAnimationFrame(() => {
        if (focusIsLost()) main?.focus({ preventScroll: true })
      })
    }),
  )

  return (
    <ShellContext.Provider value={{ wide, declare }}>
      <div class={css.shell}>
        <a class={css.skip} href="#main" onClick={(event) => skipTo(event, main)}>
          {t('shell.skipToContent')}
        </a>
        <Show when={!wide()}>
          <header class={css.top}>
            <Show when={bar()?.back}>{(back) => <BackLink {...back()} />}</Show>
            <Show
              when={bar()?.titleInPage}
              fallback={<Named title={title()} switcher={bar()?.switcher?.()} />}
            >
              <p class={css.title}>{bar()?.parent}</p>
            </Show>
            <SyncPill {...props.sync} href={props.syncHref} />
            {bar()?.action()}
          </header>
        </Show>
        <NavBar
          workspaces={props.workspaces}
          current={props.current}
          profile={props.profile}
          sync={
            <Show when={wide()}>
              <SyncPill {...props.sync} href={props.syncHref} stacked />
            </Show>
          }
        />
        <section class={css.banners} aria-label={t('shell.notices')}>
          {props.banners}
        </section>
        <main ref={main} id="main" tabindex="-1" class={css.main}>
          {props.children}
        </main>
        <Toaster />
        <div class={layout.hidden} aria-live="polite" aria-atomic="true">
          {announcement()}
        </div>
      </div>
    </ShellContext.Provider>
  )
}

function Named(props: { readonly title: string; readonly switcher: JSX.Element }): JSX.Element {
  return (
    <div class={css.named}>
      <h1 class={css.title}>{props.title}</h1>
      {props.switcher}
    </div>
  )
}

/** The deepest declaration, the latest among equals. */
function deepest(declared: readonly TopBar[]): TopBar | undefined {
  return declared.reduce<TopBar | undefined>(
    (best, bar) => (best === undefined || bar.depth >= best.depth ? bar : best),
    undefined,
  )
}

function focusIsLost(): boolean {
  const focused = document.activeElement
  return (
    focused === null || focused === document.body || !focused.checkVisibility({ visibilityProperty: true })
  )
}

function skipTo(event: MouseEvent, main: HTMLElement | undefined): void {
  event.preventDefault()
  main?.focus()
}
