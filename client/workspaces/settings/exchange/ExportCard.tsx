/** Files to take out: one a kind, with what is in it; always the same for the same records (B10). */
import { createSignal, For, type JSX } from 'solid-js'
import DownloadIcon from '~icons/lucide/download'
import { type FileKind, recordKindOf } from '../../../../core/exchange/kinds.ts'
import { usePortal } from '../../../app/context.tsx'
import { createOnline } from '../../../app/create-online.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { showToast } from '../../../components/toasts.ts'
import { sentenceOf } from '../../record/why.ts'
import { askExport, NotAnswered } from './exchange-api.ts'
import css from './exchange.module.css'
import { decideFile, offeredFiles } from './may-exchange.ts'

export function ExportCard(): JSX.Element {
  return (
    <Card flush title={t('exchange.exportTitle')}>
      <ul class={css.rows}>
        <For each={offeredFiles}>{(kind) => <ExportRow kind={kind} />}</For>
      </ul>
    </Card>
  )
}

function ExportRow(props: { readonly kind: FileKind }): JSX.Element {
  const portal = usePortal()
  const online = createOnline()
  const [busy, setBusy] = createSignal(false)
  const denied = () => {
    const decision = decideFile(portal.principal(), 'export', props.kind)
    const context = { action: 'export', kind: recordKindOf(props.kind), whole: true } as const
    if (decision.outcome === 'denied') return sentenceOf(decision, context)
    return online() ? undefined : t('exchange.needsNetwork')
  }
  const take = async () => {
    if (busy()) return
    setBusy(true)
    try {
      const { name, content } = await askExport(props.kind)
      saveFile(name, content)
      showToast(t('exchange.downloaded', { name }), { tone: 'allowed' })
    } catch (error) {
      const sentence = error instanceof NotAnswered ? error.message : t('exchange.lost')
      showToast(sentence, { tone: 'denied', durationMs: 12_000 })
    } finally {
      setBusy(false)
    }
  }
  return (
    <li class={css.export}>
      <div>
        <b>{t(`exchange.kinds.${props.kind}`)}</b>
        <small>{t(`exchange.contains.${props.kind}`)}</small>
      </div>
      <Button
        icon={DownloadIcon}
        denied={denied()}
        aria-label={t('exchange.downloadOf', { kind: t(`exchange.kinds.${props.kind}`).toLowerCase() })}
        onClick={() => void take()}
      >
        {busy() ? t('exchange.downloading') : t('exchange.download')}
      </Button>
    </li>
  )
}

function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Chromium reads the address in this turn, Safari in a later one.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
