/** Those of a bulk change that would be refused, each with its reason, and the way on without them. */
import { createMemo, For, type JSX, Show } from 'solid-js'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { explanationOf, reasonSentence } from '../../record/why.ts'
import { WhyLink } from '../../../components/WhyLink.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import type { Proposal } from './create-proposal.ts'
import type { RefusedEdit } from './refused-edits.ts'

/** Named at once; who wants all of them leaves them out or looks at them one by one. */
const NAMED_MAX = 20

export function Refusals(props: {
  readonly proposal: Proposal
  readonly refused: readonly RefusedEdit[]
}): JSX.Element {
  const data = useSettings()
  const leaveOut = () => props.proposal.leaveOut(props.refused.map(({ row }) => recordKey(row.kind, row.id)))
  const contextOf = ({ row }: RefusedEdit) => ({
    action: 'edit' as const,
    kind: row.kind,
    title: kindSpecs[row.kind].title(row),
    reader: data.principal().name,
    catalogue: data.directory().catalogue,
  })
  const shown = createMemo(() => props.refused.slice(0, NAMED_MAX))
  return (
    <section class={css.refusals} aria-label={formatCount(props.refused.length, t('manage.refused'))}>
      <h3>{formatCount(props.refused.length, t('manage.refused'))}</h3>
      <ul class={css.each} tabindex="0">
        <For each={shown()}>
          {(edit) => (
            <li>
              <b>{contextOf(edit).title}</b>
              <small>
                {reasonSentence(edit.decision, contextOf(edit))}{' '}
                <WhyLink explanation={explanationOf(edit.decision, contextOf(edit))}>
                  {t('common.why')}
                </WhyLink>
              </small>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.refused.length > shown().length}>
        <small>{formatCount(props.refused.length - shown().length, t('manage.ceilingMore'))}</small>
      </Show>
      <div>
        <Button onClick={leaveOut}>{formatCount(props.refused.length, t('manage.leaveOut'))}</Button>
      </div>
    </section>
  )
}
