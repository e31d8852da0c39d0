/** The organisation's campaigns: what campaign access names (U-10). */
import { createSignal, type JSX } from 'solid-js'
import CampaignIcon from '~icons/lucide/target'
import PencilIcon from '~icons/lucide/pencil'
import { foldValue } from '../../../../core/records/fold.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { IconButton } from '../../../components/IconButton.tsx'
import { showToast } from '../../../components/toasts.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../../record/RecordFormSheet.tsx'
import { MarkTag } from '../MarkTag.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { ListPart } from './ListPart.tsx'

const FIELDS = ['name', 'code', 'active']

export function CampaignsPart(): JSX.Element {
  const data = useSettings()
  const { actions } = usePortal()
  /** The id of the one that is edited; `new` for another one. */
  const [editing, setEditing] = createSignal<string | { readonly type: 'new' }>()
  const edited = () => {
    const id = editing()
    return typeof id === 'string' ? id : null
  }
  const rowOf = (id: string) => data.rowByKey().get(recordKey('campaign', id))
  const initial = (): Values => {
    const row = rowOf(edited() ?? '')
    return { name: row?.name ?? '', code: row?.code ?? '', active: row?.active ?? true }
  }
  const check = (values: Values): Record<string, string> => {
    const code = foldValue(String(values['code'] ?? ''))
    const taken = data
      .small('campaign')
      .some((row) => row.id !== edited() && foldValue(String(row.code ?? '')) === code)
    return code !== '' && taken ? { code: t('organisation.codeTaken') } : {}
  }
  const save = async (values: Values) => {
    const id = edited()
    const fields = {
      name: String(values['name'] ?? '').trim(),
      code: String(values['code'] ?? '').trim(),
      active: values['active'] !== false,
    }
    const outcome =
      id === null
        ? await actions.create('campaign', fields, crypto.randomUUID())
        : await actions.edit('campaign', id, fields)
    const sentence = outcomeSentence(outcome, 'campaign', id === null ? 'create' : 'edit')
    if (sentence === undefined) showToast(t('organisation.campaignAdded', { name: fields.name }))
    return sentence
  }
  return (
    <article aria-label={t('organisation.parts.campaigns')}>
      <ListPart
        part="campaigns"
        kind="campaign"
        icon={CampaignIcon}
        add={t('organisation.addCampaign')}
        onAdd={() => setEditing({ type: 'new' })}
        empty={t('organisation.noCampaigns')}
        emptyNote={t('organisation.noCampaignsNote')}
      >
        {(id) => (
          <div class={css.item}>
            <div class={css.words}>
              {String(rowOf(id)?.name ?? '')}
              <code>{String(rowOf(id)?.code ?? '')}</code>
            </div>
            <MarkTag mark={data.markOf(recordKey('campaign', id))} disabled={rowOf(id)?.active === false} />
            <IconButton
              icon={PencilIcon}
              label={t('organisation.editCampaign', { name: String(rowOf(id)?.name ?? '') })}
              onClick={() => setEditing(id)}
            />
          </div>
        )}
      </ListPart>
      <RecordFormSheet
        open={editing() !== undefined}
        onClose={() => setEditing(undefined)}
        title={
          edited() === null
            ? t('organisation.addCampaign')
            : t('organisation.editCampaign', { name: String(rowOf(edited() ?? '')?.name ?? '') })
        }
        kind="campaign"
        fields={FIELDS}
        initial={initial()}
        draftKey={`campaign/${edited() ?? 'new'}`}
        drafts={data.drafts}
        check={check}
        onSave={save}
        nameOf={() => undefined}
        optionsFor={() => []}
      />
    </article>
  )
}
