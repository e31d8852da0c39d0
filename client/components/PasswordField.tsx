/** A password, which can be shown: nobody types twelve characters blindly on a phone without a mistake. */
import { createSignal, type JSX } from 'solid-js'
import EyeIcon from '~icons/lucide/eye'
import EyeOffIcon from '~icons/lucide/eye-off'
import { t } from '../app/i18n.ts'
import { FieldFrame } from './FieldFrame.tsx'
import frame from './FieldFrame.module.css'
import { IconButton } from './IconButton.tsx'
import css from './PasswordField.module.css'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface PasswordFieldProps extends FieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  /** Whether a password manager fills it in or keeps it. */
  readonly autocomplete: 'current-password' | 'new-password'
  readonly name?: string | undefined
}

export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const [shown, setShown] = createSignal(false)
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <div class={css.line}>
          <input
            {...control}
            class={`${frame.box} ${css.input}`}
            type={shown() ? 'text' : 'password'}
            name={props.name ?? 'password'}
            autocomplete={props.autocomplete}
            autocapitalize="none"
            spellcheck={false}
            value={props.value}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
          <span class={css.eye}>
            <IconButton
              icon={shown() ? EyeOffIcon : EyeIcon}
              label={shown() ? t('logins.hidePassword') : t('logins.showPassword')}
              aria-pressed={shown()}
              onClick={() => setShown(!shown())}
            />
          </span>
        </div>
      )}
    </FieldFrame>
  )
}
