/** At the thumb while workers are chosen: how many, what can be done with all of them, and the review of it. */
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { decideKind } from '../../../../../core/access/decide.ts'
import { type RecordKey, recordKey, type Row } from '../../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../../app/format.ts'
import { t } from '../../../../app/i18n.ts'
import { usePortal } from '../../../../app/context.tsx'
import { ActionMenu, type MenuAction } from '../../../../components/ActionMenu.tsx'
import { Button } from '../../../../components/Button.tsx'
import { showToast } from '../../../../components/toasts.ts'
import { sentenceOf } from '../../../record/why.ts'
import type { Selection } from '../../create-selection.ts'
import { groupName } from '../../names.ts'
import { createProposal } from '../../proposal/create-proposal.ts'
import type { Overlay } from '../../proposal/overlay.ts'
import { refusedEdits } from '../../proposal/refused-edits.ts'
import { Refusals } from '../../proposal/Refusals.tsx'
import { ReviewSheet } from '../../proposal/Review.tsx'
import { SelectionBar } from '../../SelectionBar.tsx'
import { useSettings } from '../../settings-data.ts'
import { type AskedChange, BulkSheet } from './BulkSheet.tsx'
import { type BulkChange, overlayOf, summaryOf } from './bulk-change.ts'

export interface BulkBarProps {
  readonly selection: Selection
  /** What the list shows, for "all found". */
  readonly shown: readonly Row[]
}

export function BulkBar(props: BulkBarProps): JSX.Element {
  const data = useSettings()
  const portal = usePortal()
  const proposal = createProposal(data, () => null)
  const [asking, setAsking] = createSignal<AskedChange>()
  const [change, setChange] = createSignal<BulkChange>()
  /** For how many it is so already: they are not changed. */
  const [same, setSame] = createSignal(0)
  const rows = createMemo(() => data.workers().filter(({ id }) => props.selection.has(id)))
  const refused = createMemo(() => (proposal.progress() === null ? refusedEdits(data, proposal.edits()) : []))
  const propose = (next: BulkChange) => {
    setAsking(undefined)
    const overlay = overlayOf(next)
    proposal.setMany(new Map<RecordKey, Overlay>(rows().map(({ id }) => [recordKey('worker', id), overlay])))
    if (proposal.count() === 0) return showToast(t('manage.nothingChanges'))
    setSame(rows().length - proposal.edits().length)
    setChange(next)
  }
  const stop = () => {
    setChange(undefined)
    proposal.cancel()
  }
  const changing = () => proposal.edits().length
  const lede = () =>
    same() > 0 ? formatCount(same(), t('manage.soAlready')) : formatCount(changing(), t('manage.workers'))
  const editDenied = () => {
    const decision = decideKind(data.principal(), 'edit', 'worker')
    const { catalogue } = data.directory()
    return decision.outcome === 'denied'
      ? sentenceOf(decision, { action: 'edit', kind: 'worker', whole: true, catalogue })
      : undefined
  }
  const exportDenied = () => {
    const decision = decideKind(data.principal(), 'export', 'worker')
    const { catalogue } = data.directory()
    return decision.outcome === 'denied'
      ? sentenceOf(decision, { action: 'export', kind: 'worker', whole: true, catalogue })
      : undefined
  }
  const exportThem = async () => {
    const { saveFile, workersAsCsv } = await import('./export-workers.ts')
    const text = await workersAsCsv(portal.db, rows(), data.rowByKey(), data.directory().catalogue)
    saveFile('workers.csv', text)
    showToast(formatCount(rows().length, t('manage.exported')))
  }
  const nobody = () => props.selection.ids().size === 0
  const more = (): readonly MenuAction[] => [
    { label: t('manage.bulk.filter'), denied: editDenied(), onPress: () => setAsking('filter') },
    { label: t('manage.bulk.validity'), denied: editDenied(), onPress: () => setAsking('validity') },
    {
      label: t('manage.bulk.enable'),
      denied: editDenied(),
      onPress: () => propose({ type: 'active', active: true }),
    },
    {
      label: t('manage.bulk.disable'),
      denied: editDenied(),
      danger: true,
      onPress: () => propose({ type: 'active', active: false }),
    },
    { label: t('manage.bulk.export'), denied: exportDenied(), onPress: () => void exportThem() },
  ]
  return (
    <>
      <SelectionBar selection={props.selection} shown={props.shown.map(({ id }) => id)}>
        <Show when={!nobody()}>
          <Show
            when={editDenied() === undefined}
            fallback={
              <Button kind="primary" denied={exportDenied()} onClick={() => void exportThem()}>
                {t('manage.bulk.export')}
              </Button>
            }
          >
            <Button kind="primary" onClick={() => setAsking('join')}>
              {t('manage.bulk.join')}
            </Button>
            <Button onClick={() => setAsking('leave')}>{t('manage.bulk.leave')}</Button>
          </Show>
          <ActionMenu actions={more()} />
        </Show>
      </SelectionBar>
      <BulkSheet asking={asking()} rows={rows()} onClose={() => setAsking(undefined)} onChosen={propose} />
      <ReviewSheet
        proposal={proposal}
        open={change() !== undefined}
        onClose={stop}
        onSaved={() => props.selection.end()}
        lede={lede()}
        summary={
          change() &&
          summaryOf(change() as BulkChange, changing(), (id) => groupName(data.directory(), id), data.now())
        }
        refusals={refused().length > 0 ? <Refusals proposal={proposal} refused={refused()} /> : undefined}
      />
    </>
  )
}
