/**
 * The words that updates are spoken in. Only this folder knows Yjs's wire and its types.
 *
 * A field key is what one entry of a record is called inside its document: a key of the map `fields`
 * (`phone`, `repCodes/275`, `groups/sales-rep`) or the name of a text root (`text:notes`).
 */
import type { FieldValue } from '../records/kind-spec.ts'

export type FieldKey = string

/** One field, before and after. For a text both are strings; null where unset. */
export interface Change {
  readonly field: FieldKey
  readonly old: FieldValue
  readonly new: FieldValue
}

/** A struct's id. */
export interface StructId {
  readonly client: number
  readonly clock: number
}

export type ParsedContent =
  /** A value of a map key. */
  | { readonly type: 'any'; readonly values: readonly FieldValue[] }
  /** A piece of text. `length` counts UTF-16 code units, as Yjs does. */
  | { readonly type: 'string'; readonly text: string }
  /** Content that was deleted before it was sent. */
  | { readonly type: 'deleted'; readonly length: number }

export type ParsedStruct =
  | {
      readonly type: 'item'
      readonly id: StructId
      readonly length: number
      readonly origin: StructId | null
      readonly rightOrigin: StructId | null
      /** Present exactly when neither origin is: otherwise the wire does not name it. */
      readonly parent: { readonly root: string; readonly key: string | null } | null
      /**
       * The wire's bit for "belongs to a key". Yjs sets it for every map entry, and loses it when it merges updates
       * unread; it is kept so that encoding gives back the same bytes, and believed nowhere.
       */
      readonly keyed: boolean
      readonly content: ParsedContent
    }
  /** A filler, or a garbage-collected range repeated by a stock client. */
  | { readonly type: 'gc'; readonly id: StructId; readonly length: number }

export interface DeleteRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** One strictly parsed update: each group of structs belongs to one client, clocks contiguous within it. */
export interface ParsedUpdate {
  readonly groups: readonly {
    readonly client: number
    readonly clock: number
    readonly structs: readonly ParsedStruct[]
  }[]
  readonly deletes: readonly DeleteRange[]
}

/** What breaks the grammar or the structure. Closed with 4400 in a room; burns the lease on the link. */
export type Fault =
  | 'not-canonical'
  | 'truncated'
  | 'trailing-bytes'
  | 'too-large'
  | 'too-many-structs'
  | 'duplicate-client'
  | 'content-not-allowed'
  | 'value-not-allowed'
  | 'string-not-allowed'
  | 'deletes-not-sorted'
  | 'unknown-root'
  | 'unknown-key'
  | 'foreign-client'
  | 'clock-gap'
  | 'clock-regression'
  | 'origin-missing'
  | 'origin-crossed'
  | 'origin-of-other-field'
  | 'delete-missing'
  | 'repeated-position'
  | 'clock-advance-too-large'
  | 'too-costly'
  | 'apply-deviates'
