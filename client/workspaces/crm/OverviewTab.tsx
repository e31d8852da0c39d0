/**
 * Every field of an account, typed in where it stands. What may not be changed says so once above, or at its field.
 */
import { For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import CrossIcon from '~icons/lucide/x'
import { t } from '../../app/i18n.ts'
import { changesByField, fieldLabelOf } from '../../app/sync/change-words.ts'
import { Banner } from '../../components/Banner.tsx'
import { Card } from '../../components/Card.tsx'
import { WhyLink } from '../../components/WhyLink.tsx'
import type { QuarantineEntry } from '../../replica/stored.ts'
import layout from '../../styles/layout.module.css'
import { RecordField, type RecordForm } from '../record/RecordField.tsx'
import { explanationOf } from '../record/why.ts'
import css from './OverviewTab.module.css'

const GENERAL = [
  'name',
  'phone',
  'repCodes',
  'territory',
  'state',
  'zip',
  'country',
  'aId',
  'accountKind',
  'active',
]
const BUSINESS = [
  'businessType',
  'specialty',
  'annualSales',
  'employees',
  'yearOpened',
  'ownerId',
  'parentId',
]

export interface OverviewTabProps {
  readonly form: RecordForm
  /** Refused edits of this account that nobody has dealt with. */
  readonly refused: readonly QuarantineEntry[]
}

export function OverviewTab(props: OverviewTabProps): JSX.Element {
  return (
    <>
      <For each={props.refused}>{(entry) => <RefusedNotice entry={entry} />}</For>
      <Show when={props.form.decision.outcome === 'denied'}>
        <div class={css.notice}>
          <Banner
            icon={LockIcon}
            action={
              <WhyLink
                title={t('record.whyDenied')}
                explanation={explanationOf(props.form.decision, {
                  action: 'edit',
                  kind: 'account',
                  title: props.form.title,
                  reader: props.form.reader,
                })}
              >
                {t('record.why')}
              </WhyLink>
            }
          >
            {t('crm.cannotEdit')}
          </Banner>
        </div>
      </Show>
      <div class={layout.columns}>
        <Fields form={props.form} label={t('crm.general')} fields={GENERAL} />
        <div class={layout.stack}>
          <Card flush>
            <RecordField form={props.form} field="notes" />
          </Card>
          <Fields form={props.form} label={t('crm.business')} fields={BUSINESS} />
        </div>
      </div>
    </>
  )
}

/** Where the edit was made: what became of it, and the way to what can be done. */
function RefusedNotice(props: { readonly entry: QuarantineEntry }): JSX.Element {
  const fields = () => changesByField(props.entry.record, props.entry.changes)
  return (
    <div class={css.notice}>
      <Banner
        tone="denied"
        icon={CrossIcon}
        action={
          <a class={layout.strongLink} href="/sync">
            {t('crm.refusedSee')}
          </a>
        }
      >
        {t('crm.refusedEdit', {
          fields: fields()
            .map(({ field, now }) => `${fieldLabelOf(props.entry.record, field)} “${now}”`)
            .join(', '),
        })}
      </Banner>
    </div>
  )
}

function Fields(props: {
  readonly form: RecordForm
  readonly label: string
  readonly fields: readonly string[]
}): JSX.Element {
  return (
    <Card flush label={props.label}>
      <For each={props.fields}>{(field) => <RecordField form={props.form} field={field} />}</For>
    </Card>
  )
}
