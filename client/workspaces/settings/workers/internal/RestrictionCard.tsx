/**
 * One restriction of a worker: not set, only what is listed, or nothing at all (U-i). It takes away and never adds (U-11).
 *
 * Stored as the entries of a set; the entry `none` alone lets nothing pass.
 */
import { type Accessor, createSignal, For, type JSX, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import { fieldKey } from '../../../../../core/documents/field-key.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../../access/field-label.ts'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import { Chip, ChipRow } from '../../../../components/Chip.tsx'
import layout from '../../../../styles/layout.module.css'
import { stringsOf } from '../worker-words.ts'

export type RestrictionField = 'campaigns' | 'geographies' | 'partners' | 'reports'

export interface RestrictionCardProps {
  readonly field: RestrictionField
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (field: string, value: true | null) => void
  /** What the listed entries do. */
  readonly note: string
  /** How an entry is shown. */
  readonly display?: ((entry: string) => string) | undefined
  /** The control that lists entries; `none` is not among them. */
  readonly children: (entries: Accessor<readonly string[]>) => JSX.Element
}

const CHOICES = ['unset', 'only', 'none'] as const
type Choice = (typeof CHOICES)[number]

/** As the permission engine reads it, in any spelling. */
const isNone = (entry: string): boolean => entry.trim().toUpperCase() === 'NONE'

export function RestrictionCard(props: RestrictionCardProps): JSX.Element {
  const stored = () => stringsOf(props.row[props.field])
  const entries = () => stored().filter((entry) => !isNone(entry))
  /** "Only these" was pressed, and nothing is listed yet. */
  const [listing, setListing] = createSignal(false)
  const choice = (): Choice => {
    if (entries().length > 0) return 'only'
    if (stored().length > 0) return 'none'
    return listing() ? 'only' : 'unset'
  }
  const remove = (which: readonly string[]) => {
    for (const entry of which) props.onSet(fieldKey(props.field, entry), null)
  }
  const choose = (next: Choice) => {
    if (next === choice()) return
    setListing(next === 'only')
    remove(stored())
    if (next === 'none') props.onSet(fieldKey(props.field, 'none'), true)
  }
  const words = (entry: string) => props.display?.(entry) ?? entry
  return (
    <Card title={fieldLabel('worker', props.field)}>
      <Show
        when={!props.locked}
        fallback={
          <p>
            {choice() === 'only' ? (
              <b>{entries().map(words).join(' · ')}</b>
            ) : (
              t(choice() === 'none' ? 'internal.noneNote' : 'internal.unsetNote')
            )}
          </p>
        }
      >
        <ChipRow label={t('internal.choice', { what: fieldLabel('worker', props.field) })} wrap>
          <For each={CHOICES}>
            {(one) => (
              <Chip
                pressed={choice() === one}
                icon={choice() === one ? CheckIcon : undefined}
                onClick={() => choose(one)}
              >
                {t(`internal.${one}`)}
              </Chip>
            )}
          </For>
        </ChipRow>
        <Show when={choice() === 'only'}>{props.children(entries)}</Show>
        <small class={layout.quiet}>{noteOf(choice(), entries().length, props.note)}</small>
      </Show>
    </Card>
  )
}

function noteOf(choice: Choice, listed: number, note: string): string {
  if (choice === 'unset') return t('internal.unsetNote')
  if (choice === 'none') return t('internal.noneNote')
  return listed === 0 ? t('internal.onlyEmpty') : note
}
