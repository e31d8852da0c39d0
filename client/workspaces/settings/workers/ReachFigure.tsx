/** How many accounts a login reaches, at once while it is changed, with a few of their names. */
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Aside } from '../../../components/Diff.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import type { AccountReach } from './account-reach.ts'

/** The figure stays while the next one is counted: a number that blinks says nothing. */
export function ReachFigure(props: { readonly reach: AccountReach | undefined }): JSX.Element {
  const data = useSettings()
  const [shown, setShown] = createSignal<AccountReach>()
  createEffect(
    on(
      () => props.reach,
      (reach) => {
        if (reach !== undefined) setShown(reach)
      },
    ),
  )
  const rest = (reach: AccountReach) =>
    [
      formatCount(reach.accounts, t('settings.accountsCount')),
      reach.contacts === null ? null : formatCount(reach.contacts, t('settings.contactsCount')),
      reach.addresses === null ? null : formatCount(reach.addresses, t('settings.addressesCount')),
    ]
      .filter((part) => part !== null)
      .join(', ')
  return (
    <Show when={shown()} fallback={<p class={css.figure}>&nbsp;</p>}>
      {(reach) => (
        <>
          <p class={css.figure} aria-live="polite">
            <b data-none={reach().accounts === 0 ? '' : undefined}>{formatNumber(reach().accounts)}</b>
            <span>{rest(reach())}</span>
          </p>
          <Show when={reach().sample.length > 0}>
            <Aside>
              <span>
                {reach().accounts > reach().sample.length
                  ? formatCount(reach().accounts - reach().sample.length, t('settings.andMore')).replace(
                      '{names}',
                      reach().sample.join(' · '),
                    )
                  : reach().sample.join(' · ')}
              </span>
            </Aside>
          </Show>
          <small>
            {data.principal().scope.everything ? t('settings.onThisDevice') : t('settings.amongYours')}
          </small>
        </>
      )}
    </Show>
  )
}
