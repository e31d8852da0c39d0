/** GET /api/demo: the logins of the demo organisation, for its sign-in screen; 404 on any other. No session needed. */
import { Hono } from 'hono'
import type { AppEnvironment, Portal } from './context.ts'
import { notFound } from './problem.ts'

/** Where the demo's logins are kept, as JSON. Absent from an organisation that is not a demo. */
export const demoLoginsKey = 'demo-logins'

export function demoRoutes({ storage }: Portal): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get('/', async (context) => {
    const logins = await storage.meta(demoLoginsKey)
    return logins === null ? notFound(context) : context.json({ logins: JSON.parse(logins) })
  })
  return routes
}
