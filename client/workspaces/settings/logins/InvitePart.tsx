/** The link with which a worker chooses a password (W-26): made, shown once, copied or shared. */
import { createSignal, type JSX, Show } from 'solid-js'
import CopyIcon from '~icons/lucide/copy'
import LinkIcon from '~icons/lucide/link'
import ShareIcon from '~icons/lucide/share-2'
import { formatDateTime } from '../../../app/format.ts'
import { failureOf } from '../../../app/login/answer-words.ts'
import { t } from '../../../app/i18n.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { type Answer, type MadeInvite, makeInvite } from '../../../app/login/worker-logins.ts'
import css from '../../../app/login/logins.module.css'

export interface InvitePartProps {
  readonly workerId: string
  readonly name: string
  /** One is open: another one voids it. */
  readonly isOpen: boolean
  readonly denied: string | undefined
  readonly onMade: () => void
}

export function InvitePart(props: InvitePartProps): JSX.Element {
  const [answer, setAnswer] = createSignal<Answer<MadeInvite>>()
  const [busy, setBusy] = createSignal(false)
  const made = () => {
    const told = answer()
    return told?.type === 'done' ? told.value : undefined
  }
  const make = async () => {
    if (busy()) return
    setBusy(true)
    setAnswer(await makeInvite(props.workerId))
    setBusy(false)
    if (made() !== undefined) props.onMade()
  }
  return (
    <section class={css.part} aria-labelledby="invite-title">
      <h3 id="invite-title">{t('logins.inviteTitle')}</h3>
      <Show
        when={made()}
        fallback={
          <>
            <small>{t('logins.inviteLede')}</small>
            <Show when={props.isOpen && props.denied === undefined}>
              <small>{t('logins.voids')}</small>
            </Show>
            <div>
              <Button kind="primary" icon={LinkIcon} denied={props.denied} onClick={() => void make()}>
                {props.isOpen ? t('logins.makeAnother') : t('logins.makeInvite')}
              </Button>
            </div>
          </>
        }
      >
        {(invite) => <MadeLink {...invite()} name={props.name} />}
      </Show>
      <div role="alert">
        <Show when={failureOf(answer())}>{(words) => <Banner tone="denied">{words()}</Banner>}</Show>
      </div>
    </section>
  )
}

function MadeLink(props: MadeInvite & { readonly name: string }): JSX.Element {
  let field: HTMLInputElement | undefined
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.url)
      showToast(t('logins.copied'))
    } catch {
      field?.select()
      showToast(t('logins.copyFailed'))
    }
  }
  const share = () =>
    // Closing the system's sheet is no failure.
    void navigator
      .share({ text: t('logins.shareText', { name: props.name }), url: props.url })
      .catch(() => undefined)
  return (
    <div class={layout.stackSmall}>
      <TextField
        ref={(input) => {
          field = input
          input.readOnly = true
          input.addEventListener('focus', () => input.select())
        }}
        label={t('logins.inviteLink')}
        value={props.url}
        hint={t('logins.inviteOnce', { until: formatDateTime(props.expiresAt, Date.now()) })}
      />
      <div class={layout.wrap}>
        <Button kind="primary" icon={CopyIcon} onClick={() => void copy()}>
          {t('logins.copy')}
        </Button>
        <Show when={'share' in navigator}>
          <Button icon={ShareIcon} onClick={share}>
            {t('logins.share')}
          </Button>
        </Show>
      </div>
    </div>
  )
}
