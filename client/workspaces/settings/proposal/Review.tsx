/**
 * "Before you save": what changes in words, whom it touches in numbers, and whether it would be refused. A card beside
 * the controls where there is room; else a bar at the thumb that opens it as a sheet.
 */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { Decision } from '../../../../core/access/types.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import type { Effect } from '../../../../core/access/dry-run.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { ActionBar } from '../../../app/shell/Page.tsx'
import { holdUpdates } from '../../../app/unsaved.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Aside } from '../../../components/Diff.tsx'
import { Impact, type ImpactLine } from '../../../components/Impact.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { WhyLink } from '../../../components/WhyLink.tsx'
import layout from '../../../styles/layout.module.css'
import { explanationOf, reasonSentence } from '../../record/why.ts'
import { featureLabel, firstNames, groupName, workerName } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { isLater } from '../validity-words.ts'
import { type ChangeLine, changeLine, type Names } from './change-lines.ts'
import { accountLines, deviceLines } from './consequence-lines.ts'
import type { Proposal } from './create-proposal.ts'
import { impactOf } from '../../../../core/access/impact.ts'
import { impactLines } from './impact-lines.ts'
import { ReviewActions } from './ReviewActions.tsx'
import { changesOf } from './overlay.ts'
import { useConsequences } from './use-consequences.ts'

export interface ReviewProps {
  readonly proposal: Proposal
  /** "For Field sales and every group below it." */
  readonly note?: string | undefined
  /** The accounts that come and go, counted: in place of how many workers see more or fewer. */
  readonly lines?: readonly ImpactLine[] | undefined
  readonly accountName?: ((id: string) => string) | undefined
  /** Instead of each change by itself, where one thing is done to many. */
  readonly summary?: ChangeLine | undefined
  /** Said in place of the first reason against it, with a way on; while it is there nothing is saved. */
  readonly refusals?: JSX.Element
}

/** Beside the controls. Shown only while there is something to save. */
export function ReviewCard(props: ReviewProps): JSX.Element {
  return (
    <Show when={props.proposal.count() > 0}>
      <Card
        title={t('settings.before')}
        aside={
          <Tag tone="pending" icon={null}>
            {formatCount(props.proposal.count(), t('settings.changes'))}
          </Tag>
        }
      >
        <ReviewBody {...props} />
        <div class={layout.wrap}>
          <ReviewActions proposal={props.proposal} onDone={() => undefined} />
        </div>
      </Card>
    </Show>
  )
}

/** At the lower edge of the screen, while there is something to save. */
export function ReviewBar(props: ReviewProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  /** Where the bar was: from here the next step leads to the notice that it is saved, with its way back. */
  let end: HTMLSpanElement | undefined
  holdUpdates(() => props.proposal.count() > 0)
  return (
    <>
      <Show when={props.proposal.count() > 0}>
        <ActionBar>
          <Button kind="primary" onClick={() => setOpen(true)}>
            {formatCount(props.proposal.count(), t('settings.review'))}
          </Button>
          <Button
            onClick={() => {
              props.proposal.cancel()
              end?.focus({ preventScroll: true })
            }}
          >
            {t('settings.cancelChanges')}
          </Button>
        </ActionBar>
      </Show>
      <span ref={end} tabindex="-1" class={layout.hidden} />
      <ReviewSheet {...props} open={open()} after={() => end} onClose={() => setOpen(false)} />
    </>
  )
}

export interface ReviewSheetProps extends ReviewProps {
  readonly open: boolean
  /** See Sheet. */
  readonly after?: (() => HTMLElement | undefined) | undefined
  /** Closed, or saved. */
  readonly onClose: () => void
  /** Under the title, instead of the number of changes. */
  readonly lede?: string | undefined
  readonly onSaved?: (() => void) | undefined
}

export function ReviewSheet(props: ReviewSheetProps): JSX.Element {
  return (
    <Sheet
      open={props.open && props.proposal.count() > 0}
      after={props.after}
      onClose={() => {
        // What is being saved is watched to its end.
        if (props.proposal.progress() === null) props.onClose()
      }}
      title={t('settings.before')}
      lede={props.lede ?? formatCount(props.proposal.count(), t('settings.changes'))}
      actions={
        <ReviewActions
          proposal={props.proposal}
          blocked={props.refusals !== undefined}
          onSaved={() => props.onSaved?.()}
          onDone={() => props.onClose()}
        />
      }
    >
      <div class={layout.stack}>
        <ReviewBody {...props} />
      </div>
    </Sheet>
  )
}

