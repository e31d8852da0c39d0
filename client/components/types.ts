/**
 * Shapes that several components share.
 */
import type { ComponentProps, JSX } from 'solid-js'

/** An icon from `~icons/lucide/<name>`. Components draw it hidden from screen readers: words stand beside it. */
export type IconComponent = (props: ComponentProps<'svg'>) => JSX.Element

/** What a colour says: waiting, refused or denied, allowed or yours, look here. Plain says nothing. */
export type Tone = 'plain' | 'pending' | 'denied' | 'allowed' | 'notice'

/** One step of an explanation: a group on the way up, a rule, a person. */
export interface ChainStep {
  readonly text: string
  readonly note?: string | undefined
  /** Where it can be looked at, for who may. */
  readonly href?: string | undefined
  /** The step that decides; it is marked, in words too. */
  readonly decides?: boolean | undefined
}

/** Why something may not be done: one sentence, and the way there. */
export interface Explanation {
  readonly sentence: string
  readonly chain?: readonly ChainStep[] | undefined
  /** What would make it allowed, and who may change it. */
  readonly wayOut?: string | undefined
}

/** A field that the reader may see and not change. */
export interface Locked extends Explanation {
  /** Who set it, as a sentence: "Set by the ERP." */
  readonly by: string
}

/** What every field takes; each control adds its value. */
export interface FieldProps {
  /** Labels the control; no other element does. */
  readonly label: string
  readonly hint?: string | undefined
  /** A sentence that says what to write instead. Shown below, announced with the control. */
  readonly error?: string | undefined
  readonly required?: boolean | undefined
  /** Saved here and not yet answered, as a sentence: gives the amber edge. */
  readonly pending?: string | undefined
  readonly locked?: Locked | undefined
}

/** What the shell says about sync. */
export type SyncState =
  | 'connecting'
  | 'receiving'
  | 'saved-here'
  | 'waiting'
  | 'merged'
  | 'refused'
  | 'offline'

export interface SyncStatus {
  readonly state: SyncState
  /** Edits waiting or refused. While offline, those that wait. */
  readonly count?: number | undefined
}
