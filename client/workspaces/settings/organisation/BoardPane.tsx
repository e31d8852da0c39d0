/** One bulletin board: its name, whether it is shown, and its notices. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import PencilIcon from '~icons/lucide/pencil'
import PlusIcon from '~icons/lucide/plus'
import RemoveIcon from '~icons/lucide/x'
import { type Notice, noticesOf } from '../../../../core/records/board.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { usePortal } from '../../../app/context.tsx'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { formatDay } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordField } from '../../record/RecordField.tsx'
import { useRecordForm } from '../../record/use-record-form.ts'
import { organisationHref } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import settings from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { NoticeSheet } from './NoticeSheet.tsx'
import css from './organisation.module.css'
import { useGiven } from './use-given.ts'

export function BoardPane(props: { readonly id: string }): JSX.Element {
  const data = useSettings()
  const row = () => data.rowByKey().get(recordKey('board', props.id))
  const back = { href: organisationHref('boards'), label: t('organisation.backToBoards') }
  return (
    <Show
      when={row()}
      fallback={
        <>
          <DetailTitle title={t('frame.notHereTitle')} back={back} />
          <NotHere />
        </>
      }
    >
      {(found) => <Found row={found()} back={back} />}
    </Show>
  )
}

type Editing = { readonly type: 'new' } | { readonly type: 'notice'; readonly notice: Notice }

function Found(props: {
  readonly row: Row
  readonly back: { readonly href: string; readonly label: string }
}): JSX.Element {
  const data = useSettings()
  const { actions } = usePortal()
  const given = useGiven('board')
  const form = useRecordForm(
    'board',
    () => props.row,
    useLookups(() => []),
  )
  const [editing, setEditing] = createSignal<Editing>()
  const notices = () => noticesOf(props.row)
  /** Null takes it down. */
  const save = async (id: string, notice: Omit<Notice, 'id'> | null): Promise<string | undefined> => {
    const entries = { [fieldKey('notices', id)]: notice }
    return outcomeSentence(await actions.editEntries('board', props.row.id, entries), 'board')
  }
  const remove = async ({ id, ...notice }: Notice) => {
    const sentence = await save(id, null)
    if (sentence !== undefined) return showToast(sentence, { tone: 'denied' })
    showToast(t('organisation.noticeRemoved', { title: notice.title }), {
      action: { label: t('common.undo'), onPress: () => void save(id, notice) },
    })
  }
  return (
    <article aria-label={form.title}>
      <DetailTitle
        title={form.title}
        lede={given(props.row.id)}
        aside={
          <MarkTag
            mark={data.markOf(recordKey('board', props.row.id))}
            disabled={props.row.active === false}
          />
        }
        back={props.back}
        parent={t('organisation.parts.boards')}
      >
        <Button kind="primary" icon={PlusIcon} onClick={() => setEditing({ type: 'new' })}>
          {t('organisation.addNotice')}
        </Button>
      </DetailTitle>
      <PaneBody>
        <Card flush label={t('internal.notices')}>
          <Show
            when={notices().length > 0}
            fallback={<p class={settings.none}>{t('organisation.noNotices')}</p>}
          >
            <ul aria-label={t('internal.notices')}>
              <For each={notices()}>
                {(notice) => (
                  <li class={settings.item}>
                    <div class={css.notice}>
                      <b>{notice.title}</b>
                      <Show when={notice.body}>
                        <p>{notice.body}</p>
                      </Show>
                      <small class={layout.quiet}>{formatDay(Date.parse(notice.at), data.now())}</small>
                    </div>
                    <IconButton
                      icon={PencilIcon}
                      label={t('organisation.editNotice', { title: notice.title })}
                      onClick={() => setEditing({ type: 'notice', notice })}
                    />
                    <IconButton
                      icon={RemoveIcon}
                      label={t('organisation.removeNotice', { title: notice.title })}
                      onClick={() => void remove(notice)}
                    />
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Card>
        <Card flush label={t('organisation.parts.general')}>
          <RecordField form={form} field="name" />
          <RecordField
            form={form}
            field="active"
            hint={props.row.active === false ? t('organisation.boardOff') : undefined}
          />
        </Card>
      </PaneBody>
      <NoticeSheet
        notice={noticeIn(editing())}
        open={editing() !== undefined}
        onClose={() => setEditing(undefined)}
        onSave={(text) => {
          const id = noticeIn(editing())?.id ?? crypto.randomUUID()
          return save(id, { ...text, at: new Date(data.now()).toISOString() })
        }}
      />
    </article>
  )
}

function noticeIn(editing: Editing | undefined): Notice | undefined {
  return editing?.type === 'notice' ? editing.notice : undefined
}
