/** One entry of the log that changed nothing: what happened, to whom, by whom, when, and on which device. */
import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { formatDateTime } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { moment } from '../../../app/sync/moment.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { Card } from '../../../components/Card.tsx'
import { Field, FieldList } from '../../../components/FieldList.tsx'
import layout from '../../../styles/layout.module.css'
import css from '../settings.module.css'
import type { LogAccess } from './audit-api.ts'
import { actorName, recordHref } from './log-words.ts'

export interface AccessPaneProps {
  readonly entry: LogAccess
  readonly back: { readonly href: string; readonly label: string }
  readonly now: number
}

export function AccessPane(props: AccessPaneProps): JSX.Element {
  const at = () => Date.parse(props.entry.at)
  const title = () => props.entry.record.title
  return (
    <article aria-label={`${props.entry.label}: ${title()}`} class={css.pane}>
      <DetailTitle
        title={title()}
        lede={t('audit.lede', { name: actorName(props.entry), time: moment(at(), props.now) })}
        lead={
          <Avatar
            name={actorName(props.entry)}
            kind={props.entry.actor === null ? 'record' : 'person'}
            large
          />
        }
        back={props.back}
        parent={t('audit.title')}
      />
      <PaneBody>
        <Card title={t('audit.happened')} flush>
          <FieldList>
            <Field label={t('audit.what')}>
              {props.entry.label}
              <br />
              <small class={layout.quiet}>{t('audit.accessNote')}</small>
            </Field>
            <Field label={t('audit.about')}>
              <Show when={recordHref(props.entry.record)} fallback={title()}>
                {(href) => (
                  <A class={layout.strongLink} href={href()}>
                    {title()}
                  </A>
                )}
              </Show>
            </Field>
            <Field label={t('audit.who')}>{actorName(props.entry)}</Field>
            <Field label={t('audit.when')}>{formatDateTime(at(), props.now)}</Field>
            <Show when={props.entry.device}>
              {(device) => (
                <Field label={t('audit.device')}>
                  <code>{device().slice(0, 8)}</code>
                </Field>
              )}
            </Show>
          </FieldList>
        </Card>
      </PaneBody>
    </article>
  )
}
