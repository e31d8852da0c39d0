/** What the screen and the thread that reads a file say to each other. */
export interface SplitMessage {
  readonly header: readonly string[]
  readonly above: string
  readonly ends: string
}

export type FromReader =
  | {
      readonly type: 'read'
      readonly split: SplitMessage
      /** Everything below the header, ready to be sent. */
      readonly below: Blob
      /** With content, the header not counted. */
      readonly rows: number
      /** For each column what its first cells say. */
      readonly samples: readonly string[]
    }
  | { readonly type: 'fault'; readonly row: number; readonly message: string }
  | { readonly type: 'empty' }
