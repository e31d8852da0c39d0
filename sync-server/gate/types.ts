/** The words of the gate: what is submitted, what it answers, and what it tells the rest of the server. */
import type { RestrictedAttributes } from '../../core/access/restrictions.ts'
import type { Directory, Reason } from '../../core/access/types.ts'
import type { Change, Fault, FieldKey } from '../../core/documents/types.ts'
import type { FieldValue, Row } from '../../core/records/kind-spec.ts'
import type { Conflict, QuarantineEntry, RecordRef } from '../storage/storage.ts'

/** On whose behalf. The operator is the command line without `--as`: full rights (DESIGN 8). */
export type Author =
  | { readonly type: 'worker'; readonly workerId: string }
  | { readonly type: 'operator' }
  /** The server by itself: house contacts, the directory, the demo organisation. */
  | { readonly type: 'server' }

/** An update that came over a socket. */
export interface UpdateSubmission {
  readonly type: 'update'
  readonly author: Author & { readonly type: 'worker' }
  readonly via: 'link' | 'room'
  readonly record: RecordRef
  readonly creates: boolean
  readonly update: Uint8Array
  /** Identifies the socket, so that its own edits are not echoed to it. */
  readonly sessionId: string
  /** Link only. */
  readonly edit: {
    readonly id: string
    readonly deviceId: string
    readonly lease: number
    readonly claimed: readonly Change[]
    readonly writtenAt: number
    readonly policyVersion: number
    readonly lastRefusal: string | null
    readonly replaces: string | null
    readonly changeSet?: string | undefined
  } | null
}

/** Writes that the server authors for somebody: an import, the command line, a job, a review. */
export interface WritesSubmission {
  readonly type: 'writes'
  readonly author: Author
  /** `link` in a dry run: what a device's edit would do. `review`: a refused edit is accepted. `undo`: D27. */
  readonly via: 'import' | 'operator' | 'server' | 'link' | 'review' | 'undo'
  readonly record: RecordRef
  readonly creates: boolean
  readonly writes: readonly { readonly field: FieldKey; readonly value: FieldValue }[]
  /** The quarantined edit that these writes accept: settled in the commit that holds them, or not at all (D21). */
  readonly accepts?: QuarantineEntry
  /** What it is saved together with (D26). */
  readonly changeSet?: string
  readonly undo?: UndoOf
}

/** That writes take back what a change set had written (D27). */
export interface UndoOf {
  readonly changeSet: string
  /** Of an import: it takes the rights that an import takes. */
  readonly ofImport: boolean
  /** What the fields must say for it. Where one says something else meanwhile, nothing is judged: `later`. */
  readonly expects: readonly { readonly field: FieldKey; readonly value: FieldValue }[]
}

export type Submission = UpdateSubmission | WritesSubmission

export type Verdict =
  | { readonly type: 'merged'; readonly seq: number; readonly changes: readonly Change[] }
  | {
      readonly type: 'refused'
      readonly seq: number
      readonly reasons: readonly Reason[]
      readonly sentence: string
      readonly at: number
      readonly filler: { readonly client: number; readonly clock: number; readonly length: number } | null
      readonly quarantine: string | null
    }
  /** Breaks the grammar or the structure (D3-D5, D9). Nothing kept. Room: 4400. Link: the lease is burnt. */
  | { readonly type: 'violation'; readonly fault: Fault | 'edit-id-reused' }
  /** No right to read, or no such record: the same answer for both (S9). Room: 4404. */
  | { readonly type: 'unreadable' }
  /** Over quota or rate, or the server cannot judge or keep it now (D23): not judged. */
  | { readonly type: 'later'; readonly afterMs: number; readonly isOurFault?: true }

/** One record as a commit changed it. */
export interface CommittedChange {
  readonly seq: number
  readonly chain: string
  readonly record: RecordRef
  /** The update to publish, filler or content; null for derived rows and for a mere change of keys. */
  readonly update: Uint8Array | null
  readonly rowBefore: Row | null
  readonly row: Row
  readonly keysBefore: readonly string[]
  readonly keys: readonly string[]
  /** What restrictions read of its account before; null where that did not change. */
  readonly attributesBefore: RestrictedAttributes | null
  readonly author: Author
  readonly sessionId: string | null
}

/** What rooms and links are told, after the commit and in its order (D11). */
export interface CommittedBatch {
  readonly changes: readonly CommittedChange[]
  /** Present when anything that decisions depend on changed; for a policy tick the two differ in their version alone. */
  readonly policy: { readonly before: Directory; readonly after: Directory } | null
  /** Values that were replaced by somebody who did not know them (B9). */
  readonly conflicts: readonly Conflict[]
}

export interface SubmitAllOptions {
  /** All or nothing: one refusal and none of it is committed. */
  readonly atomic: true
  /** Decide everything, commit nothing. */
  readonly dryRun?: boolean
  /** Told in a dry run in which nothing is refused: what the commit would have been. */
  readonly onOutlook?: (batch: CommittedBatch) => void
  readonly onProgress?: (done: number) => void
}

export interface Gate {
  /** Resolves after the commit that holds the verdict (D11). */
  submit(submission: Submission): Promise<Verdict>
  /** One batch in order, as one commit; used by imports. Verdicts in the order of the submissions. */
  submitAll(submissions: readonly Submission[], options: SubmitAllOptions): Promise<readonly Verdict[]>
  /**
   * Commits validity that has begun or ended since the last commit (D20); nothing where none has. Every batch begins with
   * it: asked for where no batch comes. Rejects when the commit failed.
   */
  tick(): Promise<void>
  /** Called after each commit, before the answers' consumers run anything else; returns its own removal. */
  onCommitted(listener: (batch: CommittedBatch) => void): () => void
  /** Waits for what is queued. */
  idle(): Promise<void>
}
