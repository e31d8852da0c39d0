/**
 * The two banners that any screen may carry: no network, and a new version.
 */
import type { JSX } from 'solid-js'
import OfflineIcon from '~icons/lucide/cloud-off'
import UpdateIcon from '~icons/lucide/sparkles'
import { Banner, BannerButton } from '../../components/Banner.tsx'
import { formatTime } from '../format.ts'
import { t } from '../i18n.ts'

/** `since` is an instant in milliseconds, where it is known. */
export function OfflineBanner(props: { readonly since?: number | undefined }): JSX.Element {
  return (
    <Banner tone="pending" icon={OfflineIcon}>
      {props.since === undefined
        ? t('shell.offline')
        : t('shell.offlineSince', { time: formatTime(props.since) })}
    </Banner>
  )
}

export function UpdateBanner(props: { readonly onUpdate: () => void }): JSX.Element {
  return (
    <Banner
      icon={UpdateIcon}
      action={<BannerButton onClick={props.onUpdate}>{t('shell.updateNow')}</BannerButton>}
    >
      {t('shell.updateReady')}
    </Banner>
  )
}
