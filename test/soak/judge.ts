/**
 * Whether something grows: the second half of the time after warming up beside the first, median of windows against
 * median of windows (of the heap, least against least). And the table, a line a minute.
 */
import { spreadOf } from '../bench/measure.ts'
import { WINDOW_MS, type Window } from './figures.ts'

/** How far the second half may lie above the first: what two halves of a busy machine differ by. */
interface Slack {
  readonly times: number
  readonly plus: number
  /** The least counts, not the median: the rest waits for a collection, which comes when V8 likes. */
  readonly isLeast?: boolean
  /** A time: where the machine became slower meanwhile, so may this. */
  readonly isTime?: boolean
}

/**
 * Rates are not judged: they are what the clients ask for. The database keeps up to 64 MiB of its pages in memory, which
 * is most of what RSS may still grow by; the heap may not.
 */
const slacks: Partial<Readonly<Record<keyof Window, Slack>>> = {
  heap: { times: 1.08, plus: 3, isLeast: true },
  external: { times: 1.1, plus: 3 },
  rss: { times: 1.1, plus: 24 },
  fds: { times: 1, plus: 4 },
  sockets: { times: 1.05, plus: 4 },
  rooms: { times: 1.1, plus: 4 },
  links: { times: 1.05, plus: 2 },
  live: { times: 1.05, plus: 5 },
  p50: { times: 1.5, plus: 5, isTime: true },
  p99: { times: 2, plus: 25, isTime: true },
  lag: { times: 2, plus: 15, isTime: true },
  disk: { times: 1.25, plus: 300 },
}

/** Of the windows, those that only warm up: code is compiled, caches fill. */
const WARM_UP = 0.25

/** One sentence for each figure that grows. */
export function growing(windows: readonly Window[]): string[] {
  const warm = windows.slice(Math.ceil(windows.length * WARM_UP))
  const half = warm.length >> 1
  // Halves of a window or two would say nothing.
  if (half < 3) return []
  const [early, late] = [warm.slice(0, half), warm.slice(-half)]
  const work = (of: readonly Window[]) => spreadOf(of.map((one) => one.work)).median
  const slowing = Math.max(1, work(late) / work(early))
  return Object.entries(slacks).flatMap(([name, { times, plus, isLeast, isTime }]) => {
    const figure = (of: readonly Window[]) => {
      const { median, min } = spreadOf(of.map((one) => one[name as keyof Window]))
      return isLeast === true ? min : median
    }
    const [before, after] = [figure(early), figure(late)]
    const slower = isTime === true ? slowing : 1
    return after <= (before * times + plus) * slower
      ? []
      : [`${name} grows: ${digits(before)}, then ${digits(after)}`]
  })
}

const columns: readonly (readonly [keyof Window, string])[] = [
  ['rss', 'RSS MB'],
  ['heap', 'heap MB'],
  ['external', 'external MB'],
  ['fds', 'other fds'],
  ['sockets', 'sockets'],
  ['rooms', 'rooms'],
  ['links', 'links'],
  ['live', 'live records'],
  ['rate', 'updates/s'],
  ['p50', 'p50 ms'],
  ['p99', 'p99 ms'],
  ['lag', 'loop p99 ms'],
  ['disk', 'B/update'],
  ['work', 'same work ms'],
]

/** In the form that README files take. */
export function table(windows: readonly Window[]): string {
  const perMinute = 60_000 / WINDOW_MS
  const lines = [
    ['minute', ...columns.map(([, title]) => title)],
    ['---', ...columns.map(() => '---:')],
  ]
  for (let from = 0; from < windows.length; from += perMinute) {
    const some = windows.slice(from, from + perMinute)
    const cells = columns.map(([name]) => digits(spreadOf(some.map((one) => one[name])).median))
    lines.push([String(from / perMinute + 1), ...cells])
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function digits(figure: number): string {
  return figure >= 100 ? String(Math.round(figure)) : String(Number(figure.toPrecision(3)))
}
