/** One entry of the log. Of a change set: who and when, what each field said before and after, and taking it back. */
import { createEffect, createMemo, createSignal, For, type JSX, Match, on, Show, Switch } from 'solid-js'
import UndoIcon from '~icons/lucide/undo-2'
import { createOnline } from '../../../app/create-online.ts'
import { usePortal } from '../../../app/context.tsx'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { ActionBar, PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { moment } from '../../../app/sync/moment.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { focusFirst } from '../../../components/remember-focus.ts'
import { SkeletonRows } from '../../../components/SkeletonRows.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { createNow } from '../../record/use-record-form.ts'
import { auditHref } from '../hrefs.ts'
import css from '../settings.module.css'
import { AccessPane } from './AccessPane.tsx'
import { askEntry, type ChangeSetPage, type LogAccess, type LogChange } from './audit-api.ts'
import { FactsCard } from './FactsCard.tsx'
import { actorName, referencesIn, titleOf } from './log-words.ts'
import type { LogState as State } from './create-log.ts'
import { LogState } from './LogState.tsx'
import { RecordChanges } from './RecordChanges.tsx'
import { UndoSheet } from './UndoSheet.tsx'

export function ChangeSetPane(props: { readonly id: string }): JSX.Element {
  const online = createOnline()
  const now = createNow()
  const [head, setHead] = createSignal<ChangeSetPage>()
  const [access, setAccess] = createSignal<LogAccess>()
  const [changes, setChanges] = createSignal<readonly LogChange[]>([])
  const [state, setState] = createSignal<State | 'not-here'>('loading')
  const [undoing, setUndoing] = createSignal(false)
  let article: HTMLElement | undefined
  const load = async (cursor: string | null): Promise<void> => {
    const answer = await askEntry(props.id, cursor)
    if (answer.type === 'not-told') {
      setState(answer.status === 404 ? 'not-here' : online() ? 'failed' : 'offline')
      return
    }
    setState('told')
    const { told } = answer
    if (told.type === 'access') return void setAccess(told)
    setHead(told)
    setChanges((before) => (cursor === null ? told.changes : [...before, ...told.changes]))
  }
  createEffect(
    on(online, (isOnline) => {
      if (isOnline) void load(null)
      else setState('offline')
    }),
  )
  const reload = () => {
    setState('loading')
    void load(null)
  }
  const back = { href: auditHref + location.search, label: t('audit.back') }
  return (
    <Show
      when={head()}
      fallback={
        <Show when={access()} fallback={<Missing state={state()} back={back} reload={reload} />}>
          {(found) => <AccessPane entry={found()} back={back} now={now()} />}
        </Show>
      }
    >
      {(found) => (
        <article ref={article} aria-label={titleOf({ ...found(), changes: changes() })} class={css.pane}>
          <DetailTitle
            title={titleOf({ ...found(), changes: changes() })}
            lede={t('audit.lede', { name: actorName(found()), time: moment(Date.parse(found().at), now()) })}
            lead={
              <Avatar name={actorName(found())} kind={found().actor === null ? 'record' : 'person'} large />
            }
            aside={
              <Show when={found().undoneBy}>
                <Tag>{t('audit.takenBack')}</Tag>
              </Show>
            }
            back={back}
            parent={t('audit.title')}
          />
          <PaneBody>
            <div class={layout.columns}>
              <div class={layout.stack}>
                <Card title={t('audit.beforeAfter')}>
                  <div>
                    <Changes changes={changes()} now={now()} />
                  </div>
                </Card>
                <Show when={found().cursor}>
                  {(cursor) => (
                    <div>
                      <Button onClick={() => void load(cursor())}>{t('audit.more')}</Button>
                    </div>
                  )}
                </Show>
              </div>
              <FactsCard set={found()} now={now()} />
            </div>
          </PaneBody>
          <Show when={found().undoneBy === null}>
            <ActionBar>
              <Button
                icon={UndoIcon}
                denied={online() ? undefined : t('audit.undoOffline')}
                onClick={() => setUndoing(true)}
              >
                {t('audit.undo')}
              </Button>
            </ActionBar>
          </Show>
          <UndoSheet
            open={undoing()}
            id={props.id}
            onClose={() => setUndoing(false)}
            onDone={() => {
              setUndoing(false)
              // The button that has the focus goes with what could be undone.
              void load(null).then(() => focusFirst([document.activeElement, article]))
            }}
          />
        </article>
      )}
    </Show>
  )
}

function Changes(props: { readonly changes: readonly LogChange[]; readonly now: number }): JSX.Element {
  const portal = usePortal()
  const lookups = useLookups(() => referencesIn(props.changes))
  const records = createMemo(() => [
    ...Map.groupBy(props.changes, ({ record }) => `${record.kind}/${record.id}`).values(),
  ])
  return (
    <For each={records()}>
      {(changes) => (
        <RecordChanges
          changes={changes}
          context={{ nameOf: lookups.nameOf, catalogue: portal.catalogue(), now: props.now }}
        />
      )}
    </For>
  )
}

interface MissingProps {
  readonly state: State | 'not-here'
  readonly back: { readonly href: string; readonly label: string }
  readonly reload: () => void
}

/** In the place of a change set that is not shown yet, or not to this reader. */
function Missing(props: MissingProps): JSX.Element {
  const title = () => (props.state === 'not-here' ? t('frame.notHereTitle') : t('audit.title'))
  return (
    <>
      <DetailTitle title={title()} back={props.back} parent={t('audit.title')} />
      <Switch>
        <Match when={props.state === 'not-here'}>
          <NotHere />
        </Match>
        <Match when={props.state === 'loading'}>
          <SkeletonRows count={4} />
        </Match>
        <Match when={props.state === 'not-here' ? undefined : props.state}>
          {(state) => <LogState log={{ state: () => state() as State, reload: props.reload }} />}
        </Match>
      </Switch>
    </>
  )
}
