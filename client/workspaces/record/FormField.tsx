/**
 * One field of a record in a form that is saved as a whole: boxes instead of lines.
 */
import type { JSX } from 'solid-js'
import type { FieldSpec, Kind } from '../../../core/records/kind-spec.ts'
import { ChipsField } from '../../components/ChipsField.tsx'
import { NumberField } from '../../components/NumberField.tsx'
import { PickField, type PickOption } from '../../components/PickField.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { SwitchField } from '../../components/SwitchField.tsx'
import { TextArea, TextField } from '../../components/TextField.tsx'
import type { Locked } from '../../components/types.ts'

export interface FormFieldProps {
  readonly name: string
  readonly spec: FieldSpec
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly locked?: Locked | undefined
  readonly nameOf: (kind: Kind, id: string) => string | undefined
  readonly optionsFor: (kind: Kind, query: string) => readonly PickOption[]
}

export function FormField(props: FormFieldProps): JSX.Element {
  const text = () => (props.value === null || props.value === undefined ? '' : String(props.value))
  const frame = {
    get label() {
      return props.spec.label
    },
    get required() {
      return props.spec.required === true
    },
    get error() {
      return props.error
    },
    get hint() {
      return props.hint
    },
    get locked() {
      return props.locked
    },
  }
  const { type } = props.spec
  switch (type.type) {
    case 'boolean':
      return (
        <SwitchField {...frame} required={false} checked={props.value === true} onChange={props.onChange} />
      )
    case 'enum':
      return (
        <SelectField
          {...frame}
          value={text() || null}
          onChange={props.onChange}
          options={type.values.map((value) => ({ value, label: type.labels?.[value] ?? value }))}
        />
      )
    case 'number':
      return (
        <NumberField
          {...frame}
          value={typeof props.value === 'number' ? props.value : null}
          onCommit={props.onChange}
          min={type.min}
          max={type.max}
        />
      )
    case 'reference':
      return (
        <PickField
          {...frame}
          value={text() || null}
          shown={text() === '' ? '' : (props.nameOf(type.kind, text()) ?? text())}
          options={(query) => props.optionsFor(type.kind, query)}
          onChange={props.onChange}
        />
      )
    case 'set': {
      const values = () => (Array.isArray(props.value) ? props.value.map(String) : [])
      return (
        <ChipsField
          {...frame}
          values={values()}
          onAdd={(entry) => props.onChange([...values(), entry])}
          onRemove={(entry) => props.onChange(values().filter((other) => other !== entry))}
        />
      )
    }
    case 'text':
      return <TextArea {...frame} value={text()} onInput={props.onChange} maxLength={type.max} />
    default:
      return (
        <TextField
          {...frame}
          value={text()}
          onInput={props.onChange}
          type={type.type === 'email' ? 'email' : props.name === 'phone' ? 'tel' : 'text'}
          maxLength={type.type === 'string' || type.type === 'email' ? type.max : undefined}
        />
      )
  }
}
