/** Somebody has reviewed what was refused here: it needs no attention any more, and says who and why (D21). */
import type { Settled } from '../../core/protocol/settled.ts'
import { reopening, type Replica } from './database.ts'

/** What a person here has dealt with meanwhile stays as they left it. */
export async function applySettled(db: Replica, { reviewed }: Settled): Promise<void> {
  const byId = new Map(reviewed.map((one) => [one.quarantine, one]))
  await reopening(db, () =>
    db.quarantine
      .filter(({ serverId, settled }) => settled === null && serverId !== null && byId.has(serverId))
      .modify((entry) => {
        const one = byId.get(entry.serverId ?? '')
        if (one === undefined) return
        const { how, at, by, word } = one
        Object.assign(entry, { settled: { how, at, replacedBy: null, by, word } })
      }),
  )
}

/** Ids of the server's for what is still open here, the latest first: hello asks what became of them. */
export async function openHere(db: Replica, most: number): Promise<string[]> {
  const open = await db.quarantine.filter(({ settled }) => settled === null).toArray()
  return open
    .sort((one, other) => other.at - one.at)
    .flatMap(({ serverId }) => (serverId === null ? [] : [serverId]))
    .slice(0, most)
}
