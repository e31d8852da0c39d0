/** What the server's process tells of itself, every two seconds, and the windows of half a minute made of that. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { arithmetic, spreadOf, timeOf } from '../bench/measure.ts'
import type { World } from './world.ts'

export const SAMPLE_MS = 2_000
export const WINDOW_MS = 30_000
/** Some 2 ms: the clients share this process. */
const WORK_STEPS = 1_000_000

/** One look at `/metrics` and at the data folder. Bytes, seconds, numbers. */
export interface Sample {
  readonly rss: number
  /** What has outlived two collections of what is new. */
  readonly heap: number
  readonly external: number
  readonly fds: number
  readonly sockets: number
  readonly rooms: number
  readonly links: number
  readonly live: number
  readonly answered: number
  readonly merged: number
  readonly lag: number
  readonly disk: number
  /** Milliseconds that a piece of arithmetic took here. */
  readonly work: number
}

/** Half a minute. */
export interface Window {
  /** The least of it: what was left after a collection. Megabytes, as RSS and external memory. */
  readonly heap: number
  readonly rss: number
  readonly external: number
  /** Beyond one for each socket. */
  readonly fds: number
  readonly sockets: number
  readonly rooms: number
  readonly links: number
  readonly live: number
  /** Updates answered, a second. */
  readonly rate: number
  /** Milliseconds from a device's push to its verdict. */
  readonly p50: number
  readonly p99: number
  /** Milliseconds. */
  readonly lag: number
  /** Bytes on the disk for each update merged. */
  readonly disk: number
  /** Milliseconds that the same piece of arithmetic took on average: what else the machine had to do. */
  readonly work: number
}

const names = {
  rss: 'process_resident_memory_bytes',
  /** With what is new and mostly garbage; taken off below. */
  heap: 'nodejs_heap_size_used_bytes',
  young: 'nodejs_heap_space_size_used_bytes{space="new"}',
  external: 'nodejs_external_memory_bytes',
  fds: 'process_open_fds',
  sockets: 'ambit_sockets',
  rooms: 'ambit_rooms',
  links: 'ambit_links',
  live: 'ambit_live_records',
  lag: 'nodejs_eventloop_lag_p99_seconds',
} as const

export async function takeSample(url: string, folder: string): Promise<Sample> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const told = Object.fromEntries(
    Object.entries(names).map(([name, metric]) => [name, numberOf(text, metric)]),
  ) as Record<keyof typeof names, number>
  const verdicts = [...text.matchAll(/^ambit_updates_total\{verdict="(\w+)"\} (\d+)$/gm)]
  const sum = (of: (verdict: string) => boolean) =>
    verdicts.reduce((all, [, verdict = '', count]) => all + (of(verdict) ? Number(count) : 0), 0)
  return {
    ...told,
    heap: told.heap - told.young,
    answered: sum(() => true),
    merged: sum((verdict) => verdict === 'merged'),
    disk: await bytesIn(folder),
    work: timeOf(() => arithmetic(WORK_STEPS)),
  }
}

/** Samples until `signal` says so; calls with each window as it is full. */
export async function sampleWindows(
  world: World,
  folder: string,
  signal: AbortSignal,
  onWindow: (window: Window) => void,
): Promise<void> {
  let samples: Sample[] = [await takeSample(world.url, folder)]
  world.answers = []
  const perWindow = WINDOW_MS / SAMPLE_MS
  const begin = performance.now()
  for (let turn = 1; !signal.aborted; turn++) {
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, begin + turn * SAMPLE_MS - performance.now())),
    )
    samples.push(await takeSample(world.url, folder))
    if (samples.length <= perWindow) continue
    onWindow(windowOf(samples, world.answers, WINDOW_MS))
    samples = samples.slice(-1)
    world.answers = []
  }
}

function windowOf(samples: readonly Sample[], answers: readonly number[], ms: number): Window {
  const middle = (of: (sample: Sample) => number) => spreadOf(samples.map(of)).median
  const grown = (of: (sample: Sample) => number) => {
    const [first, last] = [samples[0], samples.at(-1)]
    return first === undefined || last === undefined ? Number.NaN : of(last) - of(first)
  }
  const sorted = [...answers].sort((one, other) => one - other)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
  return {
    heap: Math.min(...samples.map(({ heap }) => heap)) / 1e6,
    rss: middle(({ rss }) => rss) / 1e6,
    external: middle(({ external }) => external) / 1e6,
    fds: middle(({ fds, sockets }) => fds - sockets),
    sockets: middle(({ sockets }) => sockets),
    rooms: middle(({ rooms }) => rooms),
    links: middle(({ links }) => links),
    live: middle(({ live }) => live),
    rate: (grown(({ answered }) => answered) / ms) * 1_000,
    p50: at(0.5),
    p99: at(0.99),
    lag: middle(({ lag }) => lag) * 1_000,
    disk: grown(({ disk }) => disk) / grown(({ merged }) => merged),
    work: samples.reduce((sum, { work }) => sum + work, 0) / samples.length,
  }
}

function numberOf(text: string, metric: string): number {
  const found = new RegExp(`^${metric.replace(/[{}]/g, '\\$&')} ([\\d.e+-]+)$`, 'm').exec(text)?.[1]
  if (found === undefined) throw new Error(`/metrics does not tell ${metric}`)
  return Number(found)
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
