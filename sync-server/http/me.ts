/** GET /api/me: who the caller is, what they hold and why, and what they reach. */
import { Hono } from 'hono'
import type { Scope } from '../../core/access/types.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'

export function meRoutes(portal: Portal): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get('/', requireSession(portal), (context) => {
    const { workerId } = context.get('session')
    const principal = portal.policy.principalOf(workerId)
    return context.json({
      worker: {
        id: workerId,
        username: principal.username,
        name: principal.name,
        userType: principal.userType,
      },
      rights: Object.fromEntries(principal.rights),
      scope: scopeToJson(principal.scope),
      restrictions: principal.restrictions,
      searchFilter: principal.searchFilter,
      policyVersion: principal.policyVersion,
    })
  })
  return routes
}

function scopeToJson(scope: Scope) {
  if (scope.everything) return { everything: true }
  return { everything: false, keys: [...scope.keys].map(([key, because]) => ({ key, because })) }
}
