/** Said once above the fields: why all of them are closed to the reader. */
import type { JSX } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import { t } from '../../app/i18n.ts'
import { Banner } from '../../components/Banner.tsx'
import type { Explanation } from '../../components/types.ts'
import { WhyLink } from '../../components/WhyLink.tsx'
import css from './settings.module.css'

export function SettingsNotice(props: {
  readonly explanation: Explanation
  readonly children: JSX.Element
}): JSX.Element {
  return (
    <div class={css.notice}>
      <Banner
        icon={LockIcon}
        action={
          <WhyLink title={t('record.whyDenied')} explanation={props.explanation}>
            {t('record.why')}
          </WhyLink>
        }
      >
        {props.children}
      </Banner>
    </div>
  )
}
