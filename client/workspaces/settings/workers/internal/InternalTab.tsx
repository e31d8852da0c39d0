/**
 * A worker's internal settings (U-07): what they are told in and shown on their home screen, and what is taken away from
 * what rights, groups and the account filter give. Nothing here adds any record (U-11).
 */
import type { JSX } from 'solid-js'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import layout from '../../../../styles/layout.module.css'
import { AccessCards } from './AccessCards.tsx'
import { FilesCard } from './FilesCard.tsx'
import { ReachFigure } from '../ReachFigure.tsx'
import { SearchCard } from './SearchCard.tsx'
import { WordsCard } from './WordsCard.tsx'
import type { WorkerDraft } from '../create-worker-draft.ts'

export function InternalTab(props: { readonly draft: WorkerDraft }): JSX.Element {
  const { row, set, locked, reach } = props.draft
  return (
    <>
      <small class={layout.quiet}>{t('internal.lede')}</small>
      <div class={layout.columns}>
        <div class={layout.stack}>
          <WordsCard row={row()} onSet={set} />
          <Card title={t('settings.accountsTitle')}>
            <ReachFigure reach={reach()} />
          </Card>
          <AccessCards row={row()} locked={locked()} onSet={set} />
        </div>
        <div class={layout.stack}>
          <SearchCard row={row()} locked={locked()} onSet={set} />
          <FilesCard row={row()} locked={locked()} onSet={set} />
        </div>
      </div>
    </>
  )
}
