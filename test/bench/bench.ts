/** What every bench exports, and the lines it answers with. */
import type { Spread } from './measure.ts'

export type Unit = 'µs' | 'ms' | 's' | 'B' | 'MB' | '/s'

export interface Budget {
  readonly text: string
  readonly isMet: (ours: Spread, peer: Spread | null) => boolean
}

export interface Line {
  readonly what: string
  readonly unit: Unit
  readonly ours: Spread
  readonly peer: { readonly name: string; readonly figures: Spread } | null
  /** Budgets of DESIGN 10; none for a figure that only explains another. */
  readonly budgets: readonly Budget[]
}

export interface BenchOptions {
  readonly rounds: number
  /** Accounts in the bench of visible accounts. */
  readonly accounts: number
  /** Records of the larger device in the bench of coming back; the smaller ones have a tenth and a hundredth. */
  readonly records: number
  readonly note: (text: string) => void
}

export interface Bench {
  readonly title: string
  run(options: BenchOptions): Promise<readonly Line[]>
}
