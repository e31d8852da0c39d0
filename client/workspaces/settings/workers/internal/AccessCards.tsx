/** Geography, campaign and group/partner access (U-10, U-18): what of everything a worker may see, they are to see. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import RemoveIcon from '~icons/lucide/x'
import { parseGeography } from '../../../../../core/access/restrictions.ts'
import { userTypeLabels, userTypes } from '../../../../../core/catalogue/user-types.ts'
import { fieldKey } from '../../../../../core/documents/field-key.ts'
import { foldText, foldValue } from '../../../../../core/records/fold.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../../access/field-label.ts'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import { ChipsField } from '../../../../components/ChipsField.tsx'
import { IconButton } from '../../../../components/IconButton.tsx'
import layout from '../../../../styles/layout.module.css'
import { AddSheet } from '../../AddSheet.tsx'
import css from '../../settings.module.css'
import { useSettings } from '../../settings-data.ts'
import { stringsOf } from '../worker-words.ts'
import { RestrictionCard } from './RestrictionCard.tsx'

export interface InternalCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (field: string, value: true | null) => void
}

export function AccessCards(props: InternalCardProps): JSX.Element {
  return (
    <>
      <Geographies {...props} />
      <Campaigns {...props} />
      <Partners {...props} />
    </>
  )
}

/** Named by their codes; one that no campaign has is shown as it stands. */
function Campaigns(props: InternalCardProps): JSX.Element {
  const data = useSettings()
  const nameOf = (code: string) => {
    const row = data.small('campaign').find((one) => foldValue(String(one.code)) === foldValue(code))
    return row === undefined ? code : String(row.name ?? code)
  }
  const options = (chosen: () => readonly string[]) => (query: string) =>
    data
      .small('campaign')
      .filter(({ code, active }) => active !== false && !chosen().includes(String(code)))
      .filter(({ code, name }) => foldText(`${String(name)} ${String(code)}`).includes(foldText(query)))
      .map(({ code, name }) => ({ value: String(code), label: String(name ?? code), note: String(code) }))
  return (
    <RestrictionCard {...props} field="campaigns" note={t('internal.campaignNote')} display={nameOf}>
      {(entries) => (
        <div class={layout.stackSmall}>
          <Show when={entries().length > 0}>
            <ul aria-label={fieldLabel('worker', 'campaigns')}>
              <For each={entries()}>
                {(code) => (
                  <li class={css.line}>
                    <span>{nameOf(code)}</span>
                    <IconButton
                      icon={RemoveIcon}
                      label={t('common.remove', { what: nameOf(code) })}
                      onClick={() => props.onSet(fieldKey('campaigns', code), null)}
                    />
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <div>
            <AddSheet
              wordy
              label={t('internal.addCampaign')}
              denied={data.small('campaign').length === 0 ? t('internal.noCampaigns') : undefined}
              options={options(entries)}
              onAdd={(code) => props.onSet(fieldKey('campaigns', code), true)}
            />
          </div>
        </div>
      )}
    </RestrictionCard>
  )
}

function Geographies(props: InternalCardProps): JSX.Element {
  const [unread, setUnread] = createSignal<string>()
  const add = (typed: string) => {
    const place = parseGeography(typed)
    setUnread(place === null ? t('internal.geographyBad', { entry: typed }) : undefined)
    if (place !== null) props.onSet(fieldKey('geographies', place), true)
  }
  return (
    <RestrictionCard {...props} field="geographies" note={t('internal.geographyNote')}>
      {(entries) => (
        <ChipsField
          label={t('internal.places')}
          values={entries()}
          hint={t('internal.geographyHint')}
          error={unread()}
          placeholder="US/WA/981"
          onAdd={add}
          onRemove={(entry) => props.onSet(fieldKey('geographies', entry), null)}
        />
      )}
    </RestrictionCard>
  )
}

/** Only where every record would be seen otherwise (U-f). What stands there of others may be taken away. */
function Partners(props: InternalCardProps): JSX.Element {
  const type = () => userTypes.find((one) => one === props.row.userType)
  const isOpen = () => type() === 'administrator' || type() === 'global_user'
  const reason = () => {
    const known = type()
    const own =
      known === undefined
        ? t('internal.partnerNoType')
        : t('internal.partnerType', { type: userTypeLabels[known] })
    return `${t('internal.partnerClosed')} ${own}`
  }
  return (
    <Show
      when={isOpen() || stringsOf(props.row.partners).length > 0}
      fallback={
        <Card title={fieldLabel('worker', 'partners')}>
          <small class={layout.quiet}>{reason()}</small>
        </Card>
      }
    >
      <RestrictionCard {...props} field="partners" note={isOpen() ? t('internal.partnerNote') : reason()}>
        {(entries) => (
          <ChipsField
            label={t('internal.partners')}
            values={entries()}
            hint={t('internal.partnerHint')}
            onAdd={(entry) => props.onSet(fieldKey('partners', entry), true)}
            onRemove={(entry) => props.onSet(fieldKey('partners', entry), null)}
          />
        )}
      </RestrictionCard>
    </Show>
  )
}
