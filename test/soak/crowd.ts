/** A hundred sockets: fifty of one manager, fifty of everybody else; and what happens to them. */
import { createRandom, type Random } from '../simulation/fuzz/random.ts'
import { administer, watch } from './administrator.ts'
import { LinkDevice, type LinkFault } from './link-device.ts'
import { repId, REPS, TEAMS, wanderers } from './organisation.ts'
import { type RoomFault, RoomVisitor } from './room-visitor.ts'
import { sleep, type World } from './world.ts'

const MANAGERS_LINKS = 10
const MANAGERS_ROOMS = 40
const REPS_LINKS = 23
const REPS_ROOMS = 22
/** Beside them: the administrator's link, two reps of the night shift, two who watch what comes and goes. */
export const SOCKETS = MANAGERS_LINKS + MANAGERS_ROOMS + REPS_LINKS + REPS_ROOMS + 1 + 2 + wanderers.length

/** Who signs out and in again: reps in rooms. */
export const withPassword = [repId(REPS_LINKS), repId(REPS_LINKS + 1)] as const

/** A rep of the first team, whose account it was. */
const WATCHER = REPS - (REPS % TEAMS)

const FAULT_MS = 250

/** Most are cuts; noise is cheap; the others end a socket by a rule. */
const roomFaults: readonly RoomFault[] = [
  'cut',
  'cut',
  'cut',
  'half-frame',
  'malformed',
  'too-large',
  'slow',
  'slow',
  'forbidden',
  'presence-noise',
  'presence-noise',
  'sign-in-anew',
]
const linkFaults: readonly LinkFault[] = [
  'cut',
  'cut',
  'cut',
  'half-frame',
  'malformed',
  'too-large',
  'slow',
  'slow',
  'forbidden',
  'broken-update',
]

export interface Crowd {
  readonly visitors: readonly RoomVisitor[]
  readonly devices: readonly LinkDevice[]
  readonly administrator: LinkDevice
  /** Resolves when the world has ended and everybody has come to rest, connected. */
  readonly rest: Promise<unknown>
}

export function beginCrowd(world: World, seed: number): Crowd {
  let seeds = seed
  const random = () => createRandom(seeds++)
  const manager = { workerId: 'max', team: null }
  const rep = (n: number) => ({ workerId: repId(n), team: n % TEAMS })
  const device = (options: { workerId: string; team: number | null }) =>
    new LinkDevice(world, random(), { ...options, isBusy: true })
  const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))

  const administrator = new LinkDevice(world, random(), { workerId: 'ada', team: null })
  const busy = [...many(MANAGERS_LINKS, () => device(manager)), ...many(REPS_LINKS, (n) => device(rep(n)))]
  const honest = [
    ...many(MANAGERS_ROOMS, () => new RoomVisitor(world, random(), manager)),
    ...many(REPS_ROOMS, (n) => new RoomVisitor(world, random(), rep(REPS_LINKS + n))),
  ]
  const night = many(2, (n) => {
    const options = { workerId: `night-${n}`, team: n + 1, isAtNight: true }
    return new RoomVisitor(world, random(), options)
  })
  const devices = [...busy, administrator]
  const visitors = [...honest, ...night]
  const faults = random()
  return {
    visitors,
    devices,
    administrator,
    rest: Promise.all([
      ...devices.map((one) => one.live()),
      ...visitors.map((one) => one.live()),
      ...wanderers.map((account) => watch(world, repId(WATCHER), account)),
      administer(world, administrator),
      makeTrouble(world, faults, honest, busy),
    ]),
  }
}

/** One fault after another, each to somebody who has a socket to suffer it. */
async function makeTrouble(
  world: World,
  random: Random,
  visitors: readonly RoomVisitor[],
  devices: readonly LinkDevice[],
): Promise<void> {
  while (!world.isCalm) {
    const n = random.int(visitors.length + devices.length)
    const device = devices[n - visitors.length]
    const what = device === undefined ? random.pick(roomFaults) : random.pick(linkFaults)
    // Only a few can.
    const visitor =
      what === 'sign-in-anew' ? visitors[MANAGERS_ROOMS + random.int(withPassword.length)] : visitors[n]
    const isSuffered =
      device === undefined ? visitor?.suffer(what as RoomFault) : device.suffer(what as LinkFault)
    if (isSuffered === true) world.count(world.faults, what)
    await sleep(FAULT_MS)
  }
}
