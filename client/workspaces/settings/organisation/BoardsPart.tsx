/** The organisation's bulletin boards (U-08). */
import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import BoardIcon from '~icons/lucide/megaphone'
import { noticesOf } from '../../../../core/records/board.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
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

export function BoardsPart(): JSX.Element {
  const data = useSettings()
  const navigate = useNavigate()
  const given = useGiven('board')
  const [adding, setAdding] = createSignal(false)
  const rowOf = (id: string) => data.rowByKey().get(recordKey('board', id))
  const notices = (id: string) => {
    const row = rowOf(id)
    return formatCount(row === undefined ? 0 : noticesOf(row).length, t('organisation.notices'))
  }
  return (
    <article aria-label={t('organisation.parts.boards')}>
      <ListPart
        part="boards"
        kind="board"
        icon={BoardIcon}
        add={t('organisation.addBoard')}
        onAdd={() => setAdding(true)}
        empty={t('organisation.noBoards')}
        emptyNote={t('organisation.noBoardsNote')}
      >
        {(id) => (
          <Row
            href={organisationHref('boards', id)}
            lead={<PartIcon icon={BoardIcon} />}
            title={String(rowOf(id)?.name ?? '')}
            lede={`${notices(id)} · ${given(id)}`}
            tag={
              <MarkTag mark={data.markOf(recordKey('board', id))} disabled={rowOf(id)?.active === false} />
            }
          />
        )}
      </ListPart>
      <NamedSheet
        kind="board"
        open={adding()}
        title={t('organisation.addBoard')}
        added={(name) => t('organisation.boardAdded', { name })}
        onClose={() => setAdding(false)}
        onMade={(id) => navigate(organisationHref('boards', id))}
      />
    </article>
  )
}
