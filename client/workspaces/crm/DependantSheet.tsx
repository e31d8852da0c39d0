/**
 * A contact or an address of an account, as a form beside it: new, edited, or only read with the reason why.
 */
import { For, type JSX, Show } from 'solid-js'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { decisionFor } from '../../access/decision.ts'
import { usePortal } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Field, FieldList } from '../../components/FieldList.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { WhyNot } from '../../components/WhyNot.tsx'
import { useLookups } from '../record/lookups.ts'
import { outcomeSentence } from '../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../record/RecordFormSheet.tsx'
import { showValue } from '../record/show-value.ts'
import { useDrafts } from '../record/use-drafts.ts'
import { explanationOf, lockOf } from '../record/why.ts'
import { titleOf } from './account-words.ts'

export interface DependantSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly kind: 'contact' | 'address'
  readonly account: Row
  /** Undefined for a new one. */
  readonly row: Row | undefined
  readonly fields: readonly string[]
  readonly titles: { readonly add: string; readonly edit: string }
  /** May it be made, or changed. */
  readonly decision: Decision
  readonly check?: ((values: Values) => Readonly<Record<string, string>>) | undefined
  /** Instead of the rule's own sentence: what this record is. */
  readonly note?: string | undefined
}

export function DependantSheet(props: DependantSheetProps): JSX.Element {
  const portal = usePortal()
  const drafts = useDrafts()
  const lookups = useLookups(() => [])
  const isReadOnly = () => props.row !== undefined && props.decision.outcome === 'denied'
  const initial = (): Values => {
    const row = props.row
    if (row === undefined) return { active: true }
    return Object.fromEntries(props.fields.map((field) => [field, row[field]]))
  }
  const lockedField = (field: string) => {
    const row = props.row
    if (row === undefined) return undefined
    const decision = decisionFor(portal.principal(), {
      action: 'edit',
      kind: props.kind,
      row,
      account: props.account,
      field,
    })
    if (decision.outcome === 'allowed') return undefined
    return lockOf(decision, { action: 'edit', kind: props.kind, field, reader: portal.worker.name })
  }
  const save = async (values: Values) => {
    const { row, kind } = props
    const fields = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, blankToNull(value)]),
    )
    if (row === undefined) {
      const outcome = await portal.actions.create(kind, { ...fields, accountId: props.account.id })
      return outcomeSentence(outcome, kind, 'create')
    }
    // Only what was changed here: what somebody else wrote meanwhile stays theirs.
    const before = initial()
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => !isSame(before[name] ?? null, value)),
    )
    return outcomeSentence(await portal.actions.edit(kind, row.id, changed), kind)
  }
  return (
    <>
      <Sheet
        open={props.open && isReadOnly()}
        onClose={props.onClose}
        title={props.row === undefined ? '' : titleOf(props.row)}
        lede={titleOf(props.account)}
        placement="side"
        actions={<Button onClick={props.onClose}>{t('common.close')}</Button>}
      >
        <Show when={props.row}>
          {(row) => (
            <>
              <Show when={props.note}>
                <p>{props.note}</p>
              </Show>
              <WhyNot
                {...explanationOf(props.decision, {
                  action: 'edit',
                  kind: props.kind,
                  title: titleOf(row()),
                  reader: portal.worker.name,
                })}
              />
              <Card flush>
                <FieldList>
                  <For each={props.fields}>
                    {(name) => {
                      const spec = kindSpecs[props.kind].fields[name]
                      return spec === undefined ? null : (
                        <Field label={fieldLabel(props.kind, name)}>{showValue(spec, row()[name])}</Field>
                      )
                    }}
                  </For>
                </FieldList>
              </Card>
            </>
          )}
        </Show>
      </Sheet>
      <RecordFormSheet
        open={props.open && !isReadOnly()}
        onClose={props.onClose}
        title={props.row === undefined ? props.titles.add : props.titles.edit}
        lede={titleOf(props.account)}
        kind={props.kind}
        fields={props.fields}
        initial={initial()}
        draftKey={
          props.row === undefined ? `${props.kind}/new@${props.account.id}` : `${props.kind}/${props.row.id}`
        }
        drafts={drafts}
        lockOf={lockedField}
        check={props.check}
        onSave={save}
        {...lookups}
      />
    </>
  )
}

function blankToNull(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : (value ?? null)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
