/** A dry run in numbers: how many workers gain and lose each feature, and how many see more, fewer or other accounts. */
import type { Effect } from './dry-run.ts'

export interface Impact {
  /** How many workers lose each feature, the most first. */
  readonly lost: readonly FeatureImpact[]
  readonly gained: readonly FeatureImpact[]
  readonly accounts: Readonly<Record<AccountsImpact, number>>
  /** How many workers read the accounts of others through Check for Match, or no longer do. */
  readonly matches: Readonly<Record<'opened' | 'closed', number>>
}

export interface FeatureImpact {
  readonly feature: string
  readonly workers: number
}

/** Other: some come and some go, as far as the scope tells. */
export type AccountsImpact = 'fewer' | 'more' | 'other'

export function impactOf(effects: readonly Effect[]): Impact {
  const accounts = { fewer: 0, more: 0, other: 0 }
  for (const effect of effects) {
    const which = accountsImpact(effect)
    if (which !== null) accounts[which]++
  }
  return {
    lost: byFeature(effects.map(({ loses }) => loses)),
    gained: byFeature(effects.map(({ gains }) => gains)),
    accounts,
    matches: {
      opened: effects.filter(({ matches }) => matches === 'opened').length,
      closed: effects.filter(({ matches }) => matches === 'closed').length,
    },
  }
}

export function accountsImpact(effect: Effect): AccountsImpact | null {
  const { everything, scopeGains, scopeLoses, gains, loses, seesOthers } = effect
  if (!seesOthers) return null
  if (loses.includes(viewAccounts)) return 'fewer'
  if (gains.includes(viewAccounts)) return 'more'
  if (everything !== null) return everything === 'gained' ? 'more' : 'fewer'
  if (scopeGains.length > 0 && scopeLoses.length > 0) return 'other'
  if (scopeGains.length > 0) return 'more'
  // Restrictions are what is left: which accounts they take out or let in, the scope does not tell.
  return scopeLoses.length > 0 ? 'fewer' : 'other'
}

/** Without it no account is seen, whatever the scope. */
const viewAccounts = 'crm.accounts.view'

/** How many workers have each feature in their list, the most first. */
export function byFeature(lists: readonly (readonly string[])[]): readonly FeatureImpact[] {
  const counts = new Map<string, number>()
  for (const list of lists) for (const feature of list) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return [...counts]
    .map(([feature, workers]) => ({ feature, workers }))
    .sort((a, b) => b.workers - a.workers || (a.feature < b.feature ? -1 : 1))
}
