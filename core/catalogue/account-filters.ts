/** The account filter, alias accounts query type: which accounts a worker reaches (R-09..R-12, R-27, W-10). */
export const accountFilters = ['my-acct', 'rep', 'all', 'mapped'] as const
export type AccountFilter = (typeof accountFilters)[number]

export const accountFilterLabels: Readonly<Record<AccountFilter, string>> = {
  'my-acct': 'Matching Account/A_ID',
  rep: 'Accounts with rep code match',
  all: 'Show All Accounts',
  mapped: 'Accounts Mapped Below',
}
