/** /sign-in: the view with the server behind it. Goes where the reader wanted to go. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createResource, type JSX } from 'solid-js'
import { demoLogins, type SignedIn, type SignInOutcome } from '../../sync/session.ts'
import { createOnline } from '../create-online.ts'
import { t } from '../i18n.ts'
import { choosePassword, enter, signedInWorker, wipedHere } from '../session.ts'
import { SignInView } from './SignInView.tsx'

export default function SignInScreen(): JSX.Element {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const online = createOnline()
  document.title = t('shell.documentTitle', { title: t('signIn.title') })
  const [demo] = createResource(online, async (isOnline) =>
    isOnline ? await demoLogins({ fetch: (...args) => fetch(...args) }) : [],
  )
  // An address of this app, never another site's.
  const next = () => {
    const wanted = typeof search['next'] === 'string' ? search['next'] : '/'
    return /^\/(?![/\\])/.test(wanted) ? wanted : '/'
  }
  const known = (): readonly SignedIn[] => {
    const worker = signedInWorker()
    return worker === null ? [] : [worker]
  }
  const signInAndGo = async (username: string, password: string): Promise<SignInOutcome> => {
    return went(await enter(username, password))
  }
  const went = (outcome: SignInOutcome): SignInOutcome => {
    if (outcome.type === 'signed-in') navigate(next(), { replace: true })
    return outcome
  }
  return (
    <SignInView
      online={online()}
      wiped={wipedHere()}
      ended={search['ended'] !== undefined}
      demo={demo.latest ?? []}
      known={known()}
      onSignIn={signInAndGo}
      onChoose={async (...login) => went(await choosePassword(...login))}
      onContinue={() => navigate(next(), { replace: true })}
    />
  )
}
