/** A part of the organisation that is a list of records: empty or full, with the button for a new one. */
import { For, type JSX, Show } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import { createDecision } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { RowList } from '../../../components/Row.tsx'
import type { IconComponent } from '../../../components/types.ts'
import { sentenceOf } from '../../record/why.ts'
import { createKeys } from '../create-keys.ts'
import type { OrganisationPart } from '../hrefs.ts'
import { type SmallKind, useSettings } from '../settings-data.ts'
import { PartTitle } from './PartTitle.tsx'

export interface ListPartProps {
  readonly part: OrganisationPart
  readonly kind: SmallKind
  readonly icon: IconComponent
  readonly add: string
  readonly onAdd: () => void
  readonly empty: string
  readonly emptyNote: string
  /** One line of the list. */
  readonly children: (id: string) => JSX.Element
}

export function ListPart(props: ListPartProps): JSX.Element {
  const data = useSettings()
  const ids = createKeys(() => data.small(props.kind).map(({ id }) => id))
  const create = createDecision(() => ({ action: 'create', kind: props.kind }))
  const denied = () =>
    create().outcome === 'denied' ? sentenceOf(create(), { action: 'create', kind: props.kind }) : undefined
  return (
    <>
      <PartTitle part={props.part}>
        <Button kind="primary" icon={PlusIcon} denied={denied()} onClick={() => props.onAdd()}>
          {props.add}
        </Button>
      </PartTitle>
      <PaneBody>
        <Show
          when={ids().length > 0}
          fallback={
            <EmptyState icon={props.icon} title={props.empty}>
              {props.emptyNote}
            </EmptyState>
          }
        >
          <Card flush label={t(`organisation.parts.${props.part}`)}>
            <RowList label={t(`organisation.parts.${props.part}`)}>
              <For each={ids()}>{(id) => <li>{props.children(id)}</li>}</For>
            </RowList>
          </Card>
        </Show>
      </PaneBody>
    </>
  )
}
