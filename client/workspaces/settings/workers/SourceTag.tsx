/** Where a right comes from, in two or three words: Direct, Through Sales Rep, Denied by Field sales. */
import type { JSX } from 'solid-js'
import { t } from '../../../app/i18n.ts'
import { Tag } from '../../../components/Tag.tsx'
import type { Tone } from '../../../components/types.ts'
import type { RightSource } from './right-source.ts'

export function SourceTag(props: { readonly source: RightSource }): JSX.Element {
  return (
    <Tag tone={TONES[props.source.type]} icon={null}>
      {sourceWords(props.source)}
    </Tag>
  )
}

export function sourceWords(source: RightSource): string {
  switch (source.type) {
    case 'direct':
      return t('settings.source.direct')
    case 'through':
      return t('settings.source.through', { group: source.group })
    case 'with':
      return t('settings.source.with', { feature: source.feature })
    case 'base':
      return t('settings.source.base')
    case 'administrator':
      return t('settings.source.administrator')
    case 'denied-by':
      return t('settings.source.deniedBy', { group: source.group })
    case 'reduced':
      return t('settings.source.reduced')
    case 'capped':
      return t('settings.source.capped', { by: source.by })
    case 'not-live':
      return t('settings.source.notLive')
    case 'not-given':
      return t('settings.source.notGiven')
  }
}

const TONES: Record<RightSource['type'], Tone> = {
  direct: 'allowed',
  through: 'notice',
  with: 'notice',
  base: 'plain',
  administrator: 'notice',
  'denied-by': 'denied',
  reduced: 'denied',
  capped: 'denied',
  'not-live': 'plain',
  'not-given': 'plain',
}
