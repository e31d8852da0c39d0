/** The addresses of an account: where its goods go, each with a map. */
import { For, type JSX, Show } from 'solid-js'
import MapIcon from '~icons/lucide/map'
import PinIcon from '~icons/lucide/map-pin'
import PlusIcon from '~icons/lucide/plus'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { t } from '../../app/i18n.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { sentenceOf } from '../record/why.ts'
import { addressLines, mapHref, titleOf } from './account-words.ts'
import { IconLink } from './IconLink.tsx'
import css from './OverviewTab.module.css'
import { SyncTag, type SyncMark } from './SyncTag.tsx'

export interface AddressesTabProps {
  readonly addresses: readonly Row[]
  readonly add: Decision
  readonly markOf: (row: Row) => SyncMark
  /** Null for a new one. */
  readonly onOpen: (id: string | null) => void
}

export function AddressesTab(props: AddressesTabProps): JSX.Element {
  const denied = () =>
    props.add.outcome === 'denied' ? sentenceOf(props.add, { action: 'create', kind: 'address' }) : undefined
  return (
    <>
      <Show
        when={props.addresses.length > 0}
        fallback={
          <EmptyState icon={PinIcon} title={t('crm.noAddresses')}>
            {t('crm.noAddressesNote')}
          </EmptyState>
        }
      >
        <Card flush label={t('crm.addresses')}>
          <ul>
            <For each={props.addresses}>
              {(address) => (
                <li class={css.person}>
                  <Avatar name={titleOf(address)} />
                  <button
                    type="button"
                    class={`${css.words} ${css.open}`}
                    onClick={() => props.onOpen(address.id)}
                  >
                    <b>{titleOf(address)}</b>
                    <small>
                      {addressLines(address)
                        .filter((line) => line !== titleOf(address))
                        .join(', ')}
                    </small>
                  </button>
                  <span class={css.end}>
                    <SyncTag mark={props.markOf(address)} inactive={address.active === false} />
                    <Show when={mapHref(address)}>
                      {(href) => (
                        <IconLink
                          href={href()}
                          icon={MapIcon}
                          label={t('crm.openMap', { name: titleOf(address) })}
                        />
                      )}
                    </Show>
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Card>
      </Show>
      <div>
        <Button kind="primary" icon={PlusIcon} denied={denied()} onClick={() => props.onOpen(null)}>
          {t('crm.addAddress')}
        </Button>
      </div>
    </>
  )
}
