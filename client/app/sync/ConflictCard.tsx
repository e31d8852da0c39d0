/** Two people wrote one field: both values, and one tap to bring one's own back (B9). */
import type { JSX } from 'solid-js'
import MergeIcon from '~icons/lucide/git-merge'
import { splitFieldKey } from '../../../core/documents/field-key.ts'
import type { FieldValue } from '../../../core/records/kind-spec.ts'
import layout from '../../styles/layout.module.css'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Diff } from '../../components/Diff.tsx'
import { Tag } from '../../components/Tag.tsx'
import { showToast } from '../../components/toasts.ts'
import type { StoredConflict } from '../../replica/stored.ts'
import { formatAgo } from '../format.ts'
import { t } from '../i18n.ts'
import { changesByField, fieldLabelOf } from './change-words.ts'
import { moment } from './moment.ts'

export interface ConflictActions {
  /** Resolves with a sentence when it could not be saved. */
  readonly onUseMine: (conflict: StoredConflict) => Promise<string | undefined>
  readonly onKeepTheirs: (conflict: StoredConflict) => Promise<void>
}

export interface ConflictCardProps extends ConflictActions {
  readonly conflict: StoredConflict
  readonly now: number
  /** The name of who wrote the value that was replaced. */
  readonly reader: string
  readonly titleOf: (record: string) => string
  readonly nameOf: (record: string) => string | undefined
}

export function ConflictCard(props: ConflictCardProps): JSX.Element {
  const title = () => props.titleOf(props.conflict.record)
  const field = () => fieldLabelOf(props.conflict.record, splitFieldKey(props.conflict.field).field)
  const shown = (value: FieldValue) => {
    const { record, field: key } = props.conflict
    const [line] = changesByField(record, [{ field: key, old: null, new: value }], props.nameOf)
    return line?.now || t('syncScreen.empty')
  }
  const by = () => props.nameOf(`colleague/${props.conflict.by}`) ?? t('syncScreen.somebody')
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
      title={title()}
      label={t('syncScreen.conflictLabel', {
        title: title(),
        field: field(),
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
        label={field()}
        now={shown(props.conflict.theirs)}
        note={t('syncScreen.standsNow', { name: by(), time: moment(props.conflict.at, props.now) })}
      />
      <Diff
        label={t('syncScreen.yours')}
        now={shown(props.conflict.mine)}
        note={t('syncScreen.yoursAt', {
          name: props.reader,
          time: moment(props.conflict.mineAt, props.now),
        })}
      />
      <p class={layout.quiet}>{t('syncScreen.conflictText', { name: by() })}</p>
      <div class={layout.wrap}>
        <Button onClick={() => void useMine()}>{t('syncScreen.useMine')}</Button>
        <Button kind="quiet" onClick={() => void keepTheirs()}>
          {t('syncScreen.keepTheirs')}
        </Button>
      </div>
    </Card>
  )
}
