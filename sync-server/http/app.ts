/** All HTTP routes of section 8 in one place to read, each in a file of its own. */
import { Hono } from 'hono'
import { createShownMatches } from '../match/shown-matches.ts'
import { auditRoutes } from './audit.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { demoRoutes } from './demo.ts'
import { deviceRoutes } from './devices.ts'
import { dryRunRoutes } from './dry-run.ts'
import { exchangeRoutes } from './exchange.ts'
import { explainRoutes } from './explain.ts'
import { refuseForeignOrigin } from './guards.ts'
import { inviteRoutes } from './invites.ts'
import { loginRoutes } from './login.ts'
import { matchRoutes } from './match.ts'
import { meRoutes } from './me.ts'
import { ownPasswordRoutes } from './own-password.ts'
import { notFound, problem } from './problem.ts'
import { quarantineRoutes } from './quarantine.ts'
import { recordRoutes } from './records.ts'
import { securityHeaders } from './security-headers.ts'
import { staticClient } from './static-client.ts'
import { workerLoginRoutes } from './worker-logins.ts'

export function createApp(portal: Portal): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.use(securityHeaders)
  app.use('/api/*', refuseForeignOrigin)

  app.get('/api/health', (context) => context.json({ status: 'ready' }))
  app.get('/metrics', async (context) =>
    context.body(await portal.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )
  app.route('/api', loginRoutes(portal))
  app.route('/api/password', ownPasswordRoutes(portal))
  app.route('/api/invite', inviteRoutes(portal))
  app.route('/api/workers', workerLoginRoutes(portal))
  app.route('/api/devices', deviceRoutes(portal))
  app.route('/api/me', meRoutes(portal))
  app.route('/api/demo', demoRoutes(portal))
  const shown = createShownMatches(portal.now)
  portal.sessions.onEnded((sessionId) => shown.forget(sessionId))
  app.route('/api/records', recordRoutes(portal, shown))
  app.route('/api/match', matchRoutes(portal, shown))
  app.route('/api/audit', auditRoutes(portal))
  app.route('/api/quarantine', quarantineRoutes(portal))
  app.route('/api', explainRoutes(portal))
  app.route('/api', exchangeRoutes(portal))
  app.route('/api/dry-run', dryRunRoutes(portal))
  app.all('/api/*', (context) => notFound(context))
  if (portal.clientDir !== null) app.route('/', staticClient(portal.clientDir))

  app.notFound((context) => notFound(context))
  app.onError((error, context) => {
    portal.log.error({ err: error, path: new URL(context.req.url).pathname }, 'request failed')
    return problem(context, 500, 'The server could not finish this. It has been logged; try again.')
  })
  return app
}
