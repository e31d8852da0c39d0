/** How a worker gets in (W-24, W-25, W-26): an invitation, a password that is set, a change that is due. */
import { createResource, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { failureOf } from '../../../app/login/answer-words.ts'
import css from '../../../app/login/logins.module.css'
import { passwordAdvice, passwordGap } from '../../../app/login/password-advice.ts'
import { usePortal } from '../../../app/context.tsx'
import { createOnline } from '../../../app/create-online.ts'
import { formatDateTime } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { PasswordField } from '../../../components/PasswordField.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { CheckField, SwitchField } from '../../../components/SwitchField.tsx'
import { showToast } from '../../../components/toasts.ts'
import { answerOf } from '../../../reactive/answer-of.ts'
import layout from '../../../styles/layout.module.css'
import { type Answer, readLogin, savePassword, type WorkerLogin } from '../../../app/login/worker-logins.ts'
import { sentenceOf } from '../../record/why.ts'
import { useSettings } from '../settings-data.ts'
import { InvitePart } from './InvitePart.tsx'

export interface LoginSheetProps {
  readonly row: Row
  readonly open: boolean
  readonly onClose: () => void
}

export function LoginSheet(props: LoginSheetProps): JSX.Element {
  const name = () => kindSpecs.worker.title(props.row)
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('logins.password')}
      lede={t('logins.loginOf', { name: name() })}
      placement="side"
      actions={<Button onClick={props.onClose}>{t('common.done')}</Button>}
    >
      <Show when={props.open}>
        <Parts row={props.row} name={name()} />
      </Show>
    </Sheet>
  )
}

function Parts(props: { readonly row: Row; readonly name: string }): JSX.Element {
  const portal = usePortal()
  const data = useSettings()
  const online = createOnline()
  const isMerged = () => data.markOf(recordKey('worker', props.row.id)) !== 'waiting'
  const [login, { refetch }] = createResource(
    () => online() && isMerged() && props.row.id,
    (id) => readLogin(id),
  )
  const known = (): WorkerLogin | undefined => {
    const told = online() && isMerged() ? answerOf(login) : undefined
    return told?.type === 'done' ? told.value : undefined
  }
  const denied = () => {
    const decision = known()?.mayChange
    if (props.row.id === portal.worker.id) return t('logins.own')
    if (props.row.active !== true) return t('logins.off')
    if (decision === undefined || decision.outcome === 'allowed') return undefined
    return sentenceOf(decision, { action: 'edit', kind: 'worker', title: props.name })
  }
  return (
    <div class={layout.stack}>
      <p aria-live="polite">
        <Switch fallback={t('logins.reading')}>
          <Match when={!isMerged()}>{t('logins.notMerged')}</Match>
          <Match when={!online()}>{t('logins.needsServer')}</Match>
          <Match when={known()}>{(told) => <>{stateOf(told())}</>}</Match>
          <Match when={failureOf(answerOf(login))}>{(words) => <>{words()}</>}</Match>
        </Switch>
      </p>
      <Show when={known()}>
        {(told) => (
          <>
            <InvitePart
              workerId={props.row.id}
              name={props.name}
              isOpen={told().invite !== null}
              denied={denied()}
              onMade={() => void refetch()}
            />
            <Show when={denied() === undefined}>
              <SetPart workerId={props.row.id} name={props.name} onSet={() => void refetch()} />
              <Show when={told().hasPassword}>
                <DuePart workerId={props.row.id} due={told().mustChange} onSaved={() => void refetch()} />
              </Show>
            </Show>
          </>
        )}
      </Show>
    </div>
  )
}

function stateOf({ hasPassword, mustChange, invite }: WorkerLogin): string {
  const password = !hasPassword ? 'noPassword' : mustChange ? 'changeDue' : 'hasPassword'
  const words = t(`logins.${password}`)
  if (invite === null) return words
  const until = formatDateTime(invite.expiresAt, Date.now())
  const open =
    invite.by === null
      ? t('logins.inviteOpen', { until })
      : t('logins.inviteOpenBy', { until, by: invite.by })
  return `${words} ${open}`
}

function SetPart(props: {
  readonly workerId: string
  readonly name: string
  readonly onSet: () => void
}): JSX.Element {
  const [password, setPassword] = createSignal('')
  const [mustChange, setMustChange] = createSignal(true)
  const [gap, setGap] = createSignal<string>()
  const [answer, setAnswer] = createSignal<Answer<null>>()
  const save = async () => {
    setGap(passwordGap(password()))
    if (gap() !== undefined) return
    const told = await savePassword(props.workerId, { password: password(), mustChange: mustChange() })
    setAnswer(told)
    if (told.type !== 'done') return
    setPassword('')
    showToast(t('logins.passwordSet', { name: props.name }))
    props.onSet()
  }
  return (
    <form
      class={css.part}
      noValidate
      aria-labelledby="set-password-title"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h3 id="set-password-title">{t('logins.setTitle')}</h3>
      <small>{t('logins.setLede')}</small>
      <PasswordField
        label={t('logins.newPassword')}
        autocomplete="new-password"
        value={password()}
        onInput={(value) => {
          setPassword(value)
          setGap(undefined)
          setAnswer(undefined)
        }}
        hint={passwordAdvice(password())}
        error={gap()}
        required
      />
      <CheckField label={t('logins.mustChange')} checked={mustChange()} onChange={setMustChange} />
      <div role="alert">
        <Show when={failureOf(answer())}>{(words) => <Banner tone="denied">{words()}</Banner>}</Show>
      </div>
      <div>
        <Button type="submit">{t('logins.setPassword')}</Button>
      </div>
    </form>
  )
}

function DuePart(props: {
  readonly workerId: string
  readonly due: boolean
  readonly onSaved: () => void
}): JSX.Element {
  const [answer, setAnswer] = createSignal<Answer<null>>()
  const save = async (mustChange: boolean) => {
    setAnswer(await savePassword(props.workerId, { mustChange }))
    props.onSaved()
  }
  return (
    <section class={css.part} aria-label={t('logins.dueTitle')}>
      <SwitchField
        label={t('logins.makeDue')}
        hint={t('logins.dueHint')}
        checked={props.due}
        onChange={(due) => void save(due)}
      />
      <div role="alert">
        <Show when={failureOf(answer())}>{(words) => <Banner tone="denied">{words()}</Banner>}</Show>
      </div>
    </section>
  )
}
