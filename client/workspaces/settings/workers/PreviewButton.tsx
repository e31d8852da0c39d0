/** Opens the portal as this worker would see it, from this device; how far the copying is while it lasts. */
import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import EyeIcon from '~icons/lucide/eye'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { ProgressMeter } from '../../../components/ProgressMeter.tsx'
import { showToast } from '../../../components/toasts.ts'
import { beginPreview } from '../../../preview/preview.ts'
import { useSettings } from '../settings-data.ts'

interface Progress {
  readonly done: number
  readonly total: number
}

export function PreviewButton(props: { readonly workerId: string; readonly name: string }): JSX.Element {
  const portal = usePortal()
  const data = useSettings()
  const navigate = useNavigate()
  const [progress, setProgress] = createSignal<Progress | null>(null)
  const begin = async () => {
    if (progress() !== null) return
    setProgress({ done: 0, total: 0 })
    try {
      await beginPreview({
        source: portal.db,
        directory: data.directory(),
        workerId: props.workerId,
        now: Date.now(),
        onProgress: (done, total) => setProgress({ done, total }),
      })
      navigate('/')
    } catch {
      showToast(t('preview.failed'), { tone: 'denied' })
    } finally {
      setProgress(null)
    }
  }
  return (
    <Show
      when={progress()}
      fallback={
        <Button
          icon={EyeIcon}
          denied={data.complete() ? undefined : t('preview.incomplete')}
          onClick={() => void begin()}
        >
          {t('preview.begin', { name: props.name })}
        </Button>
      }
    >
      {(shown) => <ProgressMeter label={t('preview.making')} value={shown().done} max={shown().total} />}
    </Show>
  )
}
