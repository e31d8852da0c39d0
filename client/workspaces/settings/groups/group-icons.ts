/** What a group of each type looks like in a list. */
import AffiliateIcon from '~icons/lucide/handshake'
import ClientIcon from '~icons/lucide/building'
import GroupsIcon from '~icons/lucide/users-round'
import ShieldIcon from '~icons/lucide/shield-check'
import type { GroupType } from '../../../../core/catalogue/group-types.ts'
import type { IconComponent } from '../../../components/types.ts'

export const groupIcons: Readonly<Record<GroupType, IconComponent>> = {
  admin: ShieldIcon,
  user: GroupsIcon,
  affiliate: AffiliateIcon,
  client: ClientIcon,
}
