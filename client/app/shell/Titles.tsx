/**
 * The heads of screens. Each names the document and fills the top bar on phones; from 48 rem it stands in its pane.
 *
 * `PageTitle` for a screen in one column, `ListTitle` for the list of SplitPanes, `DetailTitle` for its detail.
 */
import { type JSX, Show } from 'solid-js'
import { BackLink } from '../../components/BackLink.tsx'
import { createTopBar, useShell } from './shell-context.ts'
import css from './Titles.module.css'

export interface BackTarget {
  readonly href: string
  /** "Back to accounts". */
  readonly label: string
}

export interface PageTitleProps {
  readonly title: string
  /** One quiet line under the title. */
  readonly lede?: string | undefined
  readonly back?: BackTarget | undefined
  /** One icon button or two: in the top bar on a phone, beside the title on a tablet. */
  readonly action?: JSX.Element
}

export function PageTitle(props: PageTitleProps): JSX.Element {
  const shell = useShell()
  createTopBar(() => ({
    title: props.title,
    titleInPage: false,
    parent: undefined,
    back: props.back,
    action: () => props.action,
    depth: 0,
  }))
  return (
    <Show when={shell.wide()} fallback={<Show when={props.lede}>{(lede) => <Lede>{lede()}</Lede>}</Show>}>
      <div class={css.page}>
        <Show when={props.back}>{(back) => <BackLink {...back()} />}</Show>
        <div class={css.words}>
          <h1>{props.title}</h1>
          <Show when={props.lede}>{(lede) => <Lede>{lede()}</Lede>}</Show>
        </div>
        {props.action}
      </div>
    </Show>
  )
}

export interface ListTitleProps {
  readonly title: string
  /** One icon button or two: in the top bar on a phone, beside the title on a tablet. */
  readonly action?: JSX.Element
  readonly back?: BackTarget | undefined
  /** A menu beside the title, to the screens beside this one: an ActionMenu. It opens by a press on the title, too. */
  readonly switcher?: JSX.Element
  /** Search and filters; they stay in sight above the list. */
  readonly children?: JSX.Element
}

export function ListTitle(props: ListTitleProps): JSX.Element {
  const shell = useShell()
  createTopBar(() => ({
    title: props.title,
    titleInPage: false,
    parent: undefined,
    back: props.back,
    switcher: () => props.switcher,
    action: () => props.action,
    depth: 0,
  }))
  return (
    <Show when={shell.wide() || props.children}>
      <div class={css.list}>
        <Show when={shell.wide()}>
          <div class={css.listLine}>
            <Show when={props.back}>{(back) => <BackLink {...back()} />}</Show>
            <div class={css.named}>
              <h1>{props.title}</h1>
              {props.switcher}
            </div>
            {props.action}
          </div>
        </Show>
        {props.children}
      </div>
    </Show>
  )
}

export interface DetailTitleProps {
  /** The record's name. */
  readonly title: string
  readonly lede?: string | undefined
  /** An Avatar, large. */
  readonly lead?: JSX.Element
  /** A Tag at the end of the title. */
  readonly aside?: JSX.Element
  /** On a phone only: from 48 rem the list is beside it. */
  readonly back: BackTarget
  /** What the phone's top bar says while the name stands in the page: "Worker groups". */
  readonly parent?: string | undefined
  /** Icon buttons that are rarely needed: in the top bar on a phone, at the end of the title on a tablet. */
  readonly action?: JSX.Element
  /** Buttons below the title: the main action first. */
  readonly children?: JSX.Element
}

export function DetailTitle(props: DetailTitleProps): JSX.Element {
  const shell = useShell()
  createTopBar(() => ({
    title: props.title,
    titleInPage: true,
    parent: props.parent,
    back: props.back,
    action: () => props.action,
    depth: 1,
  }))
  return (
    <header class={css.detail}>
      <div class={css.detailLine}>
        {props.lead}
        <div class={css.words}>
          <div class={css.titleLine}>
            <h1>{props.title}</h1>
            {props.aside}
          </div>
          <Show when={props.lede}>{(lede) => <Lede>{lede()}</Lede>}</Show>
        </div>
        <Show when={shell.wide()}>{props.action}</Show>
      </div>
      <Show when={props.children}>
        <div class={css.buttons}>{props.children}</div>
      </Show>
    </header>
  )
}

function Lede(props: { readonly children: JSX.Element }): JSX.Element {
  return <small class={css.lede}>{props.children}</small>
}
