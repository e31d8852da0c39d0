/** The organisation's label sets (U-09). */
import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import LabelIcon from '~icons/lucide/type'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { labelsOf } from '../../../../core/records/portal-words.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Row } from '../../../components/Row.tsx'
import { organisationHref } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { useSettings } from '../settings-data.ts'
import { ListPart } from './ListPart.tsx'
import { NamedSheet } from './NamedSheet.tsx'
import { PartIcon } from './PartIcon.tsx'
import { useGiven } from './use-given.ts'

export function LabelsPart(): JSX.Element {
  const data = useSettings()
  const navigate = useNavigate()
  const given = useGiven('label-set')
  const [adding, setAdding] = createSignal(false)
  const rowOf = (id: string) => data.rowByKey().get(recordKey('label-set', id)) ?? null
  const renamed = (id: string) =>
    formatCount(Object.keys(labelsOf(rowOf(id))).length, t('organisation.renamed'))
  return (
    <article aria-label={t('organisation.parts.labels')}>
      <ListPart
        part="labels"
        kind="label-set"
        icon={LabelIcon}
        add={t('organisation.addLabelSet')}
        onAdd={() => setAdding(true)}
        empty={t('organisation.noLabelSets')}
        emptyNote={t('organisation.noLabelSetsNote')}
      >
        {(id) => (
          <Row
            href={organisationHref('labels', id)}
            lead={<PartIcon icon={LabelIcon} />}
            title={String(rowOf(id)?.name ?? '')}
            lede={`${renamed(id)} · ${given(id)}`}
            tag={
              <MarkTag
                mark={data.markOf(recordKey('label-set', id))}
                disabled={rowOf(id)?.active === false}
              />
            }
          />
        )}
      </ListPart>
      <NamedSheet
        kind="label-set"
        open={adding()}
        title={t('organisation.addLabelSet')}
        added={(name) => t('organisation.labelSetAdded', { name })}
        onClose={() => setAdding(false)}
        onMade={(id) => navigate(organisationHref('labels', id))}
      />
    </article>
  )
}
