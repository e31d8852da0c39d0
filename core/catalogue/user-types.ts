/** The six user types, highest first (U-01..U-06). They decide leads, and widen `rep` for two of them (S3). */
export const userTypes = [
  'administrator',
  'global_user',
  'organization',
  'account_manager',
  'partner',
  'partner_rep',
] as const
export type UserType = (typeof userTypes)[number]

export const userTypeLabels: Readonly<Record<UserType, string>> = {
  administrator: 'Administrator',
  global_user: 'Global User',
  organization: 'Organization',
  account_manager: 'Account Manager',
  partner: 'Partner',
  partner_rep: 'Partner Rep',
}
