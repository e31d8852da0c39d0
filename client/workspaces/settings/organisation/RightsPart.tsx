/**
 * The rights register: rights of the organisation's own. A registered one is offered, imported and explained like
 * the nine; one that is taken out is held by nobody, and who loses it is told before it is saved.
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import RemoveIcon from '~icons/lucide/x'
import RightsIcon from '~icons/lucide/key-round'
import { catalogueFromSettings } from '../../../../core/access/from-rows.ts'
import { type Workspace, workspaceLabels } from '../../../../core/catalogue/features.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { settingsId } from '../../../../core/records/settings.ts'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import layout from '../../../styles/layout.module.css'
import { createKeys } from '../create-keys.ts'
import { createProposal } from '../proposal/create-proposal.ts'
import { ReviewBar } from '../proposal/Review.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { NewRightSheet } from './NewRightSheet.tsx'
import { PartTitle } from './PartTitle.tsx'

const key = recordKey('settings', settingsId)

export function RightsPart(): JSX.Element {
  const data = useSettings()
  const proposal = createProposal(data, () => `settings/${key}`)
  const [adding, setAdding] = createSignal(false)
  const shipped = () => data.settings() === null
  const rights = () => registeredRights(proposal.rowOf(key)?.customRights)
  const ids = createKeys(() => rights().map(({ id }) => id))
  const rightOf = (id: string) => rights().find((right) => right.id === id)
  /** With what is proposed: an id can be used once. */
  const catalogue = () => catalogueFromSettings(proposal.rowOf(key) ?? null)
  return (
    <article aria-label={t('organisation.parts.rights')} class={css.pane}>
      <PartTitle part="rights" lede={t('organisation.rightsLede')}>
        <Button
          kind="primary"
          icon={PlusIcon}
          denied={shipped() ? t('organisation.notYet') : undefined}
          onClick={() => setAdding(true)}
        >
          {t('organisation.addRight')}
        </Button>
      </PartTitle>
      <PaneBody>
        <Show when={!data.complete()}>
          <small class={layout.quiet}>{t('settings.incomplete')}</small>
        </Show>
        <Show
          when={ids().length > 0}
          fallback={
            <EmptyState icon={RightsIcon} title={t('organisation.noRights')}>
              {t('organisation.noRightsNote')}
            </EmptyState>
          }
        >
          <Card flush label={t('organisation.parts.rights')}>
            <ul aria-label={t('organisation.parts.rights')}>
              <For each={ids()}>
                {(id) => (
                  <li class={css.item}>
                    <div class={css.words}>
                      {rightOf(id)?.label}
                      <code>{id}</code>
                      <small>{workspaceLabels[rightOf(id)?.workspace ?? 'crm']}</small>
                    </div>
                    <IconButton
                      icon={RemoveIcon}
                      label={t('organisation.removeRight', { right: rightOf(id)?.label ?? id })}
                      onClick={() => proposal.set(key, fieldKey('customRights', id), null)}
                    />
                  </li>
                )}
              </For>
            </ul>
          </Card>
          <small class={layout.quiet}>{t('organisation.rightKept')}</small>
        </Show>
      </PaneBody>
      <NewRightSheet
        open={adding()}
        catalogue={catalogue()}
        onClose={() => setAdding(false)}
        onAdd={({ id, ...right }) => proposal.set(key, fieldKey('customRights', id), right)}
      />
      <ReviewBar proposal={proposal} />
    </article>
  )
}

export interface RegisteredRight {
  readonly id: string
  readonly label: string
  readonly workspace: Workspace
}

/** By label. */
function registeredRights(held: unknown): readonly RegisteredRight[] {
  const { features } = catalogueFromSettings({ id: settingsId, kind: 'settings', seq: 0, customRights: held })
  const registered = new Set(typeof held === 'object' && held !== null ? Object.keys(held) : [])
  return features
    .filter(({ id }) => registered.has(id))
    .map(({ id, label, workspace }) => ({ id, label, workspace }))
    .sort((a, b) => a.label.localeCompare(b.label))
}
