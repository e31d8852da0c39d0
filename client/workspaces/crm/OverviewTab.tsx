/**
 * Every field of an account, typed in where it stands. What may not be changed says so once above, or at its field.
 */
import { For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import { t } from '../../app/i18n.ts'
import { Banner } from '../../components/Banner.tsx'
import { Card } from '../../components/Card.tsx'
import { WhyLink } from '../../components/WhyLink.tsx'
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

export function OverviewTab(props: { readonly form: RecordForm }): JSX.Element {
  return (
    <>
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
