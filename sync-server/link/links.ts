/** The devices that are connected, and what commits tell them: those they concern, in the order of commits. */
import { randomInt } from 'node:crypto'
import type { Row } from '../../core/records/kind-spec.ts'
import type { Policy } from '../gate/policy.ts'
import type { CommittedBatch, Gate } from '../gate/types.ts'
import type { Rate } from '../gate/rate.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Socket } from '../rooms/socket.ts'
import type { Settlements } from '../review/settlements.ts'
import type { Device, Storage } from '../storage/storage.ts'
import { createAudience } from './audience.ts'
import { DrainSession } from './drain-session.ts'
import type { UpTo } from './feed-page.ts'
import { LinkSession } from './link-session.ts'
import type { AccountRows } from './visibility.ts'

export interface LinksDependencies {
  readonly gate: Gate
  readonly policy: Policy
  readonly storage: Storage
  readonly history: string
  readonly isRestored: boolean
  readonly settlements: Settlements
  readonly now: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'updates' | 'verdictSeconds'>
  /** Frames of any sort, by socket. */
  readonly frameRate: Rate
  /** What was lost by a restore, by worker. */
  readonly foundRate: Rate
  /** Told after each change of the number of links that have said hello. */
  readonly onSize: (size: number) => void
  /** A device that is to be wiped said hello under a session that did not know it. */
  readonly onWipeDue: (device: Device) => Promise<void>
  /** The receipt of a device's wipe: what it signed in with is over. */
  readonly onWiped: (ended: { readonly id: string } | { readonly deviceId: string }) => Promise<void>
}

export interface Links {
  /** Links that have said hello. */
  readonly all: ReadonlySet<LinkSession>
  /** A socket on the worker's own desk, which may become a link by saying hello. */
  open(socket: Socket): LinkSession
  /** The same for a worker who is not live (L16). */
  drain(socket: Socket): void
  /** At a steady pace: keeps how far each device is. */
  beat(): void
  close(): Promise<void>
}

export function createLinks(deps: LinksDependencies): Links {
  const audience = createAudience<LinkSession>()
  const links = new Set<LinkSession>()
  const byDevice = new Map<string, LinkSession>()
  const ending = new Set<Promise<void>>()
  let head: UpTo = { number: 0, chain: '' }

  const stopListening = deps.gate.onCommitted((batch) => {
    const last = batch.changes.at(-1)
    if (last !== undefined) head = { number: last.seq, chain: last.chain }
    if (links.size === 0) return
    // Rights first: what follows is told under them.
    if (batch.policy !== null) for (const link of links) link.checkPolicy()
    if (batch.conflicts.length > 0) for (const link of links) link.noteConflicts(batch.conflicts)
    const accounts = accountRowsOf(batch)
    for (const change of batch.changes) {
      const keys = new Set([...change.keysBefore, ...change.keys])
      for (const link of audience.of(change.record.kind, keys)) link.note(change, accounts)
    }
  })

  const stopTelling = deps.settlements.onSettled((settlement) => {
    for (const link of links) if (link.workerId === settlement.entry.workerId) link.tellSettled([settlement])
  })

  function begun(link: LinkSession): void {
    links.add(link)
    deps.onSize(links.size)
    audience.set(link, link.reach)
    if (link.deviceId === null) return
    // A socket that died unnoticed, or another tab: a lease has one writer.
    byDevice.get(link.deviceId)?.replace()
    byDevice.set(link.deviceId, link)
  }

  function gone(link: LinkSession): void {
    audience.remove(link)
    if (link.deviceId !== null && byDevice.get(link.deviceId) === link) byDevice.delete(link.deviceId)
    if (links.delete(link)) deps.onSize(links.size)
    finish(link)
  }

  function finish(link: LinkSession | DrainSession): void {
    const ended: Promise<void> = link
      .end()
      .catch((error: unknown) => deps.log.error({ err: error }, 'a link could not be ended'))
      .finally(() => ending.delete(ended))
    ending.add(ended)
  }

  return {
    all: links,
    open(socket) {
      let isGone = false
      const link = new LinkSession(socket, {
        ...deps,
        newClientId,
        onBegun: (one) => {
          if (!isGone) begun(one)
        },
        onViewChanged: (one) => audience.set(one, one.reach),
      })
      socket.onGone(() => {
        isGone = true
        gone(link)
      })
      return link
    },
    drain(socket) {
      const drain = new DrainSession(socket, { ...deps, newClientId })
      socket.onGone(() => finish(drain))
    },
    beat() {
      for (const link of links) link.beat(head)
    },
    async close() {
      stopListening()
      stopTelling()
      await Promise.all(ending)
    },
  }
}

function newClientId(): number {
  return randomInt(1, 2 ** 32)
}

/** Accounts before the whole batch and after it: what hangs on them is seen or not by these. */
function accountRowsOf({ changes }: CommittedBatch): AccountRows {
  const rows = new Map<string, { before: Row | null; after: Row }>()
  for (const { record, rowBefore, row } of changes) {
    if (record.kind !== 'account') continue
    rows.set(record.id, { before: rows.get(record.id)?.before ?? rowBefore, after: row })
  }
  return rows
}
