/**
 * A hierarchy to walk through: groups below groups. Nested lists of links, so that a screen reader counts the levels.
 */
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import css from './TreeList.module.css'
import type { IconComponent } from './types.ts'

export interface TreeNode {
  readonly id: string
  readonly label: string
  readonly href: string
  readonly icon?: IconComponent | undefined
  /** A quiet line below. */
  readonly note?: string | undefined
  /** At the end: how many members. */
  readonly count?: string | undefined
  /** Quieter than the others: a disabled group. The note says so in words. */
  readonly muted?: string | undefined
  readonly children: readonly TreeNode[]
}

export interface TreeListProps {
  readonly label: string
  readonly nodes: readonly TreeNode[]
  readonly current?: string | undefined
}

export function TreeList(props: TreeListProps): JSX.Element {
  return (
    <nav aria-label={props.label} class={css.tree}>
      <Branch nodes={props.nodes} current={props.current} />
    </nav>
  )
}

function Branch(props: {
  readonly nodes: readonly TreeNode[]
  readonly current: string | undefined
}): JSX.Element {
  return (
    <ul>
      <For each={props.nodes}>
        {(node) => (
          <li>
            <a
              href={node.href}
              aria-current={node.id === props.current ? 'page' : undefined}
              data-muted={node.muted === undefined ? undefined : ''}
            >
              <Show when={node.icon}>{(icon) => <Dynamic component={icon()} aria-hidden="true" />}</Show>
              <span>
                {node.label}
                <Show when={node.note}>
                  <small class={css.note}>{node.note}</small>
                </Show>
              </span>
              <Show when={node.muted}>
                <small>{node.muted}</small>
              </Show>
              <Show when={node.count}>
                <small class={css.count}>{node.count}</small>
              </Show>
            </a>
            <Show when={node.children.length > 0}>
              <Branch nodes={node.children} current={props.current} />
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}
