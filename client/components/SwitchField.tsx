/**
 * On or off, at once. The whole row is the target. A check box is the same for what is saved together with others.
 */
import type { JSX } from 'solid-js'
import { FieldFrame } from './FieldFrame.tsx'
import css from './SwitchField.module.css'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface SwitchFieldProps extends FieldProps {
  readonly checked: boolean
  readonly onChange?: ((checked: boolean) => void) | undefined
}

export function SwitchField(props: SwitchFieldProps): JSX.Element {
  return <Toggle {...props} role="switch" />
}

export function CheckField(props: SwitchFieldProps): JSX.Element {
  return <Toggle {...props} role={undefined} />
}

function Toggle(props: SwitchFieldProps & { readonly role: 'switch' | undefined }): JSX.Element {
  return (
    <FieldFrame {...frameProps(props)} beside>
      {(control) => (
        <input
          {...control}
          type="checkbox"
          role={props.role}
          class={props.role === 'switch' ? css.switch : css.check}
          checked={props.checked}
          onClick={(event) => {
            // Prevented rather than disabled: it keeps its place in the tab order and its sentence is read out.
            if (props.locked !== undefined) event.preventDefault()
          }}
          onChange={(event) => {
            const next = event.currentTarget.checked
            // The stored value decides what is shown; it follows when the caller has written it.
            event.currentTarget.checked = props.checked
            props.onChange?.(next)
          }}
        />
      )}
    </FieldFrame>
  )
}
