/**
 * What a worker may really do, workspace by workspace: outcome, where it comes from, and the rule behind it. The same
 * compilation as on the server, from the rows on this device.
 */
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import AllowedIcon from '~icons/lucide/check'
import DeniedIcon from '~icons/lucide/x'
import SearchIcon from '~icons/lucide/search-x'
import { isAllowed, type Principal, type Right } from '../../../../core/access/types.ts'
import { type FeatureSpec, workspaceLabels, workspaces } from '../../../../core/catalogue/features.ts'
import { foldText } from '../../../../core/records/fold.ts'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import type { Explanation } from '../../../components/types.ts'
import { WhyLink } from '../../../components/WhyLink.tsx'
import layout from '../../../styles/layout.module.css'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { explainRight } from './explain-right.ts'
import { sourceOf } from './right-source.ts'
import { SourceTag } from './SourceTag.tsx'

type Shown = 'all' | 'allowed' | 'denied'

export function EffectiveAccess(props: {
  readonly principal: Principal
  readonly name: string
}): JSX.Element {
  const data = useSettings()
  const [query, setQuery] = createSignal('')
  const [shown, setShown] = createSignal<Shown>('all')
  const features = () => data.directory().catalogue.features
  const rightOf = (id: string) => props.principal.rights.get(id)
  const holds = (id: string) => {
    const right = rightOf(id)
    return right !== undefined && isAllowed(right)
  }
  const allowedCount = createMemo(() => features().filter(({ id }) => holds(id)).length)
  const found = createMemo(() =>
    features().filter(
      ({ id, label }) =>
        foldText(`${label} ${id}`).includes(foldText(query())) &&
        (shown() === 'all' || holds(id) === (shown() === 'allowed')),
    ),
  )
  const counts: Record<Shown, () => string> = {
    all: () => t('settings.allCount', { count: formatNumber(features().length) }),
    allowed: () => t('settings.allowedCount', { count: formatNumber(allowedCount()) }),
    denied: () => t('settings.deniedCount', { count: formatNumber(features().length - allowedCount()) }),
  }
  return (
    <div class={layout.stack}>
      <div class={layout.stackSmall}>
        <SearchField label={t('settings.searchFeatures')} value={query()} onInput={setQuery} />
        <ChipRow label={t('settings.outcome')}>
          <For each={['all', 'allowed', 'denied'] as const}>
            {(one) => (
              <Chip pressed={shown() === one} onClick={() => setShown(one)}>
                {counts[one]()}
              </Chip>
            )}
          </For>
        </ChipRow>
      </div>
      <Show when={!props.principal.live}>
        <small>{t('settings.loginOff')}</small>
      </Show>
      <Switch>
        <Match when={found().length === 0}>
          <EmptyState
            icon={SearchIcon}
            title={t('settings.noFeatureMatch', { query: query().trim() })}
            action={
              <Button
                onClick={() => {
                  setQuery('')
                  setShown('all')
                }}
              >
                {t('settings.clearSearch')}
              </Button>
            }
          />
        </Match>
        <Match when={found().length > 0}>
          <div class={css.masonry}>
            <For each={workspaces.filter((one) => found().some(({ workspace }) => workspace === one))}>
              {(workspace) => (
                <Card
                  flush
                  title={workspaceLabels[workspace]}
                  aside={
                    <small>
                      {t('settings.featuresOf', {
                        count: formatNumber(
                          features().filter((one) => one.workspace === workspace && holds(one.id)).length,
                        ),
                        total: formatNumber(features().filter((one) => one.workspace === workspace).length),
                      })}
                    </small>
                  }
                >
                  <ul class={css.divided} aria-label={workspaceLabels[workspace]}>
                    <For each={found().filter((one) => one.workspace === workspace)}>
                      {(feature) => (
                        <Outcome feature={feature} right={rightOf(feature.id)} name={props.name} />
                      )}
                    </For>
                  </ul>
                </Card>
              )}
            </For>
          </div>
        </Match>
      </Switch>
    </div>
  )
}

function Outcome(props: {
  readonly feature: FeatureSpec
  readonly right: Right | undefined
  readonly name: string
}): JSX.Element {
  const data = useSettings()
  const allowed = () => props.right !== undefined && isAllowed(props.right)
  const explanation = (): Explanation => explainRight(props.right, props.name, data.directory().catalogue)
  return (
    <li class={css.outcome} data-outcome={allowed() ? 'allowed' : 'denied'}>
      <Show when={allowed()} fallback={<DeniedIcon role="img" aria-label={t('settings.notAllowed')} />}>
        <AllowedIcon role="img" aria-label={t('settings.allowed')} />
      </Show>
      <span class={css.words}>{props.feature.label}</span>
      <SourceTag source={sourceOf(props.right)} />
      <WhyLink explanation={explanation()} title={t('settings.whyTitle', { feature: props.feature.label })}>
        {t('common.why')}
        <span class={layout.hidden}> {props.feature.label}</span>
      </WhyLink>
    </li>
  )
}
