/** All kinds of record there are. A new kind is one file and one line here. */
import { account } from './account.ts'
import { address } from './address.ts'
import { board } from './board.ts'
import { campaign } from './campaign.ts'
import { colleague } from './colleague.ts'
import { contact } from './contact.ts'
import { desk } from './desk.ts'
import { group } from './group.ts'
import type { Kind, KindSpec } from './kind-spec.ts'
import { labelSet } from './label-set.ts'
import { settings } from './settings.ts'
import { worker } from './worker.ts'

export const kindSpecs: Readonly<Record<Kind, KindSpec>> = {
  worker,
  group,
  account,
  contact,
  address,
  settings,
  desk,
  colleague,
  'label-set': labelSet,
  board,
  campaign,
}

export function isKind(value: string): value is Kind {
  return Object.hasOwn(kindSpecs, value)
}
