/**
 * What search shows this worker, and whether Check for Match opens what it finds: two things that look like access and
 * are not, or are more than they look. Each says so (U-a, U-c).
 */
import { createSignal, type JSX, Show } from 'solid-js'
import AlertIcon from '~icons/lucide/circle-alert'
import { fieldKey } from '../../../../../core/documents/field-key.ts'
import { criterionFields, parseCriterion } from '../../../../../core/records/criterion.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../../access/field-label.ts'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import { ChipsField } from '../../../../components/ChipsField.tsx'
import { SwitchField } from '../../../../components/SwitchField.tsx'
import css from '../../settings.module.css'
import { stringsOf } from '../worker-words.ts'

export interface SearchCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (field: string, value: boolean | null) => void
}

const label = (field: 'searchFilter' | 'enforceMatchSecurity') => fieldLabel('worker', field)

export function SearchCard(props: SearchCardProps): JSX.Element {
  const filter = () => stringsOf(props.row.searchFilter)
  /** On where nothing is said, as the server reads it. */
  const enforced = () => props.row.enforceMatchSecurity !== false
  const [unread, setUnread] = createSignal<string>()
  const add = (entry: string) => {
    const reads = parseCriterion(entry) !== null
    setUnread(
      reads ? undefined : t('settings.searchFilterBad', { entry, fields: criterionFields.join(', ') }),
    )
    if (reads) props.onSet(fieldKey('searchFilter', entry), true)
  }
  return (
    <Card title={t('settings.searchTitle')}>
      <Show when={!props.locked} fallback={<ReadOnly filter={filter()} enforced={enforced()} />}>
        <ChipsField
          label={label('searchFilter')}
          values={filter()}
          hint={t('settings.searchFilterHint')}
          error={unread()}
          placeholder={t('settings.searchFilterExample')}
          onAdd={add}
          onRemove={(entry) => props.onSet(fieldKey('searchFilter', entry), null)}
        />
        <SwitchField
          label={label('enforceMatchSecurity')}
          checked={enforced()}
          hint={enforced() ? t('settings.enforcedHint') : undefined}
          onChange={(checked) => props.onSet('enforceMatchSecurity', checked)}
        />
      </Show>
      <Show when={!enforced()}>
        <p class={css.warning}>
          <AlertIcon aria-hidden="true" />
          <span>{t('settings.notEnforced')}</span>
        </p>
      </Show>
    </Card>
  )
}

function ReadOnly(props: { readonly filter: readonly string[]; readonly enforced: boolean }): JSX.Element {
  return (
    <>
      <p>
        {label('searchFilter')}: <b>{props.filter.join(' · ') || t('settings.nothing')}</b>
      </p>
      <p>
        {label('enforceMatchSecurity')}: <b>{props.enforced ? t('settings.on') : t('settings.off')}</b>
      </p>
    </>
  )
}
