/** A notice for a bulletin board: a title, and a text that may have several lines. */
import { createEffect, createSignal, type JSX, on } from 'solid-js'
import { type Notice, NOTICE_BODY_MAX, NOTICE_TITLE_MAX } from '../../../../core/records/board.ts'
import { t } from '../../../app/i18n.ts'
import { holdUpdates } from '../../../app/unsaved.ts'
import { Button } from '../../../components/Button.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { TextArea, TextField } from '../../../components/TextField.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'

export interface NoticeSheetProps {
  readonly open: boolean
  /** Undefined for a new one. */
  readonly notice: Notice | undefined
  readonly onClose: () => void
  /** Resolves with a sentence when it was not saved. */
  readonly onSave: (text: Pick<Notice, 'title' | 'body'>) => Promise<string | undefined>
}

export function NoticeSheet(props: NoticeSheetProps): JSX.Element {
  const [title, setTitle] = createSignal('')
  const [body, setBody] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        setTitle(props.notice?.title ?? '')
        setBody(props.notice?.body ?? '')
        setProblem(undefined)
      },
    ),
  )
  holdUpdates(
    () => props.open && (title() !== (props.notice?.title ?? '') || body() !== (props.notice?.body ?? '')),
  )
  const save = async () => {
    if (title().trim() === '') return setProblem(t('organisation.noticeTitleMissing'))
    const sentence = await props.onSave({ title: title().trim(), body: body().trim() })
    if (sentence === undefined) props.onClose()
    else showToast(sentence, { tone: 'denied' })
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={
        props.notice === undefined
          ? t('organisation.addNotice')
          : t('organisation.editNotice', { title: props.notice.title })
      }
      placement="side"
      actions={
        <>
          <Button kind="primary" onClick={() => void save()}>
            {t('organisation.putUp')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <div class={layout.stack}>
        <TextField
          label={t('organisation.noticeTitle')}
          required
          value={title()}
          error={problem()}
          maxLength={NOTICE_TITLE_MAX}
          onInput={(text) => {
            setTitle(text)
            setProblem(undefined)
          }}
        />
        <TextArea
          label={t('organisation.noticeBody')}
          value={body()}
          maxLength={NOTICE_BODY_MAX}
          rows={6}
          onInput={setBody}
        />
      </div>
    </Sheet>
  )
}
