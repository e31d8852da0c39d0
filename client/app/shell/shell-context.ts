/**
 * How a screen tells the shell what stands on top: declared where the title is, shown in the top bar on phones.
 *
 * Several parts of a screen may declare at once (a list and the detail beside it); the deepest is what the reader
 * looks at on a phone, and what the document is called.
 */
import { type Accessor, createContext, type JSX, onCleanup, useContext } from 'solid-js'

export interface TopBar {
  readonly title: string
  /** The title is shown in the page itself; the bar then shows `parent` in its place, or nothing. */
  readonly titleInPage: boolean
  readonly parent: string | undefined
  readonly back: { readonly href: string; readonly label: string } | undefined
  /** A menu beside the title, to the screens beside this one. Made anew wherever it is shown. */
  readonly switcher?: (() => JSX.Element) | undefined
  /** One icon button or two. Made anew wherever it is shown. */
  readonly action: () => JSX.Element
  /** 0 a list or a page, 1 a detail, 2 what opens within it. */
  readonly depth: number
}

export interface ShellContextValue {
  /** From 48 rem: rail and panes instead of bars. */
  readonly wide: Accessor<boolean>
  /** Returns the function that takes it back. */
  readonly declare: (bar: Accessor<TopBar>) => () => void
}

/** Outside a shell (sign-in, tests) titles show where they stand. */
export const ShellContext = createContext<ShellContextValue>({
  wide: () => true,
  declare: () => () => undefined,
})

export function useShell(): ShellContextValue {
  return useContext(ShellContext)
}

/** Declares for as long as the calling component lives. */
export function createTopBar(bar: Accessor<TopBar>): void {
  onCleanup(useShell().declare(bar))
}
