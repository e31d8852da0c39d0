/** The server, put together: one organisation, its doors, and the sockets, on one port. */
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { createRateLimits } from './http/rate-limits.ts'
import { createSessions } from './http/sessions.ts'
import { tickPolicy } from './jobs/tick-policy.ts'
import { type After, after } from './jobs/timer.ts'
import type { Logger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openOrganisation, type Organisation } from './organisation.ts'
import { acceptSockets } from './rooms/accept-sockets.ts'

export interface RunningServer {
  readonly organisation: Organisation
  /** `http://host:port`, with the port that was really taken. */
  readonly url: string
  close(): Promise<void>
}

export interface ServerOptions extends Pick<Config, 'host' | 'port' | 'dataDir' | 'rate' | 'clientDir'> {
  readonly log: Logger
  readonly now?: () => number
  readonly after?: After
  /** How often sockets are looked after, in milliseconds. */
  readonly heartbeatMs?: number
  /** Runs before the port is opened: the demo organisation of a first start. */
  readonly prepare?: (organisation: Organisation) => Promise<void>
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const metrics = createMetrics()
  const organisation = await openOrganisation({ ...options, metrics })
  await options.prepare?.(organisation)
  const { storage, policy, now, newId } = organisation
  const isLive = (workerId: string) => policy.principalOf(workerId).live
  const sessions = createSessions({ storage, now, newId, isLive })
  const rateLimits = createRateLimits(options.rate)
  const { log, clientDir } = options

  const app = createApp({ ...organisation, sessions, rateLimits, log, clientDir, metrics: metrics.text })
  const server = createServer(getRequestListener(app.fetch))
  const sockets = acceptSockets({
    ...organisation,
    server,
    sessions,
    rate: options.rate,
    log,
    metrics,
    ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs }),
  })
  const stopDraining = drainSessionsOfDisabled(organisation, sessions.drain, log)
  const stopTicking = await tickPolicy({ ...organisation, after: options.after ?? after, log })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })

  return {
    organisation,
    url: `http://${urlHost(options.host)}:${(server.address() as AddressInfo).port}`,
    async close() {
      stopTicking()
      stopDraining()
      await sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await organisation.close()
    },
  }
}

/**
 * Sessions of a worker who is no longer live end with the commit that says so (W-05), but for handing in what their
 * devices hold (L16). The end of a validity is no different from being disabled: either way nothing is held (P5), and
 * data that stayed would be read by somebody who has left. What is undone later costs a sync; no edit is lost by it.
 */
function drainSessionsOfDisabled(
  { gate, policy }: Organisation,
  drain: (workerId: string) => Promise<void>,
  log: Logger,
): () => void {
  return gate.onCommitted(({ changes }) => {
    for (const { record } of changes)
      if (record.kind === 'worker' && !policy.principalOf(record.id).live)
        // A session of who is not live is none, drained or not: a failure costs only the socket's closing.
        drain(record.id).catch((error: unknown) => log.error({ err: error }, 'sessions could not be drained'))
  })
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
