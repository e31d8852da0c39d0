/** Over the first row, which stays where it is: something new is to be had. */
import { type JSX, Show } from 'solid-js'
import ArrowUpIcon from '~icons/lucide/arrow-up'
import { t } from '../../../app/i18n.ts'
import { Chip } from '../../../components/Chip.tsx'
import type { Log } from './create-log.ts'
import css from './NewsChip.module.css'

export function NewsChip(props: {
  readonly log: Pick<Log, 'hasNews' | 'reload'>
  readonly onShow?: () => void
}): JSX.Element {
  const show = () => {
    props.log.reload()
    props.onShow?.()
  }
  return (
    <div class={css.place} aria-live="polite">
      <Show when={props.log.hasNews()}>
        <div class={css.chip}>
          <Chip icon={ArrowUpIcon} onClick={show}>
            {t('audit.newChanges')}
          </Chip>
        </div>
      </Show>
    </div>
  )
}
