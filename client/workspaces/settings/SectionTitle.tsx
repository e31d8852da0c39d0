/**
 * The parts of Settings: those that are open to the reader, as the others' addresses are closed. A row above a list
 * that is wide enough for all of them; else, on phones and beside an open detail, a menu at the title.
 */
import { createMemo, type JSX, Show } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-down'
import { usePortal } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { ListTitle, type ListTitleProps } from '../../app/shell/Titles.tsx'
import { ActionMenu } from '../../components/ActionMenu.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { type SectionId, openSections } from './sections.ts'
import css from './SectionTitle.module.css'

export interface SectionTitleProps extends Omit<ListTitleProps, 'switcher'> {
  readonly section: SectionId
}

/** The title of a part of Settings, with the ways to the others. */
export function SectionTitle(props: SectionTitleProps): JSX.Element {
  const { principal } = usePortal()
  const open = createMemo(() => openSections(principal()))
  return (
    <ListTitle
      title={props.title}
      action={props.action}
      back={props.back}
      switcher={
        <Show when={open().length > 1}>
          <span class={css.menu}>
            <ActionMenu
              label={t('settings.otherParts')}
              icon={ChevronIcon}
              actions={open().map(({ id, ...link }) => ({ ...link, current: id === props.section }))}
            />
          </span>
        </Show>
      }
    >
      <div class={css.sections}>
        <Tabs label={t('settings.sections')} current={props.section} tabs={open()} />
      </div>
      {props.children}
    </ListTitle>
  )
}
