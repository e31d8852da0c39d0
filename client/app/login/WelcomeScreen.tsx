/**
 * /welcome#<secret>: where an invitation leads (W-26). Says whose login it is once the server has looked at the secret,
 * and takes a password. The secret stands in the fragment, which browsers send nowhere; it goes with the first use.
 */
import { useNavigate } from '@solidjs/router'
import { createResource, type JSX, Match, Show, Switch } from 'solid-js'
import { Button, LinkButton } from '../../components/Button.tsx'
import { answerOf } from '../../reactive/answer-of.ts'
import { t } from '../i18n.ts'
import { enterByInvite, lookAtInvite, signedInWorker } from '../session.ts'
import { Mark } from '../shell/NavBar.tsx'
import css from '../sign-in/SignIn.module.css'
import { NewPasswordForm } from './NewPasswordForm.tsx'

export default function WelcomeScreen(): JSX.Element {
  const navigate = useNavigate()
  const secret = location.hash.slice(1)
  document.title = t('shell.documentTitle', { title: t('logins.welcomeTitle') })
  const [found, { refetch }] = createResource(() => lookAtInvite(secret))
  const invited = () => {
    const answer = answerOf(found)
    return answer?.type === 'good' ? answer.worker : undefined
  }
  /** Somebody else's portal is open in this browser: two in one would mix up who is who. */
  const taken = () => {
    const here = signedInWorker()
    return here !== null && here.username !== invited()?.username ? here.name : undefined
  }
  const seconds = () => {
    const answer = answerOf(found)
    return answer?.type === 'wait' ? String(answer.seconds) : undefined
  }
  const enter = async (password: string) => {
    const outcome = await enterByInvite(secret, password)
    if (outcome.type === 'signed-in') navigate('/', { replace: true })
    return outcome
  }
  return (
    <main class={css.place}>
      <div class={css.column}>
        <Switch fallback={<Head title={t('logins.welcomeTitle')} lede={t('logins.looking')} />}>
          <Match when={invited() !== undefined && taken()}>
            {(name) => (
              <>
                <Head title={t('logins.takenTitle', { name: name() })} lede={t('logins.taken')} />
                <div>
                  <LinkButton kind="primary" href="/">
                    {t('logins.toHome')}
                  </LinkButton>
                </div>
              </>
            )}
          </Match>
          <Match when={invited()}>
            {(worker) => (
              <>
                <Head
                  title={t('logins.welcome', { name: worker().name })}
                  lede={t('logins.welcomeLede', { username: worker().username })}
                />
                <div class={css.card}>
                  <NewPasswordForm
                    label={t('logins.welcomeTitle')}
                    username={worker().username}
                    onChoose={enter}
                  />
                </div>
              </>
            )}
          </Match>
          <Match when={answerOf(found)?.type === 'wrong'}>
            <Head title={t('logins.badTitle')} lede={t('logins.bad')} />
            <div>
              <LinkButton kind="primary" href="/sign-in">
                {t('logins.toSignIn')}
              </LinkButton>
            </div>
          </Match>
          <Match when={answerOf(found)}>
            <Show
              when={seconds()}
              fallback={<Head title={t('logins.offlineTitle')} lede={t('logins.offline')} />}
            >
              {(wait) => <Head title={t('logins.waitTitle')} lede={t('logins.wait', { seconds: wait() })} />}
            </Show>
            <div>
              <Button kind="primary" onClick={() => void refetch()}>
                {t('logins.tryAgain')}
              </Button>
            </div>
          </Match>
        </Switch>
      </div>
    </main>
  )
}

function Head(props: { readonly title: string; readonly lede: string }): JSX.Element {
  return (
    <header class={css.head}>
      <span class={css.mark}>
        <Mark />
      </span>
      <h1>{props.title}</h1>
      <p aria-live="polite">{props.lede}</p>
    </header>
  )
}
