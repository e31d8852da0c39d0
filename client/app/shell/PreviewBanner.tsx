/** Whose portal is looked at, from when, and the way back: above every screen of a preview. */
import { useNavigate } from '@solidjs/router'
import type { JSX } from 'solid-js'
import EyeIcon from '~icons/lucide/eye'
import { Banner, BannerButton } from '../../components/Banner.tsx'
import { endPreview, type Preview } from '../../preview/preview.ts'
import { formatTime } from '../format.ts'
import { t } from '../i18n.ts'

export function PreviewBanner(props: { readonly preview: Preview }): JSX.Element {
  const navigate = useNavigate()
  const leave = async () => {
    const { id } = props.preview.worker
    await endPreview()
    navigate(`/settings/workers/${encodeURIComponent(id)}/access`)
  }
  return (
    <Banner
      icon={EyeIcon}
      action={<BannerButton onClick={() => void leave()}>{t('preview.leave')}</BannerButton>}
    >
      {t('preview.banner', { name: props.preview.worker.name, time: formatTime(props.preview.at) })}
    </Banner>
  )
}
