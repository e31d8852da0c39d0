/**
 * "Why can't I change this?": a link in a sentence that opens the explanation in a sheet.
 */
import { createSignal, type JSX, Show } from 'solid-js'
import EyeIcon from '~icons/lucide/eye'
import { t } from '../app/i18n.ts'
import { Sheet } from './Sheet.tsx'
import { Tag } from './Tag.tsx'
import type { Explanation } from './types.ts'
import css from './WhyLink.module.css'
import { WhyNot } from './WhyNot.tsx'

export interface WhyLinkProps {
  readonly explanation: Explanation
  /** Instead of "Why can't I change this?". */
  readonly children?: JSX.Element
  /** The sheet's title. */
  readonly title?: string | undefined
  /** Looks like a tag, for the head of a card: "Why". */
  readonly tag?: boolean | undefined
}

export function WhyLink(props: WhyLinkProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  return (
    <>
      <button type="button" class={css.link} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Show when={props.tag} fallback={props.children ?? t('common.whyNot')}>
          <Tag tone="notice" icon={EyeIcon}>
            {props.children ?? t('common.why')}
          </Tag>
        </Show>
      </button>
      <Sheet open={open()} onClose={() => setOpen(false)} title={props.title ?? t('common.whyNotTitle')}>
        <WhyNot {...props.explanation} onLeave={() => setOpen(false)} />
      </Sheet>
    </>
  )
}
