/** What the server told of a change, as lines of numbers. */
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { ImpactLine } from '../../../components/Impact.tsx'
import type { Consequences } from './consequences.ts'

/** Accounts that leave and enter sight, summed over the workers concerned. */
export function accountLines({ workers }: Consequences): readonly ImpactLine[] {
  return [...sumLine(workers, 'lost'), ...sumLine(workers, 'gained')]
}

function sumLine(workers: Consequences['workers'], which: 'lost' | 'gained'): readonly ImpactLine[] {
  const concerned = workers.filter(({ accounts }) => accounts[which] > 0)
  const sum = concerned.reduce((total, { accounts }) => total + accounts[which], 0)
  if (sum === 0) return []
  const over = { workers: String(concerned.length) }
  const alone = which === 'lost' ? t('settings.impact.accountsLess') : t('settings.impact.accountsMore')
  const shared =
    which === 'lost'
      ? { one: t('settings.impact.lessOver', over), other: t('settings.impact.lessOver', over) }
      : { one: t('settings.impact.moreOver', over), other: t('settings.impact.moreOver', over) }
  const text = formatCount(sum, concerned.length === 1 ? alone : shared)
  return [{ count: sum, text, tone: which === 'lost' ? 'denied' : 'allowed' }]
}

/** Unsent edits at stake: what was typed before anybody knew. */
export function deviceLines({ devices }: Consequences): readonly ImpactLine[] {
  const holding = devices.filter(({ refused }) => refused > 0)
  const refused = holding.reduce((total, device) => total + device.refused, 0)
  if (refused === 0) return []
  const names = [...new Set(holding.map(({ name }) => name))]
  const who = { names: new Intl.ListFormat().format(names) }
  const text = { one: t('settings.impact.unsentOne', who), other: t('settings.impact.unsent', who) }
  return [{ count: refused, text: formatCount(refused, text), tone: 'pending' }]
}
