/**
 * Whether somebody has this customer already, while a new one is typed in: a link to what the reader may open, plain
 * text for the rest (U-22). Asked of the server; without one the form works as ever and says nothing.
 */
import { createEffect, createResource, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js'
import type { MatchItem } from '../../../core/match/match-item.ts'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { formatCount } from '../../app/format.ts'
import { useLiveQuery } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import layout from '../../styles/layout.module.css'
import { findMatches, isWorthAsking, type MatchQuestion } from './find-matches.ts'
import css from './MatchesFound.module.css'
import { MatchedAccount } from './MatchedAccount.tsx'

/** After the last letter. */
const PAUSE_MS = 400

export function MatchesFound(props: MatchQuestion): JSX.Element {
  const [asked, setAsked] = createSignal<MatchQuestion | null>(null)
  createEffect(
    on(
      () => ({ name: props.name, phone: props.phone }),
      (question) => {
        const timer = setTimeout(() => setAsked(isWorthAsking(question) ? question : null), PAUSE_MS)
        onCleanup(() => clearTimeout(timer))
      },
    ),
  )
  const [found] = createResource(asked, findMatches)
  // The last answer stays while the next one comes: nothing jumps under the fingers.
  const items = (): readonly MatchItem[] => (asked() === null ? [] : (found.latest ?? []))
  return (
    <div aria-live="polite">
      <Show when={items().length > 0}>
        <Card title={formatCount(items().length, t('crm.matchesFound'))}>
          <small class={layout.quiet}>{t('crm.matchesNote')}</small>
          <ul class={css.matches}>
            <For each={items()}>{(item) => <Found item={item} />}</For>
          </ul>
        </Card>
      </Show>
    </div>
  )
}

function Found(props: { readonly item: MatchItem }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const id = () => (props.item.type === 'link' ? props.item.id : null)
  const lede = () => [props.item.town, props.item.owner].filter(Boolean).join(' · ')
  const isHere = useLiveQuery((db) => {
    const wanted = id()
    return wanted === null
      ? null
      : async () => (await db.records.get(recordKey('account', wanted))) !== undefined
  })
  return (
    <li class={css.match}>
      <div class={layout.grow}>
        <Show when={id() !== null && isHere()} fallback={<b>{props.item.name}</b>}>
          <a class={layout.strongLink} href={`/crm/accounts/${encodeURIComponent(id() ?? '')}`}>
            {props.item.name}
          </a>
        </Show>
        <small>{lede()}</small>
      </div>
      {/* Not on this device: it opens through the match alone, to be read. */}
      <Show when={isHere() === false ? id() : null}>
        {(matched) => (
          <>
            <Button kind="quiet" aria-expanded={open()} onClick={() => setOpen(!open())}>
              {open() ? t('common.close') : t('crm.matchRead')}
            </Button>
            <Show when={open()}>
              <MatchedAccount id={matched()} name={props.item.name} />
            </Show>
          </>
        )}
      </Show>
    </li>
  )
}
