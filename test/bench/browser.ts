/**
 * What a device does with tens of thousands of records: first sync, cold start without a network, search (DESIGN 10).
 * A real Chromium with profiles on disk against `ambit serve` in a process of its own. Every round of a first sync has
 * a new profile, every cold start a new browser; while the network is off the server does not even run.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Bench, BenchOptions, Line } from './bench.ts'
import {
  coldStart,
  firstSync,
  listLength,
  typeWords,
  untilInstalled,
  untilSearchIsReady,
  withDevice,
} from './browser-device.ts'
import { type BenchOrganisation, openBenchOrganisation } from './browser-organisation.ts'
import { readList, toBarePage, writeAllPlainly } from './browser-peers.ts'
import { atMost, spreadOf } from './measure.ts'
import { withFolder } from './with-folder.ts'

export const bench: Bench = {
  title: 'a device with 77,000 records, in Chromium',
  run: (options) =>
    withFolder(async (folder) => {
      buildClient()
      const organisation = await openBenchOrganisation(folder, options.note)
      const { server } = organisation
      const devices = { all: join(folder, 'device-all'), rep: join(folder, 'device-rep') }
      let lines: readonly Line[]
      try {
        lines = await measureSync(organisation, devices, options)
      } finally {
        await server.stop()
      }
      return [...lines, ...(await measureOffline(organisation, devices, options))]
    }),
}

interface Devices {
  readonly all: string
  readonly rep: string
}

/** What is measured must be what the sources say. */
function buildClient(): void {
  const script = join(import.meta.dirname, '../../scripts/build.js')
  const { status, stderr } = spawnSync(process.execPath, [script, '--if-stale'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the client could not be built: ${stderr}`)
}

/** The devices of the last rounds stay for what comes after. */
async function measureSync(
  { server, all, rep, records, repAccounts }: BenchOrganisation,
  devices: Devices,
  { rounds, note }: BenchOptions,
): Promise<readonly Line[]> {
  const ours: number[] = []
  const plain: number[] = []
  const few: number[] = []
  const last = Math.min(rounds, 2)
  for (let round = 1; round <= last; round++) {
    const profile = round === last ? devices.all : `${devices.all}-${round}`
    await withDevice(profile, async (page) => {
      ours.push(await firstSync(page, server.url, all))
      await untilInstalled(page)
      await toBarePage(page, server.url)
      const peer = await writeAllPlainly(page)
      if (peer.records < records) throw new Error(`${peer.records} records came instead of ${records}`)
      plain.push(peer.seconds)
      note(`round ${round}: ${peer.records.toLocaleString('en-GB')} records in ${ours.at(-1)?.toFixed(1)} s`)
    })
  }
  const lastFew = Math.min(rounds, 3)
  for (let round = 1; round <= lastFew; round++) {
    const profile = round === lastFew ? devices.rep : `${devices.rep}-${round}`
    await withDevice(profile, async (page) => {
      few.push(await firstSync(page, server.url, rep))
      await untilInstalled(page)
      await page.goto(`${server.url}/crm/accounts`)
      expectLength(await listLength(page), repAccounts)
    })
  }
  return [
    {
      what: 'first sync of everything',
      unit: 's',
      ours: spreadOf(ours),
      peer: { name: 'bare Dexie, no network', figures: spreadOf(plain) },
      budgets: [atMost(20, '20 s')],
    },
    {
      what: `first sync of a rep’s ${repAccounts} accounts`,
      unit: 's',
      ours: spreadOf(few),
      peer: null,
      budgets: [atMost(1, '1 s')],
    },
  ]
}

async function measureOffline(
  { server, words, repAccounts }: BenchOrganisation,
  devices: Devices,
  { rounds, note }: BenchOptions,
): Promise<readonly Line[]> {
  const many: number[] = []
  const few: number[] = []
  const lists: { keysMs: number; rowsMs: number }[] = []
  let letters: readonly number[] = []
  const last = Math.min(rounds, 5)
  for (let round = 1; round <= last; round++) {
    await withDevice(devices.rep, async (page, context) => {
      await context.setOffline(true)
      few.push(await coldStart(page, server.url))
      expectLength(await listLength(page), repAccounts)
    })
    await withDevice(devices.all, async (page, context) => {
      await context.setOffline(true)
      many.push(await coldStart(page, server.url))
      note(`cold start: ${(await listLength(page)).toLocaleString('en-GB')} accounts in the list`)
      if (round === last) {
        await untilSearchIsReady(page)
        letters = await typeWords(page, words)
      }
      await toBarePage(page, server.url)
      lists.push(await readList(page))
    })
  }
  return [
    {
      what: 'cold start without a network to the list',
      unit: 'ms',
      ours: spreadOf(many),
      peer: { name: `with ${repAccounts} accounts`, figures: spreadOf(few) },
      budgets: [atMost(1_500, '1.5 s')],
    },
    {
      what: 'of it the keys of the list',
      unit: 'ms',
      ours: spreadOf(lists.map(({ keysMs }) => keysMs)),
      peer: { name: 'whole rows', figures: spreadOf(lists.map(({ rowsMs }) => rowsMs)) },
      budgets: [],
    },
    {
      what: `search: from a letter to its rows, ${letters.length} letters`,
      unit: 'ms',
      ours: spreadOf(letters),
      peer: null,
      budgets: [atMost(50, '50 ms')],
    },
  ]
}

function expectLength(found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${found} accounts in the list instead of ${wanted}`)
}
