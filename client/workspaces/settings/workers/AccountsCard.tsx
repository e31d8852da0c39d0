/**
 * Accounts this Worker is Authorized to See: the filter, exactly one, what it works with, and at once
 * how many accounts that is, with a few of their names.
 */
import { For, type JSX, Show } from 'solid-js'
import AlertIcon from '~icons/lucide/circle-alert'
import CheckIcon from '~icons/lucide/check'
import RemoveIcon from '~icons/lucide/x'
import { decide } from '../../../../core/access/decide.ts'
import type { Principal } from '../../../../core/access/types.ts'
import { type AccountFilter, accountFilters } from '../../../../core/catalogue/account-filters.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../access/field-label.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { ChipsField } from '../../../components/ChipsField.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { TextField } from '../../../components/TextField.tsx'
import layout from '../../../styles/layout.module.css'
import type { Lookups } from '../../record/lookups.ts'
import { lockOf } from '../../record/why.ts'
import { AddSheet } from '../AddSheet.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import type { AccountReach } from './account-reach.ts'
import { ReachFigure } from './ReachFigure.tsx'
import { stringsOf } from './worker-words.ts'

export interface AccountsCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly principal: Principal
  /** Undefined while it is counted for the first time. */
  readonly reach: AccountReach | undefined
  readonly locked: boolean
  readonly lookups: Lookups
  readonly onSet: (field: string, value: string | true | null) => void
}

/** In the order of the study: the rarely used one first, as in the seed. */
const FILTERS: readonly AccountFilter[] = ['my-acct', 'rep', 'mapped', 'all']

export function AccountsCard(props: AccountsCardProps): JSX.Element {
  const filter = () => accountFilters.find((one) => one === props.row.accountsQueryType) ?? null
  return (
    <Card title={t('settings.accountsTitle')}>
      <Show
        when={!props.locked}
        fallback={
          <Show when={filter()} fallback={<p>{t('settings.noFilter')}</p>}>
            {(chosen) => (
              <p>
                {fieldLabel('worker', 'accountsQueryType')}: <b>{t(`settings.filterNames.${chosen()}`)}</b>
              </p>
            )}
          </Show>
        }
      >
        <div class={layout.stackSmall}>
          <h3>{fieldLabel('worker', 'accountsQueryType')}</h3>
          <ChipRow label={fieldLabel('worker', 'accountsQueryType')} wrap>
            <For each={FILTERS}>
              {(one) => (
                <Chip
                  pressed={filter() === one}
                  icon={filter() === one ? CheckIcon : undefined}
                  onClick={() => props.onSet('accountsQueryType', one)}
                >
                  {t(`settings.filterNames.${one}`)}
                </Chip>
              )}
            </For>
          </ChipRow>
        </div>
      </Show>
      <Note filter={filter()} everything={props.principal.scope.everything} />
      <Show when={filter() === 'rep' || stringsOf(props.row.repCodes).length > 0}>
        <RepCodes {...props} />
      </Show>
      <Show when={filter() === 'my-acct'}>
        <Show
          when={!props.locked}
          fallback={
            <p>
              {fieldLabel('worker', 'aId')}: <b>{String(props.row.aId ?? '')}</b>
            </p>
          }
        >
          <TextField
            label={fieldLabel('worker', 'aId')}
            value={String(props.row.aId ?? '')}
            maxLength={64}
            onCommit={(text) => props.onSet('aId', text.trim() === '' ? null : text.trim())}
          />
        </Show>
      </Show>
      <Show when={filter() === 'mapped'}>
        <Mapped {...props} />
      </Show>
      <ReachFigure reach={props.reach} />
    </Card>
  )
}

function Note(props: { readonly filter: AccountFilter | null; readonly everything: boolean }): JSX.Element {
  return (
    <Show when={props.filter} fallback={<Warning>{t('settings.noFilter')}</Warning>}>
      {(chosen) => (
        <>
          <small>{t(`settings.filterNotes.${chosen()}`)}</small>
          <Show when={props.everything && chosen() !== 'all'}>
            <small>{t('settings.allByAdministrator')}</small>
          </Show>
          <Show when={chosen() === 'my-acct' && !props.everything}>
            <Warning>{t('settings.myAcctWarning')}</Warning>
          </Show>
        </>
      )}
    </Show>
  )
}

function Warning(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <p class={css.warning}>
      <AlertIcon aria-hidden="true" />
      <span>{props.children}</span>
    </p>
  )
}

function RepCodes(props: AccountsCardProps): JSX.Element {
  const data = useSettings()
  const decision = () =>
    decide(data.principal(), 'edit', { kind: 'worker', id: props.row.id, row: props.row }, 'repCodes')
  const codes = () => stringsOf(props.row.repCodes)
  return (
    <Show
      when={!props.locked}
      fallback={
        <p>
          {fieldLabel('worker', 'repCodes')}: <b>{codes().join(' · ')}</b>
        </p>
      }
    >
      <ChipsField
        label={fieldLabel('worker', 'repCodes')}
        values={codes()}
        locked={
          decision().outcome === 'denied'
            ? lockOf(decision(), {
                action: 'edit',
                kind: 'worker',
                field: 'repCodes',
                reader: data.principal().name,
                catalogue: data.directory().catalogue,
              })
            : undefined
        }
        hint={
          codes().length === 0 && props.row.accountsQueryType === 'rep' ? t('settings.noRepCodes') : undefined
        }
        onAdd={(code) => props.onSet(fieldKey('repCodes', code), true)}
        onRemove={(code) => props.onSet(fieldKey('repCodes', code), null)}
      />
    </Show>
  )
}

function Mapped(props: AccountsCardProps): JSX.Element {
  const ids = () => stringsOf(props.row.mappedAccounts)
  const name = (id: string) => props.lookups.nameOf('account', id) ?? id
  return (
    <div class={layout.stackSmall}>
      <h3>{fieldLabel('worker', 'mappedAccounts')}</h3>
      <Show when={ids().length > 0} fallback={<small>{t('settings.noMapped')}</small>}>
        <ul>
          <For each={ids()}>
            {(id) => (
              <li class={css.line}>
                <a href={`/crm/accounts/${encodeURIComponent(id)}`}>{name(id)}</a>
                <Show when={!props.locked}>
                  <IconButton
                    icon={RemoveIcon}
                    label={t('settings.removeAccount', { name: name(id) })}
                    onClick={() => props.onSet(fieldKey('mappedAccounts', id), null)}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={!props.locked}>
        <div>
          <AddSheet
            wordy
            label={t('settings.addMapped')}
            options={(query) =>
              props.lookups.optionsFor('account', query).filter(({ value }) => !ids().includes(value))
            }
            onAdd={(id) => props.onSet(fieldKey('mappedAccounts', id), true)}
          />
        </div>
      </Show>
    </div>
  )
}
