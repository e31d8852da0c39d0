/** What stands in a screen's place: it broke, it is not there, it is not the reader's, it may not be shown any more. */
import { createEffect, type JSX, on } from 'solid-js'
import CompassIcon from '~icons/lucide/compass'
import LockIcon from '~icons/lucide/lock'
import StopIcon from '~icons/lucide/octagon-alert'
import TimerIcon from '~icons/lucide/timer-off'
import { Button, LinkButton } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { t } from './i18n.ts'
import { Page } from './shell/Page.tsx'
import { PageTitle } from './shell/Titles.tsx'

/** Another address gets a screen of its own. */
export function BrokenScreen(props: {
  readonly error: unknown
  readonly path: string
  readonly onReset: () => void
}): JSX.Element {
  console.error(props.error)
  createEffect(
    on(
      () => props.path,
      () => props.onReset(),
      { defer: true },
    ),
  )
  return (
    <Page>
      <PageTitle title={t('frame.brokenTitle')} />
      <EmptyState
        icon={StopIcon}
        title={t('frame.brokenTitle')}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {t('frame.loadAgain')}
          </Button>
        }
      >
        {t('frame.broken')}
      </EmptyState>
    </Page>
  )
}

/** One answer for what does not exist and for what is not the reader's (S9). */
export function NotHere(): JSX.Element {
  return (
    <EmptyState
      icon={CompassIcon}
      title={t('frame.notHereShort')}
      action={<LinkButton href="/">{t('frame.toHome')}</LinkButton>}
    >
      {t('frame.notHere')}
    </EmptyState>
  )
}

/** For an address without a screen. */
export default function NoPage(): JSX.Element {
  return (
    <Page>
      <PageTitle title={t('frame.notHereTitle')} />
      <NotHere />
    </Page>
  )
}

export function LeaseEnded(): JSX.Element {
  return (
    <Page>
      <PageTitle title={t('shell.product')} />
      <EmptyState icon={TimerIcon} title={t('frame.leaseEndedTitle')}>
        {t('frame.leaseEnded')}
      </EmptyState>
    </Page>
  )
}

/** A whole screen that the reader's rights do not open, with the sentence that says why. */
export function DeniedScreen(props: { readonly title: string; readonly sentence: string }): JSX.Element {
  return (
    <Page>
      <PageTitle title={props.title} />
      <EmptyState
        icon={LockIcon}
        title={props.title}
        action={<LinkButton href="/">{t('frame.toHome')}</LinkButton>}
      >
        {props.sentence}
      </EmptyState>
    </Page>
  )
}
