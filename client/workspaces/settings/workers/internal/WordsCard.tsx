/** The worker's bulletin board and label set, or the organisation's where they have none of their own (U-26). */
import type { JSX } from 'solid-js'
import { decide } from '../../../../../core/access/decide.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { boardFor, labelSetFor } from '../../../../../core/records/portal-words.ts'
import { kindSpecs } from '../../../../../core/records/registry.ts'
import { fieldLabel } from '../../../../access/field-label.ts'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import { SelectField } from '../../../../components/SelectField.tsx'
import { lockOf } from '../../../record/why.ts'
import { useSettings } from '../../settings-data.ts'

export interface WordsCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly onSet: (field: string, value: string | null) => void
}

export function WordsCard(props: WordsCardProps): JSX.Element {
  return (
    <Card title={t('internal.words')}>
      <Choice {...props} field="board" kind="board" hint={t('internal.boardHint')} />
      <Choice {...props} field="labelSet" kind="label-set" hint={t('internal.labelHint')} />
    </Card>
  )
}

function Choice(
  props: WordsCardProps & {
    readonly field: 'board' | 'labelSet'
    readonly kind: 'board' | 'label-set'
    readonly hint: string
  },
): JSX.Element {
  const data = useSettings()
  const value = () => {
    const id = props.row[props.field]
    return typeof id === 'string' && id !== '' ? id : null
  }
  const options = () => {
    const known = data
      .small(props.kind)
      .filter(({ id, active }) => active !== false || id === value())
      .map((row) => ({ value: row.id, label: kindSpecs[props.kind].title(row) }))
    // One that is not there (any more) is still what is stored.
    const id = value()
    return id === null || known.some((one) => one.value === id) ? known : [...known, { value: id, label: id }]
  }
  /** Asked for the field: words are no access, so that one's own may be chosen, too. */
  const locked = () => {
    const decision = decide(
      data.principal(),
      'edit',
      { kind: 'worker', id: props.row.id, row: props.row },
      props.field,
    )
    if (decision.outcome === 'allowed') return undefined
    const { name: reader } = data.principal()
    return lockOf(decision, { action: 'edit', kind: 'worker', field: props.field, reader })
  }
  /** What applies where nothing is chosen here. */
  const otherwise = () => {
    const of = {
      worker: null,
      settings: data.settings(),
      find: (kind: 'label-set' | 'board', id: string) =>
        data.small(kind).find((row) => row.id === id) ?? null,
    }
    const row = props.kind === 'board' ? boardFor(of) : labelSetFor(of)
    if (row !== null) return t('internal.asOrganisation', { name: kindSpecs[props.kind].title(row) })
    return props.kind === 'board' ? t('internal.noBoard') : t('internal.shippedLabels')
  }
  return (
    <SelectField
      label={fieldLabel('worker', props.field)}
      hint={props.hint}
      value={value()}
      none={otherwise()}
      options={options()}
      locked={locked()}
      onChange={(id) => props.onSet(props.field, id)}
    />
  )
}
