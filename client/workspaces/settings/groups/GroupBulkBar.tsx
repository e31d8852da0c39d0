/** At the thumb while groups are chosen: enabled or disabled at once, with what it does shown first. */
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { type RecordKey, recordKey } from '../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { showToast } from '../../../components/toasts.ts'
import type { Selection } from '../create-selection.ts'
import { createProposal } from '../proposal/create-proposal.ts'
import type { Overlay } from '../proposal/overlay.ts'
import { refusedEdits } from '../proposal/refused-edits.ts'
import { Refusals } from '../proposal/Refusals.tsx'
import { ReviewSheet } from '../proposal/Review.tsx'
import { SelectionBar } from '../SelectionBar.tsx'
import { useSettings } from '../settings-data.ts'

export function GroupBulkBar(props: {
  readonly selection: Selection
  /** The ids that the list shows. */
  readonly shown: readonly string[]
}): JSX.Element {
  const data = useSettings()
  const proposal = createProposal(data, () => null)
  const [enabling, setEnabling] = createSignal<boolean>()
  const refused = createMemo(() => (proposal.progress() === null ? refusedEdits(data, proposal.edits()) : []))
  const propose = (enabled: boolean) => {
    const overlay: Overlay = { enabled }
    const keys = [...props.selection.ids()].map((id) => recordKey('group', id))
    proposal.setMany(new Map<RecordKey, Overlay>(keys.map((key) => [key, overlay])))
    if (proposal.count() === 0) return showToast(t('manage.nothingChanges'))
    setEnabling(enabled)
  }
  const names = () =>
    proposal
      .edits()
      .map(({ row }) => String(row.name ?? row.id))
      .join(', ')
  return (
    <>
      <SelectionBar selection={props.selection} shown={props.shown}>
        <Show when={props.selection.ids().size > 0}>
          <Button kind="primary" onClick={() => propose(false)}>
            {t('manage.bulk.disable')}
          </Button>
          <Button onClick={() => propose(true)}>{t('manage.bulk.enable')}</Button>
        </Show>
      </SelectionBar>
      <ReviewSheet
        proposal={proposal}
        open={enabling() !== undefined}
        onClose={() => {
          setEnabling(undefined)
          proposal.cancel()
        }}
        onSaved={() => props.selection.end()}
        lede={formatCount(proposal.edits().length, t('manage.groupsSelected'))}
        note={enabling() === false ? t('manage.disableGroupsNote') : undefined}
        summary={{
          verb: enabling() === true ? t('manage.enableVerb') : t('manage.disableVerb'),
          tone: enabling() === true ? 'allowed' : 'denied',
          what: formatCount(proposal.edits().length, t('manage.groupsSelected')),
          note: names(),
        }}
        refusals={refused().length > 0 ? <Refusals proposal={proposal} refused={refused()} /> : undefined}
      />
    </>
  )
}
