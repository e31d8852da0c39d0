/** The four group types (G-05). Affiliate and client cap what a member can hold, whatever is allowed (P12). */
export const groupTypes = ['admin', 'user', 'affiliate', 'client'] as const
export type GroupType = (typeof groupTypes)[number]

export const groupTypeLabels: Readonly<Record<GroupType, string>> = {
  admin: 'Admin',
  user: 'User',
  affiliate: 'Affiliate',
  client: 'Client',
}
