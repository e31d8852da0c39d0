/**
 * "Why can't I change this?": a link in a sentence that opens the explanation in a sheet.
 */
import { createSignal, type JSX } from 'solid-js'
import { t } from '../app/i18n.ts'
import { Sheet } from './Sheet.tsx'
import type { Explanation } from './types.ts'
import css from './WhyLink.module.css'
import { WhyNot } from './WhyNot.tsx'

export interface WhyLinkProps {
  readonly explanation: Explanation
  /** Instead of "Why can't I change this?". */
  readonly children?: JSX.Element
  /** The sheet's title. */
  readonly title?: string | undefined
}

export function WhyLink(props: WhyLinkProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  return (
    <>
      <button type="button" class={css.link} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {props.children ?? t('common.whyNot')}
      </button>
      <Sheet open={open()} onClose={() => setOpen(false)} title={props.title ?? t('common.whyNotTitle')}>
        <WhyNot {...props.explanation} />
      </Sheet>
    </>
  )
}
