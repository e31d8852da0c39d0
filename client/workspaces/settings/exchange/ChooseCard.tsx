/** Where a file comes in: picked, also on a phone, or dropped. The whole field is the target. */
import { createSignal, type JSX, Show } from 'solid-js'
import UploadIcon from '~icons/lucide/file-up'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { sentenceOf } from '../../record/why.ts'
import type { ImportFlow } from './create-import.ts'
import css from './exchange.module.css'
import { decideFile, mayAny } from './may-exchange.ts'
import { Problem } from './Problem.tsx'

/** Phones name CSV in many ways; what is none is answered in words rather than greyed out. */
const ACCEPT = '.csv,text/csv,text/comma-separated-values,application/csv,application/vnd.ms-excel,text/plain'

export function ChooseCard(props: { readonly flow: ImportFlow }): JSX.Element {
  const portal = usePortal()
  const denied = () => {
    if (mayAny(portal.principal(), 'import')) return undefined
    const decision = decideFile(portal.principal(), 'import', 'worker')
    return sentenceOf(decision, { action: 'import', kind: 'worker', whole: true })
  }
  return (
    <Card title={t('exchange.importTitle')}>
      <small>{t('exchange.importLede')}</small>
      <Problem sentence={props.flow.problem()} />
      <Show
        when={denied() === undefined}
        fallback={
          <Button denied={denied()} wide>
            {t('exchange.drop')}
          </Button>
        }
      >
        <DropField flow={props.flow} />
      </Show>
    </Card>
  )
}

function DropField(props: { readonly flow: ImportFlow }): JSX.Element {
  const [over, setOver] = createSignal(false)
  const isReading = () => props.flow.stage() === 'reading'
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? []
    if (file !== undefined) props.flow.choose(file)
  }
  return (
    <label
      class={css.drop}
      data-over={over() ? '' : undefined}
      aria-busy={isReading()}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <UploadIcon aria-hidden="true" />
      <b>
        <Show when={!isReading()} fallback={t('exchange.readingFile')}>
          <span class={css.narrow}>{t('exchange.drop')}</span>
          <span class={css.wide}>{t('exchange.dropWide')}</span>
        </Show>
      </b>
      <small>{t('exchange.dropNote')}</small>
      <input
        type="file"
        accept={ACCEPT}
        aria-label={t('exchange.drop')}
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file, put right, is another choice.
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}
