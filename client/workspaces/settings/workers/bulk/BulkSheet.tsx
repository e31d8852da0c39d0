/** What a bulk change still needs to know: which group, which filter, from when until when. */
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import { type AccountFilter, accountFilters } from '../../../../../core/catalogue/account-filters.ts'
import { foldText } from '../../../../../core/records/fold.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../../app/format.ts'
import { t } from '../../../../app/i18n.ts'
import { Button } from '../../../../components/Button.tsx'
import { Chip, ChipRow } from '../../../../components/Chip.tsx'
import { PickField } from '../../../../components/PickField.tsx'
import { Sheet } from '../../../../components/Sheet.tsx'
import layout from '../../../../styles/layout.module.css'
import { groupName, placeOfGroup } from '../../names.ts'
import css from '../../settings.module.css'
import { useSettings } from '../../settings-data.ts'
import { createValidityFields } from '../../validity-fields.ts'
import { ValidityFields } from '../../ValidityFields.tsx'
import { membershipsOf } from '../worker-words.ts'
import { blindedBy, type BulkChange } from './bulk-change.ts'

/** What is asked for; disabling and enabling ask nothing. */
export type AskedChange = Exclude<BulkChange['type'], 'active'>

export interface BulkSheetProps {
  readonly asking: AskedChange | undefined
  readonly rows: readonly Row[]
  readonly onClose: () => void
  readonly onChosen: (change: BulkChange) => void
}

export function BulkSheet(props: BulkSheetProps): JSX.Element {
  const data = useSettings()
  const [groupId, setGroupId] = createSignal<string | null>(null)
  const [filter, setFilter] = createSignal<AccountFilter | null>(null)
  const [problem, setProblem] = createSignal<string>()
  const validity = createValidityFields()
  // The words stay while the sheet goes.
  const asked = createMemo<AskedChange>((before) => props.asking ?? before, 'join')
  createEffect(
    on(
      () => props.asking,
      (asking) => {
        if (asking === undefined) return
        setGroupId(null)
        setFilter(null)
        setProblem(undefined)
        validity.fill({ from: null, until: null })
      },
    ),
  )
  const theirs = createMemo(
    () => new Set(props.rows.flatMap((row) => membershipsOf(row).map(({ id }) => id))),
  )
  const groups = (query: string) =>
    [...data.directory().groups.values()]
      .filter(
        ({ id, name }) =>
          foldText(name).includes(foldText(query)) && (asked() === 'join' || theirs().has(id)),
      )
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((group) => ({
        value: group.id,
        label: group.name,
        note: group.enabled ? placeOfGroup(data.directory(), group) : t('settings.groupDisabled'),
      }))
  const choose = () => {
    const group = groupId()
    const chosen = filter()
    switch (asked()) {
      case 'join': {
        const times = validity.read()
        if (group === null) return setProblem(t('manage.chooseGroup'))
        return times === null ? undefined : props.onChosen({ type: 'join', groupId: group, validity: times })
      }
      case 'leave':
        if (group === null) return setProblem(t('manage.chooseGroup'))
        return props.onChosen({ type: 'leave', groupId: group })
      case 'filter':
        if (chosen === null) return setProblem(t('manage.chooseFilter'))
        return props.onChosen({ type: 'filter', filter: chosen })
      case 'validity': {
        const times = validity.read()
        return times === null ? undefined : props.onChosen({ type: 'validity', validity: times })
      }
    }
  }
  return (
    <Sheet
      open={props.asking !== undefined}
      onClose={props.onClose}
      title={formatCount(props.rows.length, t(`manage.bulkTitle.${asked()}`))}
      actions={
        <>
          <Button kind="primary" onClick={choose}>
            {t('manage.seeEffect')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <div class={layout.stack}>
        <Show when={asked() === 'join' || asked() === 'leave'}>
          <PickField
            label={t('manage.group')}
            required
            value={groupId()}
            shown={groupName(data.directory(), groupId() ?? '')}
            options={groups}
            error={problem()}
            onChange={(id) => {
              setGroupId(id)
              setProblem(undefined)
            }}
          />
        </Show>
        <Show when={asked() === 'filter'}>
          <ChipRow label={t('settings.accountFilter')} wrap>
            <For each={accountFilters}>
              {(one) => (
                <Chip
                  pressed={filter() === one}
                  icon={filter() === one ? CheckIcon : undefined}
                  onClick={() => {
                    setFilter(one)
                    setProblem(undefined)
                  }}
                >
                  {t(`settings.filterNames.${one}`)}
                </Chip>
              )}
            </For>
          </ChipRow>
          <Show when={problem()}>
            <p class={css.problem} role="alert">
              {problem()}
            </p>
          </Show>
          <Show when={filter()}>
            {(chosen) => (
              <>
                <small>
                  {t(`settings.filterNotes.${chosen()}`)} {t('manage.filterKeeps')}
                </small>
                <Show when={blindedBy(chosen(), props.rows)}>
                  {(sentence) => <p class={css.warning}>{sentence()}</p>}
                </Show>
              </>
            )}
          </Show>
        </Show>
        <Show when={asked() === 'join' || asked() === 'validity'}>
          <ValidityFields fields={validity} />
          <small>{asked() === 'join' ? t('manage.validityOfMembership') : t('manage.validityOfLogin')}</small>
        </Show>
      </div>
    </Sheet>
  )
}
