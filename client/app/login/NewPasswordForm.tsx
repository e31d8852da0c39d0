/** A new password, typed once and seen: after an invitation, and where a change is due. */
import { createSignal, type JSX, Show } from 'solid-js'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { PasswordField } from '../../components/PasswordField.tsx'
import type { SignInOutcome } from '../../sync/session.ts'
import { t } from '../i18n.ts'
import css from '../sign-in/SignIn.module.css'
import { failureWords } from './failure-words.ts'
import { passwordAdvice, passwordGap } from './password-advice.ts'

export interface NewPasswordFormProps {
  /** Names the form. */
  readonly label: string
  /** For the password manager of the browser. */
  readonly username: string
  readonly onChoose: (password: string) => Promise<SignInOutcome>
}

export function NewPasswordForm(props: NewPasswordFormProps): JSX.Element {
  const [password, setPassword] = createSignal('')
  const [gap, setGap] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  const [outcome, setOutcome] = createSignal<SignInOutcome>()
  let form: HTMLFormElement | undefined
  const submit = async () => {
    if (busy()) return
    setGap(passwordGap(password()))
    setOutcome(undefined)
    if (gap() !== undefined) {
      queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    const answer = await props.onChoose(password())
    setBusy(false)
    setOutcome(answer)
  }
  return (
    <form
      ref={form}
      class={css.form}
      noValidate
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <input type="text" name="username" autocomplete="username" value={props.username} readOnly hidden />
      <PasswordField
        label={t('logins.newPassword')}
        autocomplete="new-password"
        value={password()}
        onInput={(value) => {
          setPassword(value)
          setGap(undefined)
        }}
        hint={passwordAdvice(password())}
        error={gap()}
        required
      />
      <div role="alert">
        <Show when={outcome()}>{(answer) => <Banner tone="denied">{failureWords(answer())}</Banner>}</Show>
      </div>
      <Button kind="primary" type="submit" wide>
        {busy() ? t('logins.saving') : t('logins.choose')}
      </Button>
    </form>
  )
}
