/** The soak's own judgement: what grows is named, what only wobbles is not. */
import { expect, it } from 'vitest'
import type { Window } from './figures.ts'
import { growing, table } from './judge.ts'

const usual: Window = {
  heap: 40,
  rss: 400,
  external: 15,
  fds: 30,
  sockets: 96,
  rooms: 68,
  links: 34,
  live: 500,
  rate: 90,
  p50: 4,
  p99: 60,
  lag: 20,
  disk: 1_500,
  work: 4,
}
const windows = (of: (n: number) => Partial<Window>) =>
  Array.from({ length: 20 }, (_, n) => ({ ...usual, ...of(n) }))

it('a heap that grows by a megabyte a window is named, and nothing else', () => {
  expect(growing(windows((n) => ({ heap: 40 + n })))).toEqual(['heap grows: 45, then 53'])
})

it('what goes up and comes down again, and what only warms up, is not', () => {
  expect(growing(windows((n) => ({ heap: 40 + (n % 3) * 30, p99: 60 + (n % 2) * 40 })))).toEqual([])
  expect(growing(windows((n) => ({ rss: n < 5 ? 200 + 40 * n : 400 })))).toEqual([])
})

it.each(['fds', 'sockets', 'rooms', 'links', 'p99', 'disk'] as const)(
  '%s that grow by a seventh a window are named',
  (name) => {
    const grown = windows((n) => ({ [name]: usual[name] * 1.15 ** n }))
    expect(growing(grown)).toHaveLength(1)
  },
)

it('a machine that becomes slower excuses times, and no memory', () => {
  const slowing = windows((n) => ({ p99: 60 * 1.15 ** n, rss: 400 * 1.15 ** n, work: 4 * 1.15 ** n }))
  expect(growing(slowing)).toEqual([expect.stringMatching(/^rss grows/)])
})

it('of a run too short to have halves nothing is said', () => {
  expect(growing(windows((n) => ({ heap: 40 * n })).slice(0, 4))).toEqual([])
})

it('the table has a line a minute', () => {
  expect(table(windows(() => ({}))).split('\n')).toHaveLength(12)
})
