/**
 * Each column of the file and what it is here: first what nobody knows and a person must decide, then, folded away, what
 * was recognised.
 */
import { createMemo, For, type JSX, Show } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-down'
import { columnsOfFile, whyHomeless } from '../../../../core/exchange/file-columns.ts'
import type { FileKind } from '../../../../core/exchange/kinds.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Card } from '../../../components/Card.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import settings from '../settings.module.css'
import type { ImportFlow } from './create-import.ts'
import css from './exchange.module.css'
import { LEAVE, proposeMapping } from './map-columns.ts'

export function ColumnsView(props: { readonly flow: ImportFlow }): JSX.Element {
  const header = () => props.flow.file()?.split.header ?? []
  /** What stood open when the kind was chosen stays in its place while it is decided. */
  const open = createMemo(() => {
    const kind = props.flow.kind()
    if (kind === null) return []
    return proposeMapping(header(), kind).flatMap((target, index) =>
      target === null || target === LEAVE ? [index] : [],
    )
  })
  const known = () => header().flatMap((_, index) => (open().includes(index) ? [] : [index]))
  const undecided = () => open().filter((index) => props.flow.mapping()[index] === null).length
  const isSemicolons = () => header().length === 1 && (header()[0] ?? '').includes(';')
  return (
    <Show when={props.flow.kind()}>
      {(kind) => (
        <>
          <Show when={isSemicolons()}>
            <div class={settings.notice}>
              <Banner tone="denied">{t('exchange.semicolons')}</Banner>
            </div>
          </Show>
          <Show when={open().length > 0}>
            <Card
              title={
                undecided() > 0
                  ? formatCount(undecided(), t('exchange.undecidedTitle'))
                  : formatCount(leftOut(), t('exchange.leftOut'))
              }
            >
              <Show when={undecided() > 0}>
                <small>{t('exchange.undecidedNote')}</small>
              </Show>
              <div class={css.columns}>
                <For each={open()}>
                  {(index) => <ColumnField flow={props.flow} kind={kind()} index={index} />}
                </For>
              </div>
            </Card>
          </Show>
          <Show when={known().length > 0}>
            <details class={css.known} open={open().length === 0 && known().length <= 8}>
              <summary>
                <span>{formatCount(known().length, t('exchange.matchedTitle'))}</span>
                <ChevronIcon aria-hidden="true" />
              </summary>
              <div class={css.columns}>
                <For each={known()}>
                  {(index) => <ColumnField flow={props.flow} kind={kind()} index={index} />}
                </For>
              </div>
            </details>
          </Show>
          <small>{t('exchange.clears')}</small>
        </>
      )}
    </Show>
  )

  function leftOut(): number {
    return props.flow.mapping().filter((target) => target === LEAVE).length
  }
}

function ColumnField(props: {
  readonly flow: ImportFlow
  readonly kind: FileKind
  readonly index: number
}): JSX.Element {
  const file = () => props.flow.file()
  const name = () => file()?.split.header[props.index]?.trim() ?? ''
  const target = () => props.flow.mapping()[props.index] ?? null
  const hint = () => {
    const why = whyHomeless(props.kind, name())
    if (why !== null && target() === LEAVE) return t('exchange.homeless', { why })
    return file()?.samples[props.index] || t('exchange.noSample')
  }
  return (
    <SelectField
      label={name() || t('exchange.noName', { number: String(props.index + 1) })}
      hint={hint()}
      required
      value={target()}
      none={t('exchange.decide')}
      options={[
        ...columnsOfFile(props.kind).map((column) => ({
          value: column.name,
          label: `${column.name} · ${column.label}`,
        })),
        { value: LEAVE, label: t('exchange.leave') },
      ]}
      onChange={(next) => props.flow.map(props.index, next)}
    />
  )
}
