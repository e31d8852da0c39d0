/** The head of a part of the organisation's settings. */
import type { JSX } from 'solid-js'
import { t } from '../../../app/i18n.ts'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { type OrganisationPart, organisationHref } from '../hrefs.ts'

export function PartTitle(props: {
  readonly part: OrganisationPart
  readonly lede?: string | undefined
  /** The main action: in the thumb's reach on a phone, below the title. */
  readonly children?: JSX.Element
}): JSX.Element {
  return (
    <DetailTitle
      title={t(`organisation.parts.${props.part}`)}
      lede={props.lede ?? t(`organisation.partNotes.${props.part}`)}
      back={{ href: organisationHref(), label: t('organisation.back') }}
      parent={t('organisation.title')}
    >
      {props.children}
    </DetailTitle>
  )
}
