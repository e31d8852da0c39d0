/** Who, when by which clock, by which way and on which device; and the other end, where something was taken back. */
import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { formatDateTime, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { moment } from '../../../app/sync/moment.ts'
import { Card } from '../../../components/Card.tsx'
import { Field, FieldList } from '../../../components/FieldList.tsx'
import layout from '../../../styles/layout.module.css'
import { changeSetHref } from '../hrefs.ts'
import type { ChangeSetPage } from './audit-api.ts'
import { actorName, surfaceLabel } from './log-words.ts'

export function FactsCard(props: { readonly set: ChangeSetPage; readonly now: number }): JSX.Element {
  const at = (instant: string) => formatDateTime(Date.parse(instant), props.now)
  /** A device in hand has the time; one that waited for a network, or whose clock is wrong, has another. */
  const deviceAt = () => {
    const { deviceAt: device, at: server } = props.set
    return device !== null && at(device) !== at(server) ? at(device) : undefined
  }
  return (
    <Card title={t('audit.facts')} flush>
      <FieldList>
        <Field label={t('audit.who')}>{actorName(props.set)}</Field>
        <Field label={t('audit.when')}>{at(props.set.at)}</Field>
        <Show when={deviceAt()}>{(time) => <Field label={t('audit.deviceWhen')}>{time()}</Field>}</Show>
        <Field label={t('audit.way')}>{surfaceLabel(props.set.surface)}</Field>
        <Show when={props.set.device}>
          {(device) => (
            <Field label={t('audit.device')}>
              <code>{device().slice(0, 8)}</code>
            </Field>
          )}
        </Show>
        <Show when={props.set.touched}>
          {(touched) => (
            <Field label={t('audit.touchedLabel')}>
              {formatNumber(touched())}
              <br />
              <small class={layout.quiet}>{t('audit.touchedNote')}</small>
            </Field>
          )}
        </Show>
        <Show when={props.set.undoes}>
          {(other) => <Other label={t('audit.takesBack')} text="undoes" other={other()} now={props.now} />}
        </Show>
        <Show when={props.set.undoneBy}>
          {(other) => <Other label={t('audit.takenBack')} text="undoneBy" other={other()} now={props.now} />}
        </Show>
      </FieldList>
    </Card>
  )
}

interface OtherProps {
  readonly label: string
  readonly text: 'undoes' | 'undoneBy'
  readonly other: NonNullable<ChangeSetPage['undoes']>
  readonly now: number
}

function Other(props: OtherProps): JSX.Element {
  const words = () => ({
    name: props.other.actor?.name ?? t('audit.commandLine'),
    time: moment(Date.parse(props.other.at), props.now),
  })
  return (
    <Field label={props.label}>
      {t(`audit.${props.text}`, words())}{' '}
      <A class={layout.strongLink} href={changeSetHref(props.other.id)}>
        {t('audit.seeUndo')}
      </A>
    </Field>
  )
}
