/** Every row that changes, cell by cell; what is taken away in red, with a sign and a word. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import type { FileKind } from '../../../../core/exchange/kinds.ts'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import { cellParts } from './cell-parts.ts'
import css from './exchange.module.css'
import type { ChangedCell, ChangedRow, Report } from './report.ts'

/** Rows at once: enough to see what a file does, few enough that a phone draws them in one go. */
const ROWS_STEP = 50

/** Cells of a new record before the rest is folded away. */
const CELLS_OF_NEW = 4

export function ChangesCard(props: { readonly report: Report; readonly kind: FileKind }): JSX.Element {
  const [shown, setShown] = createSignal(ROWS_STEP)
  const told = () => props.report.changes
  const rest = () => told().length - shown()
  const all = () => props.report.added + props.report.changed
  return (
    <Show when={told().length > 0}>
      <Card flush title={t('exchange.changesTitle')}>
        <Show when={told().length < all()}>
          <p class={css.cardNote}>
            {t('exchange.firstOnly', { shown: formatNumber(told().length), total: formatNumber(all()) })}
          </p>
        </Show>
        <ul class={css.rows}>
          <For each={told().slice(0, shown())}>{(row) => <ChangedRowView row={row} kind={props.kind} />}</For>
        </ul>
        <Show when={rest() > 0}>
          <div class={css.more}>
            <Button kind="quiet" wide onClick={() => setShown(shown() + ROWS_STEP)}>
              {formatCount(Math.min(rest(), ROWS_STEP), t('exchange.showMore'))}
            </Button>
          </div>
        </Show>
      </Card>
    </Show>
  )
}

function ChangedRowView(props: { readonly row: ChangedRow; readonly kind: FileKind }): JSX.Element {
  const title = () => props.row.record?.title ?? props.row.cells[0]?.new ?? ''
  const isNew = () => props.row.kind === 'add'
  const first = () => (isNew() ? props.row.cells.slice(0, CELLS_OF_NEW) : props.row.cells)
  const others = () => props.row.cells.slice(first().length)
  return (
    <li class={css.changed}>
      <div class={css.changedHead}>
        <b>{title()}</b>
        <small>{t('exchange.row', { row: String(props.row.row) })}</small>
        <Tag tone={isNew() ? 'allowed' : 'plain'} icon={null}>
          {isNew() ? t('exchange.new') : t('exchange.changed')}
        </Tag>
      </div>
      <dl class={css.cells}>
        <For each={first()}>{(cell) => <Cell cell={cell} kind={props.kind} />}</For>
      </dl>
      <Show when={others().length > 0}>
        <details class={css.others}>
          <summary>{formatCount(others().length, t('exchange.showMore'))}</summary>
          <dl class={css.cells}>
            <For each={others()}>{(cell) => <Cell cell={cell} kind={props.kind} />}</For>
          </dl>
        </details>
      </Show>
    </li>
  )
}

function Cell(props: { readonly cell: ChangedCell; readonly kind: FileKind }): JSX.Element {
  const parts = () => (props.cell.old === '' ? null : cellParts(props.kind, props.cell))
  return (
    <div data-removes={props.cell.removes ? '' : undefined}>
      <dt>
        <code>{props.cell.column}</code>
      </dt>
      <dd>
        <Show
          when={parts()}
          fallback={
            <>
              <Show when={props.cell.old !== ''}>
                <del>
                  <span class={layout.hidden}>{t('common.was')} </span>
                  {props.cell.old}
                </del>
              </Show>
              <Show when={props.cell.new !== ''} fallback={<em>{t('exchange.cleared')}</em>}>
                <ins>
                  <span class={layout.hidden}>{t('common.now')} </span>
                  {props.cell.new}
                </ins>
              </Show>
            </>
          }
        >
          {(changed) => (
            <>
              <For each={changed().gone}>
                {(entry) => (
                  <del data-sign="-">
                    <span class={layout.hidden}>{t('exchange.gone')} </span>
                    {entry}
                  </del>
                )}
              </For>
              <For each={changed().come}>
                {(entry) => (
                  <ins data-sign="+">
                    <span class={layout.hidden}>{t('exchange.come')} </span>
                    {entry}
                  </ins>
                )}
              </For>
              <Show when={changed().staying > 0}>
                <small>{formatCount(changed().staying, t('exchange.staying'))}</small>
              </Show>
            </>
          )}
        </Show>
      </dd>
    </div>
  )
}
