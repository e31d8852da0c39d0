/** The stages of an import: one in sight at a time, with the steps above and what comes next at the thumb. */
import { createEffect, type JSX, Match, on, Show, Switch } from 'solid-js'
import { t } from '../../../app/i18n.ts'
import { Page } from '../../../app/shell/Page.tsx'
import { holdUpdates } from '../../../app/unsaved.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { ProgressMeter } from '../../../components/ProgressMeter.tsx'
import { formatCount } from '../../../app/format.ts'
import { usePortal } from '../../../app/context.tsx'
import { AppliedView } from './AppliedView.tsx'
import { CheckedView } from './CheckedView.tsx'
import { ChooseCard } from './ChooseCard.tsx'
import { ColumnsView } from './ColumnsView.tsx'
import type { ImportFlow, Stage } from './create-import.ts'
import css from './exchange.module.css'
import { FileCard } from './FileCard.tsx'
import { decideFile } from './may-exchange.ts'
import { Problem } from './Problem.tsx'
import { StepLine } from './StepLine.tsx'
import { sentenceOf } from '../../record/why.ts'
import { recordKindOf } from '../../../../core/exchange/kinds.ts'
import { createOnline } from '../../../app/create-online.ts'

export function ImportFlowView(props: { readonly flow: ImportFlow }): JSX.Element {
  const flow = props.flow
  holdUpdates(() => flow.stage() !== 'choose' && flow.stage() !== 'applied')
  return (
    <Show
      when={flow.stage() !== 'choose' && flow.stage() !== 'reading'}
      fallback={<ChooseCard flow={flow} />}
    >
      <Page
        actions={
          <div class={css.actions}>
            <Actions flow={flow} />
          </div>
        }
      >
        <StageHead stage={flow.stage()} />
        <Problem sentence={flow.problem()} />
        <Switch>
          <Match when={flow.stage() === 'columns'}>
            <FileCard flow={flow} />
            <ColumnsView flow={flow} />
          </Match>
          <Match when={flow.stage() === 'checking' || flow.stage() === 'applying'}>
            <Running flow={flow} />
          </Match>
          <Match when={flow.stage() === 'checked' && flow.report()}>
            {(report) => <CheckedView flow={flow} report={report()} />}
          </Match>
          <Match when={flow.stage() === 'applied' && flow.report()}>
            {(report) => <AppliedView flow={flow} report={report()} />}
          </Match>
        </Switch>
      </Page>
    </Show>
  )
}

/** A new stage begins at its top, and a screen reader hears which one it is. */
function StageHead(props: { readonly stage: Stage }): JSX.Element {
  let head: HTMLDivElement | undefined
  createEffect(
    on(
      () => props.stage,
      () => {
        head?.scrollIntoView({ block: 'nearest' })
        head?.focus({ preventScroll: true })
      },
    ),
  )
  return (
    <div ref={head} tabindex="-1" class={css.head}>
      <StepLine stage={props.stage} />
    </div>
  )
}

function Running(props: { readonly flow: ImportFlow }): JSX.Element {
  const isApplying = () => props.flow.stage() === 'applying'
  const total = () => props.flow.progress()?.total ?? null
  return (
    <Card label={isApplying() ? t('exchange.applying') : t('exchange.checking')}>
      <ProgressMeter
        label={isApplying() ? t('exchange.applying') : t('exchange.checking')}
        value={props.flow.progress()?.done ?? 0}
        max={total() ?? props.flow.file()?.rows ?? 0}
        shown={props.flow.progress() === null ? t('exchange.sending') : undefined}
      />
      <small>{isApplying() ? t('exchange.stayHere') : t('exchange.checkNote')}</small>
    </Card>
  )
}

function Actions(props: { readonly flow: ImportFlow }): JSX.Element {
  const flow = props.flow
  const portal = usePortal()
  const online = createOnline()
  const closed = () => {
    const kind = flow.kind()
    if (kind === null) return undefined
    const decision = decideFile(portal.principal(), 'import', kind)
    const context = { action: 'import', kind: recordKindOf(kind), whole: true } as const
    return decision.outcome === 'denied' ? sentenceOf(decision, context) : undefined
  }
  const needsNetwork = () => (online() ? undefined : t('exchange.needsNetwork'))
  const changes = () => (flow.report()?.added ?? 0) + (flow.report()?.changed ?? 0)
  const whyNotApply = () => {
    if ((flow.report()?.errors.length ?? 0) > 0) return t('exchange.errorsFirst')
    if (changes() === 0) return t('exchange.nothingNote')
    if ((flow.report()?.removals ?? 0) > 0 && !flow.removals()) return t('exchange.tickFirst')
    return needsNetwork()
  }
  return (
    <Switch>
      <Match when={flow.stage() === 'columns'}>
        <Button
          kind="primary"
          wide
          denied={flow.undecided() ?? closed() ?? needsNetwork()}
          onClick={() => flow.check()}
        >
          {t('exchange.check')}
        </Button>
        <Button onClick={() => flow.reset()}>{t('exchange.otherFile')}</Button>
      </Match>
      <Match when={flow.stage() === 'checking'}>
        <Button onClick={() => flow.back()}>{t('exchange.cancel')}</Button>
      </Match>
      <Match when={flow.stage() === 'checked'}>
        <Button kind="primary" wide denied={whyNotApply()} onClick={() => flow.apply()}>
          {changes() === 0 ? t('exchange.applyNothing') : formatCount(changes(), t('exchange.apply'))}
        </Button>
        <Button onClick={() => flow.back()}>{t('exchange.back')}</Button>
      </Match>
      <Match when={flow.stage() === 'applied'}>
        <Button kind="primary" wide onClick={() => flow.reset()}>
          {t('exchange.another')}
        </Button>
      </Match>
    </Switch>
  )
}
