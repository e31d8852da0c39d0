/**
 * A hundred sockets for ten minutes against the real server process, with faults from a seed, and whether anything of
 * the server grows meanwhile: `npm run soak`.
 *
 *   --minutes N     how long (10); below four nothing is said about growing
 *   --seed N        of who does what and what goes wrong (20261126). Sockets are real: what meets what differs each time
 *
 * Ends with 1 and the figure's name where something grows, where an honest edit was not answered or not merged, where a
 * replica differs from the server in one struct, and where sockets, rooms, links or file descriptors are left over.
 */
import { parseArgs } from 'node:util'
import { withFolder } from '../bench/with-folder.ts'
import { runAmbit, type RunningAmbit, startAmbit } from '../support/ambit-process.ts'
import { beginCrowd, type Crowd, SOCKETS, withPassword } from './crowd.ts'
import { checkEndState } from './end-state.ts'
import { SLOW_MS } from './faults.ts'
import { type Sample, sampleWindows, takeSample, type Window } from './figures.ts'
import { growing, table } from './judge.ts'
import { accountId, makeOrganisation, teamOf, TEAMS } from './organisation.ts'
import { accountsFor, sleep, World } from './world.ts'

const PATIENCE_MS = 60_000
/** Until the last faults have had their effect: slow readers read again. */
const CALM_MS = SLOW_MS + 2_000
/** The client that asks for /metrics keeps a few connections open. */
const FDS_OF_HTTP = 4

async function soak(folder: string, minutes: number, seed: number): Promise<World> {
  const tokens = await makeOrganisation(folder, accountsFor(minutes))
  const passwords = new Map(withPassword.map((id) => [id as string, `the password of ${id}`]))
  for (const [id, password] of passwords) {
    const { code, stderr } = await runAmbit(['password', id, '--data', folder], { input: `${password}\n` })
    if (code !== 0) throw new Error(`no password for ${id}: ${stderr}`)
  }
  const ambit = await startAmbit(['--data', folder, '--no-demo'], { env: { AMBIT_LOG: 'warn' } })
  const world = new World(ambit.url, tokens, passwords)
  try {
    // A new password has ended the session that was there.
    for (const id of passwords.keys()) await world.signInAnew(id)
    const before = await takeSample(ambit.url, folder)
    const crowd = beginCrowd(world, seed)
    const rest = crowd.rest.catch((error: unknown) => world.trouble(`everybody stopped: ${String(error)}`))
    const windows = await sampleFor(world, folder, minutes)
    world.isCalm = true
    await sleep(CALM_MS)
    world.isEnding = true
    await withPatience(world, 'everybody comes to rest', rest)
    await settle(world, crowd)
    const open = crowd.visitors.flatMap((visitor) => visitor.open ?? [])
    await closeAll(world, crowd, before, folder)
    await stop(ambit, world)
    console.log(`\n${await checkEndState(folder, world, { devices: crowd.devices, open })}`)
    report(world, windows)
    return world
  } finally {
    await ambit.stop()
  }
}

async function sampleFor(world: World, folder: string, minutes: number): Promise<readonly Window[]> {
  const windows: Window[] = []
  await sampleWindows(world, folder, AbortSignal.timeout(minutes * 60_000), (window) => {
    windows.push(window)
    const { rss, heap, rate, p99, sockets } = window
    const told = [
      `${rss.toFixed(0)} MB`,
      `heap ${heap.toFixed(1)}`,
      `${rate.toFixed(0)}/s`,
      `p99 ${p99.toFixed(0)} ms`,
    ]
    console.log(
      `${windows.length * 30} s: ${told.join(', ')}, ${sockets} sockets, ${world.troubles.length} troubles`,
    )
  })
  return windows
}

/** One more edit for each team, made by the administrator: whoever has it has everything before it. */
async function settle(world: World, { administrator, devices }: Crowd): Promise<void> {
  const value = 'the last'
  for (let team = 0; team < TEAMS; team++) {
    const write = { field: 'phone', value }
    await until(world, `the last edit of ${teamOf(team)}`, () =>
      administrator.edit('account', accountId(team), [write]),
    )
  }
  const hasAll = (team: number | null, phoneOf: (id: string) => unknown) =>
    Array.from({ length: TEAMS }, (_, n) => n).every(
      (n) => (team !== null && team !== n) || phoneOf(accountId(n)) === value,
    )
  for (const device of devices)
    await until(
      world,
      `the feed of ${device.workerId}`,
      () =>
        hasAll(device.team, (id) => device.records.get(`account/${id}`)?.row.phone) && device.underWay === 0,
    )
  // Rooms are told in the turn of the commit; their frames are long under way.
  await sleep(2_000)
}

async function closeAll(world: World, crowd: Crowd, before: Sample, folder: string): Promise<void> {
  for (const visitor of crowd.visitors) visitor.close()
  for (const device of crowd.devices) device.close()
  let after = before
  const isBack = async () => {
    after = await takeSample(world.url, folder)
    return after.sockets + after.rooms + after.links === 0 && after.fds <= before.fds + FDS_OF_HTTP
  }
  await until(world, 'sockets, rooms, links and descriptors go back to none', isBack)
  console.log(
    `\nafter the last socket: ${after.sockets} sockets, ${after.rooms} rooms, ${after.links} links, ` +
      `${after.fds} descriptors (${before.fds} before the first), ${after.live} live records`,
  )
}

async function stop(ambit: RunningAmbit, world: World): Promise<void> {
  await ambit.stop()
  for (const line of ambit.printed().split('\n'))
    if (/"level":[456]0/.test(line)) world.trouble(`the server's log: ${line}`)
}

function report(world: World, windows: readonly Window[]): void {
  console.log(`\n${table(windows)}\n`)
  console.log(`edits: ${world.edits}`)
  for (const [name, counts] of [
    ['faults', world.faults],
    ['closes', world.closes],
  ] as const)
    console.log(
      `${name}: ${[...counts]
        .sort()
        .map(([what, count]) => `${what} ${count}`)
        .join(', ')}`,
    )
  for (const sentence of growing(windows)) world.trouble(sentence)
}

async function until(world: World, what: string, question: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await question())) {
    if (performance.now() > end) return world.trouble(`not within ${PATIENCE_MS / 1_000} s: ${what}`)
    await sleep(50)
  }
}

async function withPatience(world: World, what: string, work: Promise<unknown>): Promise<void> {
  let isDone = false
  void work.then(() => (isDone = true))
  await until(world, what, () => isDone)
}

// Each y-websocket provider waits for the end of the process.
process.setMaxListeners(0)
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '20261126' } },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
console.log(`${SOCKETS} sockets for ${minutes} minutes, seed ${seed}`)
const world = await withFolder((folder) => soak(folder, minutes, seed))
console.log(
  world.troubles.length === 0 ? '\nnothing grows, nothing is lost' : `\n${world.troubles.length} troubles`,
)
process.exit(world.troubles.length === 0 ? 0 : 1)
