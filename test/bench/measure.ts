/**
 * Rounds and what is told of them: the median counts, least and greatest show how restless the machine was.
 *
 * The sides of a comparison take turns (A B A B), so that whatever else the machine does slows both.
 */
import type { Budget } from './bench.ts'

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((one, other) => one - other)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2
  return { median, min: at(0), max: at(sorted.length - 1) }
}

/** One round of one side: its figure, in whatever unit the line is in. */
export type Side = (round: number) => number | Promise<number>

/** Runs every side once unmeasured, so that code is compiled and caches are warm, then `rounds` times in turns. */
export async function takeTurns<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, Spread>> {
  const figures = new Map<Name, number[]>()
  const names = Object.keys(sides) as Name[]
  for (const name of names) await sides[name](0)
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) figures.set(name, [...(figures.get(name) ?? []), await sides[name](round)])
  }
  return Object.fromEntries(names.map((name) => [name, spreadOf(figures.get(name) ?? [])])) as Record<
    Name,
    Spread
  >
}

/** Milliseconds. */
export function timeOf(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Milliseconds. */
export async function timeOfAsync(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

let sink = 0

/** The same work each time, and none that could be left out: a million steps are some 2 ms. */
export function arithmetic(steps: number): void {
  for (let n = 0; n < steps; n++) sink = (Math.imul(sink ^ n, 0x9e3779b1) + n) | 0
}

export const atMost = (limit: number, text: string): Budget => ({
  text: `at most ${text}`,
  isMet: (ours) => ours.median <= limit,
})

/** Ours may take that many times the peer's time. */
export const atMostTimes = (factor: number): Budget => ({
  text: `at most ${factor} x`,
  isMet: (ours, peer) => peer !== null && ours.median / peer.median <= factor,
})

/** Ours does that many times what the peer does; for rates. */
export const atLeastTimes = (factor: number): Budget => ({
  text: `at least ${factor} x`,
  isMet: (ours, peer) => peer !== null && ours.median / peer.median >= factor,
})

/** The peer takes that many times our time. */
export const timesFaster = (factor: number): Budget => ({
  text: `${factor} x faster`,
  isMet: (ours, peer) => peer !== null && peer.median / ours.median >= factor,
})
