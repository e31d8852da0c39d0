/** The devices of a worker, and their sessions: of somebody's in Settings, of one's own from Home (L21). */
import { createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import OfflineIcon from '~icons/lucide/cloud-off'
import DeviceIcon from '~icons/lucide/tablet-smartphone'
import { usePortal } from '../context.tsx'
import { createOnline } from '../create-online.ts'
import { formatCount, formatDateTime } from '../format.ts'
import { t } from '../i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { ConfirmSheet } from '../../components/ConfirmSheet.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SkeletonRows } from '../../components/SkeletonRows.tsx'
import { showToast } from '../../components/toasts.ts'
import { answerOf } from '../../reactive/answer-of.ts'
import layout from '../../styles/layout.module.css'
import {
  type Answer,
  readDevices,
  signOutEverywhere,
  wipeDevice,
  type WorkerDevice,
} from './worker-logins.ts'
import { createNow } from '../../workspaces/record/use-record-form.ts'
import { sentenceOf } from '../../workspaces/record/why.ts'
import { failureOf } from './answer-words.ts'
import { DeviceCard, labelOf } from './DeviceCard.tsx'
import css from './logins.module.css'

export interface DevicesProps {
  readonly workerId: string
  readonly name: string
}

export function Devices(props: DevicesProps): JSX.Element {
  const portal = usePortal()
  const online = createOnline()
  const now = createNow()
  const [answer, { refetch }] = createResource(
    () => online() && props.workerId,
    (id) => readDevices(id),
  )
  const [wiping, setWiping] = createSignal<WorkerDevice>()
  const [signingOut, setSigningOut] = createSignal(false)
  const isOwn = () => props.workerId === portal.worker.id
  const known = () => {
    const told = online() ? answerOf(answer) : undefined
    return told?.type === 'done' ? told.value : undefined
  }
  const isGone = (device: WorkerDevice) => device.wipedAt !== null
  const present = () => known()?.items.filter((device) => !isGone(device)) ?? []
  const gone = () => known()?.items.filter(isGone) ?? []
  const denied = () => {
    const decision = known()?.mayWipe
    if (decision === undefined || decision.outcome === 'allowed') return undefined
    return sentenceOf(decision, { action: 'edit', kind: 'worker', title: props.name })
  }
  const finish = async (deed: Promise<Answer<null>>, done: string) => {
    const told = await deed
    showToast(failureOf(told) ?? done, told.type === 'done' ? {} : { tone: 'denied' })
    await refetch()
  }
  return (
    <Switch fallback={<SkeletonRows count={3} />}>
      <Match when={!online() || answerOf(answer)?.type === 'offline'}>
        <EmptyState
          icon={OfflineIcon}
          title={t('logins.devicesOffline')}
          action={<Button onClick={() => void refetch()}>{t('logins.tryAgain')}</Button>}
        >
          {t('logins.devicesOfflineNote')}
        </EmptyState>
      </Match>
      <Match when={answerOf(answer)?.type === 'refused'}>
        <EmptyState icon={DeviceIcon} title={t('logins.devicesDenied')} />
      </Match>
      <Match when={known()}>
        {(told) => (
          <div class={layout.stack}>
            <Show
              when={present().length > 0}
              fallback={
                <EmptyState icon={DeviceIcon} title={t('logins.noDevices')}>
                  {t('logins.noDevicesNote')}
                </EmptyState>
              }
            >
              <div class={layout.columns}>
                <For each={present()}>
                  {(device) => (
                    <DeviceCard
                      device={device}
                      now={now()}
                      denied={denied()}
                      onWipe={() => setWiping(device)}
                    />
                  )}
                </For>
              </div>
            </Show>
            <Show when={present().length > 0}>
              <small class={layout.quiet}>{t('logins.claimed')}</small>
            </Show>
            <Card title={t('logins.sessions')}>
              <div class={layout.stackSmall}>
                <p>
                  {told().sessions === 0
                    ? t('logins.sessionsNone')
                    : formatCount(told().sessions, t('logins.sessionsCount'))}
                </p>
                <Show when={told().sessions > (isOwn() ? 1 : 0)}>
                  <div>
                    <Button denied={denied()} onClick={() => setSigningOut(true)}>
                      {isOwn() ? t('logins.signOutOthers') : t('logins.signOutEverywhere')}
                    </Button>
                  </div>
                </Show>
              </div>
            </Card>
            <Show when={gone().length > 0}>
              <details class={css.gone}>
                <summary>{formatCount(gone().length, t('logins.wipedDevices'))}</summary>
                <ul>
                  <For each={gone()}>
                    {(device) => (
                      <li>
                        {labelOf(device)}{' '}
                        <small>
                          {t('logins.wipedNote', { when: formatDateTime(device.wipedAt ?? 0, now()) })}
                        </small>
                      </li>
                    )}
                  </For>
                </ul>
              </details>
            </Show>
            <ConfirmSheet
              open={wiping() !== undefined}
              title={t('logins.wipeTitle', { label: labelOf(wiping() ?? { label: null }) })}
              confirm={t('logins.wipe')}
              danger
              onClose={() => setWiping(undefined)}
              onConfirm={() => {
                const device = wiping()
                setWiping(undefined)
                if (device !== undefined)
                  void finish(wipeDevice(device.id), t('logins.wipeAskedToast', { label: labelOf(device) }))
              }}
            >
              <p>{t('logins.wipeText')}</p>
              <Show when={wiping()?.unsent}>
                {(unsent) => <p>{formatCount(unsent(), t('logins.wipeUnsent'))}</p>}
              </Show>
              <Show when={wiping()}>
                {(device) => (
                  <p>{t('logins.wipeAway', { until: formatDateTime(device().leaseEnds, now()) })}</p>
                )}
              </Show>
            </ConfirmSheet>
            <ConfirmSheet
              open={signingOut()}
              title={isOwn() ? t('logins.signOutOwnTitle') : t('logins.signOutTitle', { name: props.name })}
              confirm={isOwn() ? t('logins.signOutOthers') : t('logins.signOutEverywhere')}
              onClose={() => setSigningOut(false)}
              onConfirm={() => {
                setSigningOut(false)
                void finish(signOutEverywhere(props.workerId), t('logins.signedOut'))
              }}
            >
              {t('logins.signOutText')}
            </ConfirmSheet>
          </div>
        )}
      </Match>
    </Switch>
  )
}
