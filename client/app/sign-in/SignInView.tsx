/**
 * Who are you: username and password, or one of the demo's people, or on without a network as somebody known here.
 */
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import ArrowIcon from '~icons/lucide/arrow-right'
import { Avatar } from '../../components/Avatar.tsx'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../i18n.ts'
import { Mark } from '../shell/NavBar.tsx'
import { NewPasswordForm } from '../login/NewPasswordForm.tsx'
import css from './SignIn.module.css'
import type { DemoLogin, SignInOutcome } from '../../sync/session.ts'

export interface KnownWorker {
  readonly id: string
  readonly name: string
}

export interface SignInViewProps {
  readonly online: boolean
  /** A session has ended: what stands on this device waits for a sign-in. */
  readonly ended: boolean
  /** The data of who was here last is gone: they are not live any more, or this device was wiped. */
  readonly wiped?: 'worker' | 'device' | null
  readonly demo: readonly DemoLogin[]
  /** Workers with data on this device. */
  readonly known: readonly KnownWorker[]
  readonly onSignIn: (username: string, password: string) => Promise<SignInOutcome>
  /** A change is due: a new password in place of the old one. */
  readonly onChoose: (username: string, old: string, password: string) => Promise<SignInOutcome>
  readonly onContinue: (worker: KnownWorker) => void
}

export function SignInView(props: SignInViewProps): JSX.Element {
  const [username, setUsername] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [missing, setMissing] = createSignal<{ username?: string; password?: string }>({})
  const [busy, setBusy] = createSignal(false)
  const [outcome, setOutcome] = createSignal<SignInOutcome>()
  const [waitUntil, setWaitUntil] = createSignal(0)
  const seconds = createCountdown(waitUntil)
  let form: HTMLFormElement | undefined

  const submit = async () => {
    if (busy()) return
    const gaps = {
      ...(username().trim() === '' && { username: t('signIn.usernameMissing') }),
      ...(password() === '' && { password: t('signIn.passwordMissing') }),
    }
    setMissing(gaps)
    setOutcome(undefined)
    if (Object.keys(gaps).length > 0) {
      queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    const answer = await props.onSignIn(username().trim(), password())
    setBusy(false)
    setOutcome(answer)
    if (answer.type === 'wait') setWaitUntil(Date.now() + answer.seconds * 1_000)
  }
  const startOver = () => {
    setOutcome(undefined)
    setPassword('')
  }
  const signInAs = (login: DemoLogin) => {
    setUsername(login.username)
    setPassword(login.password)
    void submit()
  }
  const isDue = () => outcome()?.type === 'change-due'
  return (
    <main class={css.place}>
      <div class={css.column}>
        <header class={css.head}>
          <span class={css.mark}>
            <Mark />
          </span>
          <h1>{isDue() ? t('logins.chooseTitle') : t('shell.product')}</h1>
          <p>{isDue() ? t('logins.chooseLede') : t('signIn.sentence')}</p>
        </header>
        <Show when={isDue()}>
          <div class={css.card}>
            <NewPasswordForm
              label={t('logins.chooseTitle')}
              username={username().trim()}
              onChoose={(chosen) => props.onChoose(username().trim(), password(), chosen)}
            />
          </div>
          <Button kind="quiet" onClick={startOver}>
            {t('logins.otherAccount')}
          </Button>
        </Show>
        <div class={css.card} hidden={isDue()}>
          <Show when={props.wiped}>
            <Banner tone="denied">
              {props.wiped === 'device' ? t('signIn.wipedDevice') : t('signIn.wiped')}
            </Banner>
          </Show>
          <Show when={props.ended}>
            <Banner tone="pending">{t('signIn.ended')}</Banner>
          </Show>
          <Show when={!props.online}>
            <Banner tone="pending">
              {props.known.length > 0 ? t('signIn.offlineKnown') : t('signIn.offlineUnknown')}
            </Banner>
          </Show>
          <Show when={!props.online || props.ended}>
            <ul class={css.people}>
              <For each={props.known}>
                {(worker) => (
                  <li>
                    <button type="button" class={css.person} onClick={() => props.onContinue(worker)}>
                      <Avatar name={worker.name} kind="person" />
                      <span class={css.words}>
                        <b>{t('signIn.continueAs', { name: worker.name })}</b>
                        <small>{t('signIn.continueNote')}</small>
                      </span>
                      <ArrowIcon aria-hidden="true" />
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <form
            ref={form}
            class={css.form}
            noValidate
            aria-label={t('signIn.title')}
            onSubmit={(event) => {
              event.preventDefault()
              void submit()
            }}
          >
            <TextField
              label={t('signIn.username')}
              name="username"
              autocomplete="username"
              value={username()}
              onInput={setUsername}
              error={missing().username}
            />
            <TextField
              label={t('signIn.password')}
              name="password"
              type="password"
              autocomplete="current-password"
              value={password()}
              onInput={setPassword}
              error={missing().password}
            />
            <div role="alert">
              <Show when={!isDue() && outcome()}>
                {(answer) => <Banner tone="denied">{wordsFor(answer(), seconds())}</Banner>}
              </Show>
            </div>
            <Button kind="primary" type="submit" wide>
              {busy() ? t('signIn.submitting') : t('signIn.submit')}
            </Button>
          </form>
        </div>
        <Show when={props.demo.length > 0 && !isDue()}>
          <section class={css.card} aria-labelledby="demo-logins">
            <header class={css.cardHead}>
              <h2 id="demo-logins">{t('signIn.demo')}</h2>
              <small>{t('signIn.demoLede')}</small>
            </header>
            <ul class={css.people}>
              <For each={props.demo}>
                {(login) => (
                  <li>
                    <button type="button" class={css.person} onClick={() => signInAs(login)}>
                      <Avatar name={login.username} kind="person" />
                      <span class={css.words}>
                        <b>{login.username}</b>
                        <small>{login.role}</small>
                      </span>
                      <ArrowIcon aria-hidden="true" />
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </section>
        </Show>
      </div>
    </main>
  )
}

function wordsFor(outcome: SignInOutcome, seconds: number): string {
  switch (outcome.type) {
    case 'wrong':
      return t('signIn.wrong')
    case 'wait':
      return seconds > 0 ? t('signIn.tooMany', { seconds: String(seconds) }) : t('signIn.tryAgain')
    case 'offline':
      return navigator.onLine ? t('signIn.serverTrouble') : t('signIn.offline')
    case 'change-due':
    case 'signed-in':
      return ''
  }
}

/** The seconds that are left until an instant, counting down. */
function createCountdown(until: () => number): () => number {
  const [now, setNow] = createSignal(Date.now())
  const timer = setInterval(() => setNow(Date.now()), 1_000)
  onCleanup(() => clearInterval(timer))
  return () => Math.max(0, Math.ceil((until() - now()) / 1_000))
}
