/**
 * Memory of compiled rights (DESIGN 10's organisation), and that it grows with the workers and no faster: a worker of
 * 10,000 beside a worker of 1,000, in the same 1,000 groups.
 */
import type { Bench, Line } from './bench.ts'
import { GROUPS, WORKERS } from './large-organisation.ts'
import { atMostTimes, spreadOf, type Spread } from './measure.ts'
import { measureInChild, type RightsMemory } from './rights-memory.ts'

const FEWER = 1_000
/** The heap after collection hardly varies; each takes a process of its own. */
const ROUNDS = 3

export const bench: Bench = {
  title: 'memory of compiled workers',
  async run() {
    const many = Array.from({ length: ROUNDS }, () => measureInChild(WORKERS))
    const few = Array.from({ length: ROUNDS }, () => measureInChild(FEWER))
    const each = (all: readonly RightsMemory[], part: keyof RightsMemory, by: number): Spread =>
      spreadOf(all.map((one) => one[part] / by))
    const line = (what: string, part: keyof RightsMemory): Line => ({
      what,
      unit: 'B',
      ours: each(many, part, WORKERS),
      peer: { name: `of ${FEWER.toLocaleString('en-GB')}`, figures: each(few, part, FEWER) },
      // Linear: nobody costs more because there are others.
      budgets: [atMostTimes(1.1)],
    })
    return [
      line(`a worker of ${WORKERS.toLocaleString('en-GB')}, compiled`, 'principals'),
      line('the same, every decision asked for, on top', 'reasons'),
      {
        what: `a group of ${GROUPS.toLocaleString('en-GB')}, resolved`,
        unit: 'B',
        ours: each(many, 'groups', GROUPS),
        peer: null,
        budgets: [],
      },
    ]
  },
}
