/** A new account: saved on this device first. Its rep codes are its maker's own, at least one (P24). */
import { createSignal, type JSX, Show } from 'solid-js'
import { normalRepCode } from '../../../core/access/scope.ts'
import { isAllowed } from '../../../core/access/types.ts'
import { decideMatching } from '../../../core/match/decide-match.ts'
import { usePortal } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { showToast } from '../../components/toasts.ts'
import { MatchesFound } from './MatchesFound.tsx'
import { useLookups } from '../record/lookups.ts'
import { outcomeSentence } from '../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../record/RecordFormSheet.tsx'
import { useDrafts } from '../record/use-drafts.ts'

const FIELDS = [
  'name',
  'accountKind',
  'repCodes',
  'phone',
  'territory',
  'state',
  'zip',
  'country',
  'businessType',
]

export interface NewAccountSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

export function NewAccountSheet(props: NewAccountSheetProps): JSX.Element {
  const portal = usePortal()
  const lookups = useLookups(() => [])
  const drafts = useDrafts()
  const ownCodes = () => portal.principal()?.repCodes ?? []
  const [typed, setTyped] = createSignal<Values>({})
  const text = (field: string) => String(typed()[field] ?? '')
  const mayMatch = () => {
    const principal = portal.principal()
    return props.open && principal !== null && isAllowed(decideMatching(principal))
  }
  const isFree = () => portal.principal()?.fullAdministrator === true
  const check = (values: Values): Record<string, string> => {
    const codes = Array.isArray(values['repCodes']) ? values['repCodes'].map(normalRepCode) : []
    if (isFree()) return {}
    const foreign = codes.find((code) => !ownCodes().includes(code))
    if (foreign !== undefined) {
      return { repCodes: t('crm.foreignCode', { code: foreign, own: ownCodes().join(', ') }) }
    }
    // Who sees all accounts may leave the codes to the import: the gate merges it, too (S4).
    if (portal.principal()?.scope.everything === true) return {}
    return codes.length === 0 ? { repCodes: t('crm.noCode', { own: ownCodes().join(', ') }) } : {}
  }
  const save = async (values: Values) => {
    const outcome = await portal.actions.create('account', values)
    const sentence = outcomeSentence(outcome, 'account', 'create')
    if (sentence === undefined && outcome.type === 'saved') {
      showToast(t('crm.added', { name: String(values['name'] ?? '') }))
      props.onMade(outcome.key.slice('account/'.length))
    }
    return sentence
  }
  return (
    <RecordFormSheet
      open={props.open}
      onClose={props.onClose}
      title={t('crm.add')}
      lede={t('crm.addLede')}
      kind="account"
      fields={FIELDS}
      initial={{ accountKind: 'company', repCodes: ownCodes().slice(0, 1), active: true }}
      draftKey="account/new"
      drafts={drafts}
      check={check}
      hintOf={(field) => (field === 'repCodes' && !isFree() ? t('crm.ownCodes') : undefined)}
      onTyped={setTyped}
      below={(field) => (
        <Show when={field === 'name' && mayMatch()}>
          <MatchesFound name={text('name')} phone={text('phone')} />
        </Show>
      )}
      onSave={save}
      {...lookups}
    />
  )
}
