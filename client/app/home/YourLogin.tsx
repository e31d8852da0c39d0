/** One's own password and devices. Both need the server, and are loaded when they are first opened. */
import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js'
import KeyIcon from '~icons/lucide/key-round'
import DevicesIcon from '~icons/lucide/tablet-smartphone'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { SkeletonRows } from '../../components/SkeletonRows.tsx'
import layout from '../../styles/layout.module.css'
import { usePortal } from '../context.tsx'
import { t } from '../i18n.ts'

const Devices = lazy(() => import('../login/Devices.tsx').then((file) => ({ default: file.Devices })))
const ChangePasswordSheet = lazy(() =>
  import('../login/ChangePasswordSheet.tsx').then((file) => ({ default: file.ChangePasswordSheet })),
)

export function YourLogin(): JSX.Element {
  const { worker } = usePortal()
  const [open, setOpen] = createSignal<'password' | 'devices'>()
  const [needed, setNeeded] = createSignal(false)
  const close = () => setOpen(undefined)
  return (
    <Card title={t('logins.yourLogin')}>
      <div class={layout.wrap}>
        <Button
          icon={KeyIcon}
          onClick={() => {
            setNeeded(true)
            setOpen('password')
          }}
        >
          {t('logins.changePassword')}
        </Button>
        <Button icon={DevicesIcon} onClick={() => setOpen('devices')}>
          {t('logins.yourDevices')}
        </Button>
      </div>
      <Suspense>
        <Show when={needed()}>
          <ChangePasswordSheet open={open() === 'password'} username={worker.username} onClose={close} />
        </Show>
      </Suspense>
      <Sheet
        open={open() === 'devices'}
        onClose={close}
        title={t('logins.yourDevices')}
        lede={t('logins.yourDevicesLede')}
        placement="side"
        actions={<Button onClick={close}>{t('common.done')}</Button>}
      >
        <Suspense fallback={<SkeletonRows count={3} />}>
          <Devices workerId={worker.id} name={worker.name} />
        </Suspense>
      </Sheet>
    </Card>
  )
}
