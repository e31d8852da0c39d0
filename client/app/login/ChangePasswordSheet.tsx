/** One's own password: the old one, and the new one (P32). */
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { PasswordField } from '../../components/PasswordField.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { showToast } from '../../components/toasts.ts'
import layout from '../../styles/layout.module.css'
import { createOnline } from '../create-online.ts'
import { t } from '../i18n.ts'
import { choosePassword } from '../session.ts'
import { failureWords } from './failure-words.ts'
import { passwordAdvice, passwordGap } from './password-advice.ts'

export interface ChangePasswordSheetProps {
  readonly open: boolean
  readonly username: string
  readonly onClose: () => void
}

export function ChangePasswordSheet(props: ChangePasswordSheetProps): JSX.Element {
  const online = createOnline()
  const [old, setOld] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [gaps, setGaps] = createSignal<{ readonly old?: string; readonly password?: string | undefined }>({})
  const [failure, setFailure] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  // What was typed is kept nowhere.
  createEffect(
    on(
      () => props.open,
      () => {
        for (const set of [setOld, setPassword, setFailure]) set('')
        setGaps({})
      },
    ),
  )
  const submit = async () => {
    if (busy() || !online()) return
    const gap = passwordGap(password())
    setGaps({ ...(old() === '' && { old: t('logins.oldMissing') }), password: gap })
    setFailure('')
    if (old() === '' || gap !== undefined) return
    setBusy(true)
    const outcome = await choosePassword(props.username, old(), password())
    setBusy(false)
    if (outcome.type !== 'signed-in') return setFailure(failureWords(outcome))
    showToast(t('logins.passwordChanged'))
    props.onClose()
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('logins.changePassword')}
      lede={t('logins.changeLede')}
      actions={
        <>
          <Button
            kind="primary"
            denied={online() ? undefined : t('logins.changeOffline')}
            onClick={() => void submit()}
          >
            {busy() ? t('logins.saving') : t('logins.changePassword')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <form
        class={layout.stack}
        noValidate
        aria-label={t('logins.changePassword')}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <input type="text" name="username" autocomplete="username" value={props.username} readOnly hidden />
        <PasswordField
          label={t('logins.oldPassword')}
          name="old"
          autocomplete="current-password"
          value={old()}
          onInput={setOld}
          error={gaps().old}
          required
        />
        <PasswordField
          label={t('logins.newPassword')}
          name="new"
          autocomplete="new-password"
          value={password()}
          onInput={setPassword}
          hint={passwordAdvice(password())}
          error={gaps().password}
          required
        />
        <div role="alert">
          <Show when={failure()}>{(words) => <Banner tone="denied">{words()}</Banner>}</Show>
        </div>
        {/* Enter in a field sends the form only where it has a button. */}
        <button type="submit" hidden />
      </form>
    </Sheet>
  )
}