function ReviewBody(props: ReviewProps): JSX.Element {
  const data = useSettings()
  const effects = () => props.proposal.dryRun()?.effects ?? []
  const told = useConsequences(props.proposal)
  /** The server's count, where it has come; else what this device can count. */
  const counted = () => {
    const consequences = told()
    return consequences === undefined ? props.lines : accountLines(consequences)
  }
  /** The one whose screen this is needs no list of names. */
  const isAboutOthers = () => {
    const edited = new Set(props.proposal.edits().map(({ row }) => row.id))
    return effects().some(({ workerId }) => !edited.has(workerId)) || effects().length > 1
  }
  /** Something begins or ends later than now: the dry run does not see it yet. */
  const isTimed = () =>
    props.proposal
      .edits()
      .some(({ row, overlay }) => changesOf(row, overlay).some((change) => isLater(change.new, data.now())))
  const label = (feature: string) => featureLabel(data.directory(), feature)
  const names: Names = {
    feature: label,
    group: (id) => groupName(data.directory(), id),
    worker: (id) => workerName(data.directory(), id),
    account: (id) => props.accountName?.(id) ?? id,
    other: (kind, id) => {
      const row = data.rowByKey().get(recordKey(kind, id))
      return row === undefined ? id : kindSpecs[kind].title(row)
    },
  }
  const [all, setAll] = createSignal(false)
  const lines = createMemo(() =>
    props.summary !== undefined
      ? [props.summary]
      : props.proposal
          .edits()
          .flatMap(({ row, overlay }) =>
            changesOf(row, overlay).map((change) => changeLine(row, change, names, data.now())),
          ),
  )
  const shown = () => (all() || lines().length <= LINES_MAX + 1 ? lines() : lines().slice(0, LINES_MAX))
  return (
    <>
      <Show when={props.proposal.restored()}>
        <small>{t('settings.draftFound')}</small>
      </Show>
      <ul class={css.changes}>
        <For each={shown()}>
          {(line) => (
            <li>
              <Tag tone={line.tone}>{line.verb}</Tag>
              <span>
                <b>{line.what}</b>
                <Show when={line.note}>
                  <small>{line.note}</small>
                </Show>
              </span>
            </li>
          )}
        </For>
      </ul>
      <Show when={shown().length < lines().length}>
        <button type="button" class={css.linkButton} onClick={() => setAll(true)}>
          {formatCount(lines().length - shown().length, t('settings.moreChanges'))}
        </button>
      </Show>
      <Show when={props.note}>
        <small>{props.note}</small>
      </Show>
      {props.refusals}
      <Show when={props.refusals === undefined && props.proposal.decision().outcome === 'denied'}>
        <Refusal decision={props.proposal.decision()} proposal={props.proposal} />
      </Show>
      <Impact
        lines={[...impactLines(impactOf(effects()), label, counted()), ...deviceLines(told() ?? nothingTold)]}
      />
      <Show when={isTimed()}>
        <small>{t('settings.numbersNow')}</small>
      </Show>
      <Show when={isAboutOthers()}>
        <Workers effects={effects()} label={label} />
      </Show>
    </>
  )
}

/** More changes than these are counted first. */
const LINES_MAX = 12

const nothingTold = { workers: [], devices: [] }

function Refusal(props: { readonly decision: Decision; readonly proposal: Proposal }): JSX.Element {
  const data = useSettings()
  const context = () => {
    const row = props.proposal.edits()[0]?.row
    const kind = row?.kind ?? ('group' as const)
    return {
      action: 'edit' as const,
      kind,
      ...(row !== undefined && { title: kindSpecs[kind].title(row) }),
      reader: data.principal().name,
      catalogue: data.directory().catalogue,
    }
  }
  return (
    <div class={css.notice}>
      <Banner
        tone="denied"
        action={
          <WhyLink
            explanation={explanationOf(props.decision, context())}
            title={t('settings.wouldBeRefused')}
          >
            {t('common.why')}
          </WhyLink>
        }
      >
        {reasonSentence(props.decision, context())}
      </Banner>
    </div>
  )
}

function Workers(props: {
  readonly effects: readonly Effect[]
  readonly label: (feature: string) => string
}): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const first = () => firstNames(props.effects.map(({ name }) => name))
  const list = (features: readonly string[]) => features.map(props.label).join(', ')
  return (
    <Aside>
      <Show
        when={open()}
        fallback={
          <span>
            {first().rest === 0
              ? first().names
              : formatCount(first().rest, t('settings.andMore')).replace('{names}', first().names)}
          </span>
        }
      >
        <ul class={css.each} tabindex="0" aria-label={t('settings.seeEach')}>
          <For each={props.effects}>
            {(effect) => (
              <li>
                <b>{effect.name}</b>
                <Show when={effect.loses.length > 0}>
                  <small>{t('settings.eachLoses', { features: list(effect.loses) })}</small>
                </Show>
                <Show when={effect.gains.length > 0}>
                  <small>{t('settings.eachGains', { features: list(effect.gains) })}</small>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <button type="button" class={css.linkButton} aria-expanded={open()} onClick={() => setOpen(!open())}>
        {open() ? t('settings.hideEach') : t('settings.seeEach')}
      </button>
    </Aside>
  )
}
