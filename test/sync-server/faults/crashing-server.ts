/**
 * A server that kills itself, like a power cut would, at one place of the way from an edit to its publication.
 *
 * Arguments: the data folder; the place; how often it passes that place before it dies. Prints its port when it serves.
 * The product knows nothing of it: what passes is seen where it leaves the product, at SQLite and at the sockets.
 */
import { StatementSync } from 'node:sqlite'
import { WebSocket } from 'ws'
import { messageTypes } from '../../../core/protocol/message-types.ts'
import { createLogger } from '../../../sync-server/log.ts'
import { startServer } from '../../../sync-server/main.ts'
import { createAll } from '../../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../../sync-server/seed/preconfigured.ts'
import { accounts, people } from '../../support/people.ts'
import type { CrashPlace } from './crash-places.ts'

const [folder = '', place = 'never', passes = '0'] = process.argv.slice(2) as [string, CrashPlace, string]
let left = Number(passes)
let isServing = false

function die(): void {
  process.kill(process.pid, 'SIGKILL')
  // The signal is taken when the kernel next looks: nothing more may happen until then.
  for (;;) {}
}

function pass(here: CrashPlace): void {
  if (isServing && here === place && left-- <= 0) die()
}

const run = Object.getOwnPropertyDescriptor(StatementSync.prototype, 'run')?.value as (
  ...args: unknown[]
) => ReturnType<StatementSync['run']>
StatementSync.prototype.run = function (this: StatementSync, ...args: unknown[]) {
  const sql = this.sourceSQL
  if (sql.startsWith('BEGIN')) pass('before-commit')
  if (sql === 'COMMIT') pass('inside-transaction')
  const done = run.apply(this, args)
  if (sql.startsWith('INSERT INTO journal')) pass('half-written')
  if (sql === 'COMMIT') pass('after-commit')
  return done
}

const send = WebSocket.prototype.send as (this: WebSocket, ...args: unknown[]) => void
WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
  const type = (args[0] as Uint8Array)[0]
  if (type === messageTypes.verdict) pass('before-answer')
  if (type === messageTypes.feed) pass('before-publication')
  send.apply(this, args)
  // Two turns later the answer has left this process.
  if (type === messageTypes.verdict) setImmediate(() => setImmediate(() => pass('after-answer')))
}

const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  dataDir: folder,
  rate: 0,
  clientDir: null,
  log: createLogger('silent'),
  async prepare({ gate, storage }) {
    if ((await storage.head()).number > 0) return
    await seedPreconfigured(gate, 'Test')
    await createAll(gate, [...people, ...accounts])
  },
})
isServing = true
process.stdout.write(`${server.url}\n`)
