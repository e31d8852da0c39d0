/** Many workers added to a group at once: found and picked, pasted by username, or everyone of another group. */
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Aside } from '../../../components/Diff.tsx'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { PickRow } from '../../../components/PickRow.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { TextArea } from '../../../components/TextField.tsx'
import layout from '../../../styles/layout.module.css'
import { createKeys } from '../create-keys.ts'
import { createSelection } from '../create-selection.ts'
import { groupName } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { createValidityFields } from '../validity-fields.ts'
import { ValidityFields } from '../ValidityFields.tsx'
import type { Validity } from '../validity-words.ts'
import { filterWorkers } from '../workers/filter-workers.ts'
import { membershipsOf, workerLede } from '../workers/worker-words.ts'
import { readUsernames } from './paste-usernames.ts'

export interface AddMembersSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Who is in the group already, or would be by the draft. */
  readonly isMember: (id: string) => boolean
  /** The group that this one was copied from: its members are offered first (U-29). */
  readonly template: string | undefined
  readonly onAdd: (ids: readonly string[], validity: Validity) => void
}

/** A list to choose from, not to read: who wants more types more. */
const SHOWN_MAX = 60

export function AddMembersSheet(props: AddMembersSheetProps): JSX.Element {
  const data = useSettings()
  const [query, setQuery] = createSignal('')
  const [pasting, setPasting] = createSignal(false)
  const validity = createValidityFields()
  const candidates = createMemo(() => {
    if (!props.open) return []
    const rows = filterWorkers(data.workers(), query(), 'both').filter(({ id }) => !props.isMember(id))
    return rows.slice(0, SHOWN_MAX)
  })
  const shown = createKeys(() => candidates().map(({ id }) => id))
  const rowById = createMemo(() => new Map(candidates().map((row) => [row.id, row])))
  const selection = createSelection(shown)
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        selection.end()
        setQuery('')
        setPasting(false)
        validity.fill({ from: null, until: null })
      },
    ),
  )
  const chosen = () => selection.ids().size
  const choose = (ids: readonly string[]) => selection.add(ids.filter((id) => !props.isMember(id)))
  const add = () => {
    const times = validity.read()
    if (times === null || chosen() === 0) return
    props.onAdd([...selection.ids()], times)
    props.onClose()
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('manage.addMembers')}
      lede={t('manage.addMembersLede')}
      placement="side"
      actions={
        <>
          <Button kind="primary" onClick={add}>
            {chosen() === 0 ? t('manage.addMembers') : formatCount(chosen(), t('manage.chosenCount'))}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <Show when={props.template}>{(template) => <FromTemplate group={template()} onChoose={choose} />}</Show>
      <SearchField label={t('settings.searchWorkers')} value={query()} onInput={setQuery} />
      <ul class={css.picks} aria-label={t('manage.addMembers')}>
        <For
          each={shown()}
          fallback={<li class={css.none}>{t('common.nothingFound', { query: query() })}</li>}
        >
          {(id) => (
            <Show when={rowById().get(id)}>
              {(row) => (
                <li>
                  <PickRow
                    title={kindSpecs.worker.title(row())}
                    lede={noteOf(row(), workerLede(row(), data.directory()))}
                    end={row().active === true ? undefined : t('settings.disabled')}
                    checked={selection.has(id)}
                    onPick={(range) => selection.toggle(id, range)}
                  />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show
        when={pasting()}
        fallback={
          <div>
            <button type="button" class={css.linkButton} onClick={() => setPasting(true)}>
              {t('manage.paste')}
            </button>
          </div>
        }
      >
        <Paste isMember={props.isMember} onChoose={choose} />
      </Show>
      <section class={layout.stackSmall}>
        <h3>{t('manage.membershipTime')}</h3>
        <ValidityFields fields={validity} />
      </section>
    </Sheet>
  )
}

/** "Apply to all members?": asked once, of a group that was just saved under another name. */
function FromTemplate(props: {
  readonly group: string
  readonly onChoose: (ids: readonly string[]) => void
}): JSX.Element {
  const data = useSettings()
  const members = () =>
    data.workers().filter((row) => membershipsOf(row).some(({ id }) => id === props.group))
  const name = () => groupName(data.directory(), props.group)
  return (
    <Show when={members().length > 0}>
      <Aside>
        <h3>{t('manage.applyToAll', { group: name() })}</h3>
        <small>{t('manage.applyToAllNote')}</small>
        <div>
          <Button onClick={() => props.onChoose(members().map(({ id }) => id))}>
            {formatCount(members().length, t('manage.everyoneIn')).replace('{group}', name())}
          </Button>
        </div>
      </Aside>
    </Show>
  )
}

function Paste(props: {
  readonly isMember: (id: string) => boolean
  readonly onChoose: (ids: readonly string[]) => void
}): JSX.Element {
  const data = useSettings()
  const [text, setText] = createSignal('')
  const [unknown, setUnknown] = createSignal<readonly string[]>([])
  const [already, setAlready] = createSignal(0)
  const use = () => {
    const pasted = readUsernames(text(), data.workers())
    props.onChoose(pasted.ids)
    setUnknown(pasted.unknown)
    setAlready(pasted.ids.filter(props.isMember).length)
    // What was not understood stays to be mended.
    setText(pasted.unknown.join('\n'))
  }
  return (
    <section class={layout.stackSmall}>
      <TextArea
        label={t('manage.paste')}
        hint={t('manage.pasteHint')}
        value={text()}
        onInput={setText}
        error={
          unknown().length === 0
            ? undefined
            : formatCount(unknown().length, t('manage.pasteUnknown')).replace('{names}', unknown().join(', '))
        }
      />
      <Show when={already() > 0}>
        <Banner>{formatCount(already(), t('manage.pasteAlready'))}</Banner>
      </Show>
      <div>
        <Button onClick={use}>{t('manage.pasteUse')}</Button>
      </div>
    </section>
  )
}

function noteOf(row: Row, groups: string): string {
  return [row.username, groups].filter(Boolean).join(' · ')
}
