/**
 * Which devices hold unsent edits that a change would have refused (P28): as they told in their last hello, less what
 * has been answered since. What was typed on a device that is still away nobody can know.
 */
import { decide, decideView } from '../../core/access/decide.ts'
import type { Effect } from '../../core/access/dry-run.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import type { Asker } from './dry-run.ts'
import { loadTarget } from '../http/visible-records.ts'
import type { DeviceWithUnsent, Storage, UnsentEdits } from '../storage/storage.ts'

export interface DeviceEffect {
  readonly deviceId: string
  readonly workerId: string
  readonly name: string
  /** When it last said hello or wrote, milliseconds. */
  readonly seenAt: number
  /** Edits that wait on it, as far as is known. */
  readonly unsent: number
  /**
   * Of those that it named, and whose records the asker sees: allowed as things stand, and no longer after the change.
   */
  readonly refused: number
}

type Before = Principal
type After = Principal

/** Devices with anything unsent, of the workers concerned; those that lose most first. */
export async function unsentEffects(
  storage: Storage,
  effects: readonly Effect[],
  principals: (workerId: string) => readonly [Before, After],
  asker: Asker,
): Promise<readonly DeviceEffect[]> {
  const names = new Map(effects.map(({ workerId, name }) => [workerId, name]))
  const devices = await storage.devicesWithUnsent([...names.keys()])
  const told: DeviceEffect[] = []
  for (const device of devices) {
    const waiting = await waitingOn(storage, device)
    if (waiting.total === 0) continue
    const refused = await countRefused(storage, waiting, principals(device.workerId), asker)
    const { id, workerId, seenAt } = device
    const name = names.get(workerId) ?? ''
    told.push({ deviceId: id, workerId, name, seenAt, unsent: waiting.total, refused })
  }
  return told.sort((a, b) => b.refused - a.refused || b.unsent - a.unsent || a.name.localeCompare(b.name))
}

/** What it told of, less what has been answered since. */
export async function waitingOn(storage: Storage, { id, unsent }: DeviceWithUnsent): Promise<UnsentEdits> {
  const edits: UnsentEdits['edits'][number][] = []
  for (const edit of unsent.edits) {
    if ((await storage.verdict(id, edit.edit)) === null) edits.push(edit)
  }
  return { total: unsent.total - (unsent.edits.length - edits.length), edits }
}

async function countRefused(
  storage: Storage,
  { edits }: UnsentEdits,
  [before, after]: readonly [Before, After],
  asker: Asker,
): Promise<number> {
  let refused = 0
  for (const { record, creates, fields } of edits) {
    const target = await loadTarget(storage, record)
    // What is hidden from the asker is counted nowhere (GATE 34); what is still to be made hides nothing.
    if (!creates && asker !== 'operator' && !isAllowed(decideView(asker, target))) continue
    const may = (principal: Principal) =>
      creates
        ? isAllowed(decide(principal, 'create', { kind: record.kind, id: record.id, row: null }))
        : fields.every((field) => isAllowed(decide(principal, 'edit', target, field)))
    if (may(before) && !may(after)) refused++
  }
  return refused
}
