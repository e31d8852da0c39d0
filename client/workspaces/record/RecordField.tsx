/**
 * One field of a record, edited where it stands: the control follows from the field's type, the lock from the
 * decision, the amber edge from what waits.
 */
import type { JSX } from 'solid-js'
import type { Decision } from '../../../core/access/types.ts'
import type { FieldSpec, Kind } from '../../../core/records/kind-spec.ts'
import { validateValue } from '../../../core/records/validate.ts'
import { shownField } from '../../access/field-label.ts'
import { surroundings } from '../../access/surroundings.ts'
import { t } from '../../app/i18n.ts'
import { parseNumber } from '../../components/parse-number.ts'
import type { PickOption } from '../../components/PickField.tsx'
import type { Locked } from '../../components/types.ts'
import { type PendingField, pendingSentence } from './ago.ts'
import { InlineChoice, InlineLine, InlineSwitch, InlineText } from './inline-controls.tsx'
import { InlineChips } from './InlineChips.tsx'
import { InlineReference } from './InlineReference.tsx'
import { showValue } from './show-value.ts'
import { lockOf } from './why.ts'

/** What a field needs to know of the record it stands in. */
export interface RecordForm {
  readonly kind: Kind
  readonly title: string
  /** The reader's name, for explanations. */
  readonly reader: string
  readonly now: number
  readonly valueOf: (field: string) => unknown
  /** For the record as a whole; a field that is denied for the same reason shows no lock of its own. */
  readonly decision: Decision
  readonly decisionOf: (field: string) => Decision
  readonly pendingOf: (field: string) => PendingField | undefined
  /** Resolves with a sentence when it was not saved. */
  readonly save: (field: string, value: unknown) => Promise<string | undefined>
  readonly nameOf: (kind: Kind, id: string) => string | undefined
  readonly optionsFor: (kind: Kind, query: string) => readonly PickOption[]
}

export interface RecordFieldProps {
  readonly form: RecordForm
  readonly field: string
  readonly hint?: string | undefined
}

export function RecordField(props: RecordFieldProps): JSX.Element {
  const spec = (): FieldSpec => {
    const found = shownField(props.form.kind, props.field)
    if (found === undefined) throw new Error(`${props.form.kind} has no field ${props.field}`)
    return found
  }
  const value = () => props.form.valueOf(props.field)
  const text = () => (value() === null || value() === undefined ? '' : String(value()))
  const locked = (): Locked | undefined => {
    const decision = props.form.decisionOf(props.field)
    if (decision.outcome === 'allowed' || isQuiet()) return undefined
    const { kind, title, reader } = props.form
    return lockOf(decision, { action: 'edit', kind, title, field: props.field, reader })
  }
  // The whole record may not be written: said once above the fields, not seventeen times.
  const isQuiet = () => props.form.decision.outcome === 'denied'
  const frame = {
    get label() {
      return spec().label
    },
    get hint() {
      return props.hint
    },
    get required() {
      return spec().required === true
    },
    get pending() {
      const waiting = props.form.pendingOf(props.field)
      return waiting === undefined ? undefined : pendingSentence(waiting, props.form.now)
    },
    get locked() {
      return locked()
    },
    get quiet() {
      return isQuiet()
    },
  }
  const save = async (next: unknown): Promise<string | undefined> => {
    const check = validateValue(spec(), next === '' ? null : next, surroundings().catalogue)
    return check.ok ? await props.form.save(props.field, next) : check.message
  }

  const { type } = spec()
  switch (type.type) {
    case 'text':
      return <InlineText {...frame} value={text()} onSave={save} maxLength={type.max} />
    case 'boolean':
      return <InlineSwitch {...frame} value={value() === true} onSave={save} />
    case 'enum':
      return (
        <InlineChoice
          {...frame}
          value={text() || null}
          onSave={save}
          options={type.values.map((option) => ({ value: option, label: type.labels?.[option] ?? option }))}
        />
      )
    case 'reference':
      return (
        <InlineReference
          {...frame}
          value={text() || null}
          onSave={save}
          shown={showValue(spec(), value(), (id) => props.form.nameOf(type.kind, id))}
          options={(query) => props.form.optionsFor(type.kind, query)}
        />
      )
    case 'set':
      return <SetField frame={frame} value={value()} onSave={save} />
    case 'number':
      return (
        <InlineLine
          {...frame}
          value={showValue(spec(), value())}
          inputMode={type.integer ? 'numeric' : 'decimal'}
          onSave={(typed) => {
            const parsed = parseNumber(typed)
            return parsed === 'not-a-number' ? Promise.resolve(t('common.writeANumber')) : save(parsed)
          }}
        />
      )
    default:
      return (
        <InlineLine
          {...frame}
          value={text()}
          onSave={save}
          type={type.type === 'email' ? 'email' : props.field === 'phone' ? 'tel' : 'text'}
          maxLength={type.type === 'string' || type.type === 'email' ? type.max : undefined}
        />
      )
  }
}

function SetField(props: {
  readonly frame: {
    readonly label: string
    readonly hint: string | undefined
    readonly pending: string | undefined
    readonly locked: Locked | undefined
    readonly quiet: boolean
  }
  readonly value: unknown
  readonly onSave: (next: readonly string[]) => Promise<string | undefined>
}): JSX.Element {
  const values = (): readonly string[] => (Array.isArray(props.value) ? props.value.map(String) : [])
  // A set that may not be changed reads as one line; only one that may be changed needs its chips.
  if (props.frame.locked !== undefined || props.frame.quiet) {
    return (
      <InlineLine
        label={props.frame.label}
        hint={props.frame.hint}
        pending={props.frame.pending}
        locked={props.frame.locked}
        quiet={props.frame.quiet}
        value={values().join(' · ')}
        onSave={() => Promise.resolve(undefined)}
      />
    )
  }
  return (
    <InlineChips
      label={props.frame.label}
      hint={props.frame.hint}
      pending={props.frame.pending}
      value={values()}
      onSave={props.onSave}
    />
  )
}
