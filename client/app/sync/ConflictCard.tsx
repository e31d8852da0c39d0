/** Two people wrote one field: both values, and one tap to bring one's own back (B9). */
import type { JSX } from 'solid-js'
import MergeIcon from '~icons/lucide/git-merge'
import type { RecordKey } from '../../../core/records/kind-spec.ts'
import layout from '../../styles/layout.module.css'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Diff } from '../../components/Diff.tsx'
import { Tag } from '../../components/Tag.tsx'
import { showToast } from '../../components/toasts.ts'
import { splitRecordKey } from '../../replica/rebuild-record.ts'
import type { StoredConflict } from '../../replica/stored.ts'
import { formatAgo } from '../format.ts'
import { t } from '../i18n.ts'
import { fieldLabel, words } from './change-words.ts'

export interface ConflictActions {
  /** Resolves with a sentence when it could not be saved. */
  readonly onUseMine: (conflict: StoredConflict) => Promise<string | undefined>
  readonly onKeepTheirs: (conflict: StoredConflict) => Promise<void>
}

export interface ConflictCardProps extends ConflictActions {
  readonly conflict: StoredConflict
  readonly now: number
  readonly nameOf: (record: string) => string | undefined
}

export function ConflictCard(props: ConflictCardProps): JSX.Element {
  const shown = (value: unknown) => {
    const { kind } = splitRecordKey(props.conflict.record as RecordKey)
    return words(kind, props.conflict.field, value, props.nameOf) || t('syncScreen.empty')
  }
  const useMine = async () => {
    const sentence = await props.onUseMine(props.conflict)
    if (sentence === undefined) showToast(t('syncScreen.mineBack'))
    else showToast(sentence, { tone: 'denied' })
  }
  const keepTheirs = async () => {
    await props.onKeepTheirs(props.conflict)
    showToast(t('syncScreen.theirsKept'))
  }
  return (
    <Card
      title={props.conflict.title}
      label={t('syncScreen.conflictLabel', {
        title: props.conflict.title,
        field: fieldLabel(props.conflict.record, props.conflict.field),
        time: new Date(props.conflict.at).toLocaleTimeString(),
      })}
      lead={
        <Tag tone="notice" icon={MergeIcon}>
          {t('syncScreen.twoPeople')}
        </Tag>
      }
      aside={<small>{formatAgo(props.conflict.at, props.now)}</small>}
    >
      <Diff
        label={fieldLabel(props.conflict.record, props.conflict.field)}
        now={shown(props.conflict.theirs)}
        note={t('syncScreen.standsNow')}
      />
      <Diff label={t('syncScreen.yours')} now={shown(props.conflict.mine)} />
      <p class={layout.quiet}>{t('syncScreen.conflictText')}</p>
      <div class={layout.wrap}>
        <Button onClick={() => void useMine()}>{t('syncScreen.useMine')}</Button>
        <Button kind="quiet" onClick={() => void keepTheirs()}>
          {t('syncScreen.keepTheirs')}
        </Button>
      </div>
    </Card>
  )
}
