/** An impact as lines of numbers: the largest loss first, then what changes, then gains (B3). */
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { ImpactLine } from '../../../components/Impact.tsx'
import type { Tone } from '../../../components/types.ts'
import type { AccountsImpact, FeatureImpact, Impact } from '../../../../core/access/impact.ts'

/** Features named one by one; the rest is a number. */
const NAMED_MAX = 3

/** `accounts` are lines that count the accounts themselves: better than how many workers see more or fewer. */
export function impactLines(
  impact: Impact,
  labelOf: (feature: string) => string,
  accounts: readonly ImpactLine[] = [],
): readonly ImpactLine[] {
  const counted = (which: 'fewer' | 'more', tone: Tone) =>
    accounts.length === 0 ? accountsLine(impact, which) : accounts.filter((line) => line.tone === tone)
  const losses = [
    ...featureLines(impact.lost, 'lose', labelOf),
    ...counted('fewer', 'denied'),
    ...matchesLine(impact, 'closed'),
  ]
  const gains = [
    ...featureLines(impact.gained, 'gain', labelOf),
    ...counted('more', 'allowed'),
    ...matchesLine(impact, 'opened'),
  ]
  return [
    ...losses.sort((a, b) => b.count - a.count),
    ...accountsLine(impact, 'other'),
    ...gains.sort((a, b) => b.count - a.count),
    ...(losses.length === 0 ? [{ count: 0, text: t('settings.impact.noLoss') }] : []),
    ...(gains.length === 0 ? [{ count: 0, text: t('settings.impact.noGain') }] : []),
  ]
}

function featureLines(
  features: readonly FeatureImpact[],
  what: 'lose' | 'gain',
  labelOf: (feature: string) => string,
): readonly ImpactLine[] {
  const tone = what === 'lose' ? 'denied' : 'allowed'
  // One more is named rather than counted.
  const shown = features.length > NAMED_MAX + 1 ? features.slice(0, NAMED_MAX) : features
  const lines = shown.map(({ feature, workers }): ImpactLine => {
    const values = { feature: labelOf(feature) }
    const text =
      what === 'lose'
        ? { one: t('settings.impact.lose.one', values), other: t('settings.impact.lose.other', values) }
        : { one: t('settings.impact.gain.one', values), other: t('settings.impact.gain.other', values) }
    return { count: workers, text: formatCount(workers, text), tone }
  })
  const rest = features.slice(shown.length)
  if (rest.length === 0) return lines
  // Sorted by size: as many workers as the first of them, or fewer.
  const most = rest[0]?.workers ?? 0
  const equal = rest.every(({ workers }) => workers === most)
  const text = equal ? moreText(what, most) : atMostText(what)
  return [...lines, { count: most, text: formatCount(rest.length, text), tone }]
}

function moreText(what: 'lose' | 'gain', workers: number) {
  const many = what === 'lose' ? t('settings.impact.moreLost') : t('settings.impact.moreGained')
  const one = what === 'lose' ? t('settings.impact.moreLostOne') : t('settings.impact.moreGainedOne')
  return workers === 1 ? one : many
}

function atMostText(what: 'lose' | 'gain') {
  return what === 'lose' ? t('settings.impact.atMostLost') : t('settings.impact.atMostGained')
}

function matchesLine({ matches }: Impact, which: 'opened' | 'closed'): readonly ImpactLine[] {
  const count = matches[which]
  if (count === 0) return []
  const texts = which === 'opened' ? t('settings.impact.matchesOpened') : t('settings.impact.matchesClosed')
  return [{ count, text: formatCount(count, texts), tone: which === 'opened' ? 'allowed' : 'denied' }]
}

function accountsLine({ accounts }: Impact, which: AccountsImpact): readonly ImpactLine[] {
  const count = accounts[which]
  if (count === 0) return []
  const texts = {
    fewer: t('settings.impact.fewer'),
    more: t('settings.impact.more'),
    other: t('settings.impact.other'),
  }
  const tones = { fewer: 'denied', more: 'allowed', other: 'pending' } as const
  return [{ count, text: formatCount(count, texts[which]), tone: tones[which] }]
}
