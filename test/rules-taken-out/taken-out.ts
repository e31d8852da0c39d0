/** What an entry of the list says: a rule, what takes it out of the product, and the tests that have to notice. */

/** The text stands in the file exactly once; what replaces it still runs, though it need not pass the compiler. */
export interface Replacement {
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface TestFile {
  readonly file: string
  /** A piece of the titles of the tests that are run; all of the file without it. */
  readonly name?: string
  /** Vitest's project; `unit` without it. */
  readonly project?: 'outside' | 'simulation'
}

export interface TakenOut {
  /** Rules of the gate and the link, as tests cite them: `GATE 7`; null for what only core/SPEC.md has. */
  readonly gate: number | null
  /** The rules of core/SPEC.md that say the same; empty where none does. */
  readonly spec: string
  /** One sentence: what the product no longer does. */
  readonly what: string
  /** Several where another check behind the first would always catch it: the pair is what is needed. */
  readonly replacements: readonly Replacement[]
  readonly tests: readonly TestFile[]
}

/** A rule, or a clause of one, that has no code here. */
export interface NotThere {
  readonly gate: number
  readonly clause: string
  readonly why: string
}

/** The rules are numbered from 1 to this. */
export const RULES = 37
