/**
 * /settings/organisation and its parts: what belongs to the organisation as a whole. The parts are the list; beside it,
 * or in its place on a phone, is the one that is open.
 */
import { useParams } from '@solidjs/router'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import BoardIcon from '~icons/lucide/megaphone'
import BuildingIcon from '~icons/lucide/building'
import CampaignIcon from '~icons/lucide/target'
import LabelIcon from '~icons/lucide/type'
import RightsIcon from '~icons/lucide/key-round'
import { noRights } from '../../../access/decision.ts'
import { usePortal } from '../../../app/context.tsx'
import { DeniedScreen } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Row } from '../../../components/Row.tsx'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import type { IconComponent } from '../../../components/types.ts'
import { type OrganisationPart, organisationHref, organisationParts } from '../hrefs.ts'
import css from '../settings.module.css'
import { sentenceOf } from '../../record/why.ts'
import { openParts, opens, partDecision } from '../sections.ts'
import { SettingsProvider } from '../SettingsProvider.tsx'
import { SectionTitle } from '../SectionTitle.tsx'
import { BoardPane } from './BoardPane.tsx'
import { BoardsPart } from './BoardsPart.tsx'
import { CampaignsPart } from './CampaignsPart.tsx'
import { GeneralPart } from './GeneralPart.tsx'
import { LabelSetPane } from './LabelSetPane.tsx'
import { LabelsPart } from './LabelsPart.tsx'
import { PartIcon } from './PartIcon.tsx'
import { RightsPart } from './RightsPart.tsx'

const ICONS: Record<OrganisationPart, IconComponent> = {
  general: BuildingIcon,
  rights: RightsIcon,
  labels: LabelIcon,
  boards: BoardIcon,
  campaigns: CampaignIcon,
}

export default function OrganisationScreen(): JSX.Element {
  const params = useParams()
  const portal = usePortal()
  const part = () => organisationParts.find((known) => known === params['part'])
  return (
    <SettingsProvider kind="settings">
      <SplitPanes
        listLabel={t('organisation.title')}
        open={part() !== undefined}
        placeholder={<EmptyState icon={BuildingIcon} title={t('organisation.choose')} />}
        list={<Parts current={part()} />}
        detail={
          <Show when={part()} keyed>
            {(open) => (
              <Show
                when={partDecision(portal.principal(), open)?.outcome !== 'denied'}
                fallback={<DeniedPart part={open} />}
              >
                <Detail part={open} id={params['id']} />
              </Show>
            )}
          </Show>
        }
      />
    </SettingsProvider>
  )
}

/** Of the parts, some may be open to whom others are not. */
function DeniedPart(props: { readonly part: OrganisationPart }): JSX.Element {
  const portal = usePortal()
  return (
    <DeniedScreen
      title={t('organisation.denied')}
      sentence={sentenceOf(partDecision(portal.principal(), props.part) ?? noRights, {
        ...opens('settings'),
        whole: true,
      })}
    />
  )
}

function Parts(props: { readonly current: OrganisationPart | undefined }): JSX.Element {
  const portal = usePortal()
  return (
    <>
      <SectionTitle section="organisation" title={t('organisation.title')} />
      <ul class={css.scroll} aria-label={t('organisation.title')}>
        <For each={openParts(portal.principal())}>
          {(part) => (
            <li>
              <Row
                href={organisationHref(part)}
                lead={<PartIcon icon={ICONS[part]} />}
                title={t(`organisation.parts.${part}`)}
                lede={t(`organisation.partNotes.${part}`)}
                current={props.current === part}
              />
            </li>
          )}
        </For>
      </ul>
    </>
  )
}

function Detail(props: { readonly part: OrganisationPart; readonly id: string | undefined }): JSX.Element {
  return (
    <Switch>
      <Match when={props.part === 'general'}>
        <GeneralPart />
      </Match>
      <Match when={props.part === 'rights'}>
        <RightsPart />
      </Match>
      <Match when={props.part === 'labels'}>
        <Show when={props.id} keyed fallback={<LabelsPart />}>
          {(id) => <LabelSetPane id={id} />}
        </Show>
      </Match>
      <Match when={props.part === 'boards'}>
        <Show when={props.id} keyed fallback={<BoardsPart />}>
          {(id) => <BoardPane id={id} />}
        </Show>
      </Match>
      <Match when={props.part === 'campaigns'}>
        <CampaignsPart />
      </Match>
    </Switch>
  )
}
