/** Whom an import touches, as the server counted it: rights, accounts, unsent edits on devices. */
import { For, type JSX, Show } from 'solid-js'
import { byFeature, type Impact as FeatureImpact } from '../../../../core/access/impact.ts'
import { usePortal } from '../../../app/context.tsx'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Impact } from '../../../components/Impact.tsx'
import { featureLabel } from '../names.ts'
import { accountLines, deviceLines } from '../proposal/consequence-lines.ts'
import { impactLines } from '../proposal/impact-lines.ts'
import settings from '../settings.module.css'
import css from './exchange.module.css'
import type { Consequences } from '../proposal/consequences.ts'

/** Workers named one by one; the numbers are of all. */
const NAMED_MAX = 200

export function TouchedCard(props: { readonly consequences: Consequences }): JSX.Element {
  const { catalogue } = usePortal()
  const label = (feature: string) => featureLabel({ catalogue: catalogue() }, feature)
  const workers = () => props.consequences.workers
  const named = () => workers().slice(0, NAMED_MAX)
  const list = (features: readonly string[]) => features.map(label).join(', ')
  return (
    <Card title={t('exchange.touchedTitle')}>
      <Show when={workers().length > 0} fallback={<small>{t('exchange.nobody')}</small>}>
        <Impact
          lines={[
            ...impactLines(impactOf(props.consequences), label, accountLines(props.consequences)),
            ...deviceLines(props.consequences),
          ]}
        />
        <details class={css.others}>
          <summary>{t('settings.seeEach')}</summary>
          <ul class={settings.each} tabindex="0" aria-label={t('settings.seeEach')}>
            <For each={named()}>
              {(worker) => (
                <li>
                  <b>{worker.name}</b>
                  <Show when={worker.loses.length > 0}>
                    <small>{t('settings.eachLoses', { features: list(worker.loses) })}</small>
                  </Show>
                  <Show when={worker.gains.length > 0}>
                    <small>{t('settings.eachGains', { features: list(worker.gains) })}</small>
                  </Show>
                </li>
              )}
            </For>
            <Show when={workers().length > named().length}>
              <li>{formatCount(workers().length - named().length, t('exchange.moreErrors'))}</li>
            </Show>
          </ul>
        </details>
      </Show>
    </Card>
  )
}

/** Accounts are the server's own count, in lines beside it. */
function impactOf({ workers }: Consequences): FeatureImpact {
  return {
    lost: byFeature(workers.map(({ loses }) => loses)),
    gained: byFeature(workers.map(({ gains }) => gains)),
    accounts: { fewer: 0, more: 0, other: 0 },
    matches: {
      opened: workers.filter(({ matches }) => matches === 'opened').length,
      closed: workers.filter(({ matches }) => matches === 'closed').length,
    },
  }
}
