/**
 * GET /api/match/account: who has this customer already? Links to what the caller may open, cards for the rest (S12).
 *
 * How many more there are is not said, and what is not a match is not told from what does not exist.
 */
import { Hono } from 'hono'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { decideMatching } from '../../core/match/decide-match.ts'
import { type MatchItem, matchItem, ownerName } from '../../core/match/match-item.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { findMatches, usefulCriteria } from '../match/find-matches.ts'
import type { ShownMatches } from '../match/shown-matches.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { problem } from './problem.ts'

const itemsMax = 20
const criterionLengthMax = 254

export function matchRoutes(portal: Portal, shown: ShownMatches): Hono<AppEnvironment> {
  const { storage, policy } = portal
  const routes = new Hono<AppEnvironment>()

  routes.get('/account', requireSession(portal), async (context) => {
    const session = context.get('session')
    const principal = policy.principalOf(session.workerId)
    const matching = decideMatching(principal)
    if (!isAllowed(matching))
      return problem(context, 403, 'You may not check for matches.', { reasons: matching.reasons })

    const { name = '', email = '', phone = '' } = context.req.query()
    if ([name, email, phone].some(({ length }) => length > criterionLengthMax))
      return problem(context, 400, `A criterion has at most ${criterionLengthMax} characters.`)
    const criteria = usefulCriteria({ name, email, phone })
    if (criteria.length === 0)
      return problem(context, 400, 'Give three characters or more of name, email or phone.')

    const items: MatchItem[] = []
    for (const account of (await findMatches(storage, criteria)).slice(0, itemsMax)) {
      const item = await itemOf(principal, account)
      if (item !== null) items.push(item)
    }
    shown.show(
      session.id,
      items.flatMap((item) => (item.type === 'link' ? item.id : [])),
    )
    return context.json({ items })
  })

  return routes

  async function itemOf(principal: Principal, account: Row): Promise<MatchItem | null> {
    const addresses = await storage.recordsUnder(`account:${account.id}`, ['address'])
    const cities = addresses.map(({ row }) => row.city)
    const city = cities.find((one): one is string => typeof one === 'string' && one !== '') ?? null
    return matchItem(principal, account, { city, owner: ownerName(policy.directory, account) })
  }
}
