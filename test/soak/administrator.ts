/** Takes a right and gives it again, moves accounts out of a team's reach and back: on a device, like everybody. */
import { WebSocket } from 'ws'
import type { LinkDevice } from './link-device.ts'
import { editRight, nightShift, teamOf, wanderers } from './organisation.ts'
import { sleep, type World } from './world.ts'

const PAUSE_MS = 1_500
const AGAIN_MS = 500

/** Each act takes something away or gives it back, in turns. */
export async function administer(world: World, device: LinkDevice): Promise<void> {
  const team = `repCodes/${teamOf(0)}`
  const acts = [
    {
      what: 'a right taken or given',
      kind: 'group',
      id: nightShift,
      field: `features/${editRight}`,
      taken: 'deny',
    },
    ...wanderers.map((id) => ({
      what: 'a record moved',
      kind: 'account' as const,
      id,
      field: team,
      taken: null,
    })),
  ] as const
  for (let turn = 0; !world.isEnding; turn++) {
    const act = acts[turn % acts.length]
    if (act === undefined) return
    const isTaking = Math.floor(turn / acts.length) % 2 === 0
    const given = act.taken === null ? true : null
    const value = isTaking ? act.taken : given
    if (device.edit(act.kind, act.id, [{ field: act.field, value }])) world.count(world.faults, act.what)
    else turn--
    await sleep(PAUSE_MS)
  }
}

/** Looks at an account that comes and goes, and tries again whenever it is gone. Ends with the world, closed. */
export async function watch(world: World, workerId: string, account: string): Promise<void> {
  while (!world.isEnding) {
    const socket = await world.socket(`account/${account}`, workerId)
    const code = await new Promise<number>((resolve) => {
      socket.once('close', resolve)
      socket.once('open', () => {
        const look = setInterval(() => {
          if (!world.isEnding && socket.readyState === WebSocket.OPEN) return
          clearInterval(look)
          socket.close()
        }, AGAIN_MS)
      })
    })
    world.count(world.closes, String(code))
    if (code !== 4404 && code !== 1005) world.trouble(`${workerId} watching ${account}: closed with ${code}`)
    await sleep(AGAIN_MS)
  }
}
