/** What the file would do, before it does it: in numbers, what is wrong, whom it touches, and every cell. */
import { For, type JSX, Show } from 'solid-js'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Impact, type ImpactLine } from '../../../components/Impact.tsx'
import { CheckField } from '../../../components/SwitchField.tsx'
import layout from '../../../styles/layout.module.css'
import SameIcon from '~icons/lucide/equal'
import { ChangesCard } from './ChangesCard.tsx'
import type { ImportFlow } from './create-import.ts'
import css from './exchange.module.css'
import type { Report } from './report.ts'
import { TouchedCard } from './TouchedCard.tsx'

/** Errors shown one by one: the first tell what is wrong with the others. */
const ERRORS_SHOWN = 100

export interface CheckedViewProps {
  readonly flow: ImportFlow
  readonly report: Report
}

export function CheckedView(props: CheckedViewProps): JSX.Element {
  const isNothing = () => props.report.errors.length === 0 && props.report.added + props.report.changed === 0
  return (
    <Show
      when={!isNothing()}
      fallback={
        <EmptyState icon={SameIcon} title={t('exchange.nothing')}>
          {formatCount(props.report.unchanged, t('exchange.rows'))}
        </EmptyState>
      }
    >
      <Show when={props.report.errors.length > 0}>
        <ErrorsCard report={props.report} />
      </Show>
      <div class={layout.columns}>
        <Card title={t('exchange.counts')}>
          <Impact lines={countLines(props.report, props.flow.kind() === 'membership')} />
          <Show when={props.report.removals > 0}>
            <div class={css.tick}>
              <CheckField
                label={t('exchange.takeAway')}
                hint={formatCount(props.report.removals, t('exchange.takeAwayHint'))}
                checked={props.flow.removals()}
                onChange={(checked) => props.flow.setRemovals(checked)}
              />
            </div>
          </Show>
        </Card>
        <Show when={props.report.consequences}>
          {(consequences) => <TouchedCard consequences={consequences()} />}
        </Show>
      </div>
      <Show when={props.flow.kind()}>{(kind) => <ChangesCard report={props.report} kind={kind()} />}</Show>
    </Show>
  )
}

/** The largest loss first, then what is wrong, then the rest (B3). */
export function countLines(report: Report, ofMemberships: boolean): readonly ImpactLine[] {
  const line = (
    count: number,
    texts: { readonly one: string; readonly other: string },
    tone?: ImpactLine['tone'],
  ): readonly ImpactLine[] => (count === 0 ? [] : [{ count, text: formatCount(count, texts), tone }])
  return [
    ...line(report.removals, t('exchange.removalsCount'), 'denied'),
    ...line(report.wrong, t('exchange.errorsCount'), 'denied'),
    ...line(
      report.added,
      ofMemberships ? t('exchange.addedMemberships') : t('exchange.addedCount'),
      'allowed',
    ),
    ...line(report.changed, t('exchange.changedCount')),
    ...line(report.cells, t('exchange.cellsCount')),
    ...line(report.unchanged, t('exchange.unchangedCount')),
  ]
}

function ErrorsCard(props: { readonly report: Report }): JSX.Element {
  const shown = () => props.report.errors.slice(0, ERRORS_SHOWN)
  const more = () => props.report.wrong - shown().length
  return (
    <Card flush title={formatCount(props.report.wrong, t('exchange.errorsTitle'))}>
      <p class={css.cardNote}>{t('exchange.errorsNote')}</p>
      <ul class={css.rows}>
        <For each={shown()}>
          {(error) => (
            <li class={css.error}>
              <small>
                {t('exchange.row', { row: String(error.row) })}
                <Show when={error.column}>
                  {(column) => (
                    <>
                      {' · '}
                      <code>{column()}</code>
                    </>
                  )}
                </Show>
              </small>
              <span>{error.message}</span>
            </li>
          )}
        </For>
        <Show when={more() > 0}>
          <li class={css.error}>{formatCount(more(), t('exchange.moreErrors'))}</li>
        </Show>
      </ul>
    </Card>
  )
}
