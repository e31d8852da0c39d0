/** Two workers side by side: the accounts they reach, and each feature with where each of them has it from or not. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import AllowedIcon from '~icons/lucide/check'
import DeniedIcon from '~icons/lucide/x'
import { isAllowed, type Principal } from '../../../../core/access/types.ts'
import { type FeatureSpec, workspaceLabels, workspaces } from '../../../../core/catalogue/features.ts'
import { useLiveQuery } from '../../../app/context.tsx'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { WhyLink } from '../../../components/WhyLink.tsx'
import layout from '../../../styles/layout.module.css'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { accountReach } from './account-reach.ts'
import own from './CompareAccess.module.css'
import { explainRight } from './explain-right.ts'
import { sourceOf } from './right-source.ts'
import { SourceTag } from './SourceTag.tsx'

interface Two {
  readonly one: Principal
  readonly other: Principal
}

export function CompareAccess(props: Two): JSX.Element {
  const data = useSettings()
  const [all, setAll] = createSignal(false)
  const features = () => data.directory().catalogue.features
  const differing = createMemo(() =>
    features().filter(({ id }) => holds(props.one, id) !== holds(props.other, id)),
  )
  const shown = () => (all() ? features() : differing())
  return (
    <>
      <Card flush title={t('explain.reach')}>
        <div class={own.pair}>
          <Reach principal={props.one} />
          <Reach principal={props.other} />
        </div>
      </Card>
      <ChipRow label={t('settings.outcome')}>
        <Chip pressed={!all()} onClick={() => setAll(false)}>
          {t('explain.differences', { count: formatNumber(differing().length) })}
        </Chip>
        <Chip pressed={all()} onClick={() => setAll(true)}>
          {t('settings.allCount', { count: formatNumber(features().length) })}
        </Chip>
      </ChipRow>
      <Show
        when={shown().length > 0}
        fallback={
          <EmptyState
            icon={AllowedIcon}
            title={t('explain.same', { one: props.one.name, other: props.other.name })}
          />
        }
      >
        <For each={workspaces.filter((one) => shown().some(({ workspace }) => workspace === one))}>
          {(workspace) => (
            <Card flush title={workspaceLabels[workspace]}>
              <ul class={css.divided} aria-label={workspaceLabels[workspace]}>
                <For each={shown().filter((one) => one.workspace === workspace)}>
                  {(feature) => (
                    <li class={own.feature}>
                      <b>{feature.label}</b>
                      <div class={own.pair}>
                        <Held principal={props.one} feature={feature} />
                        <Held principal={props.other} feature={feature} />
                      </div>
                    </li>
                  )}
                </For>
              </ul>
            </Card>
          )}
        </For>
      </Show>
    </>
  )
}

function holds(principal: Principal, id: string): boolean {
  const right = principal.rights.get(id)
  return right !== undefined && isAllowed(right)
}

/** Counted on this device, as everywhere in Settings. */
function Reach(props: { readonly principal: Principal }): JSX.Element {
  const reach = useLiveQuery((db) => {
    const { principal } = props
    return () => accountReach(db, principal)
  })
  const codes = () => props.principal.repCodes.join(', ')
  return (
    <div class={own.side}>
      <span class={layout.quiet}>{props.principal.name}</span>
      <b>
        <Show when={reach()} fallback="…">
          {(counted) =>
            `${formatNumber(counted().accounts)} ${formatCount(counted().accounts, t('settings.accountsCount'))}`
          }
        </Show>
      </b>
      <Show when={!props.principal.live}>
        <small>{t('settings.loginOff')}</small>
      </Show>
      <Show when={codes()}>
        <small>
          {t('settings.repCodes')} {codes()}
        </small>
      </Show>
    </div>
  )
}

function Held(props: { readonly principal: Principal; readonly feature: FeatureSpec }): JSX.Element {
  const data = useSettings()
  const right = () => props.principal.rights.get(props.feature.id)
  const allowed = () => holds(props.principal, props.feature.id)
  return (
    <div class={own.side} data-outcome={allowed() ? 'allowed' : 'denied'}>
      <span class={layout.quiet}>{props.principal.name}</span>
      <span class={own.outcome}>
        <Show when={allowed()} fallback={<DeniedIcon role="img" aria-label={t('settings.notAllowed')} />}>
          <AllowedIcon role="img" aria-label={t('settings.allowed')} />
        </Show>
        <SourceTag source={sourceOf(right())} />
        <WhyLink
          explanation={explainRight(right(), props.principal.name, data.directory().catalogue)}
          title={t('settings.whyTitle', { feature: props.feature.label })}
        >
          {t('common.why')}
          <span class={layout.hidden}>
            {' '}
            {props.feature.label}, {props.principal.name}
          </span>
        </WhyLink>
      </span>
    </div>
  )
}
