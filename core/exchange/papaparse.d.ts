/**
 * The little of Papa Parse that is used here. Its published types ask for Node's, which core must not see, so it comes in
 * through papaparse.js, which these describe.
 */
interface ParseError {
  readonly type: string
  readonly code: string
  readonly message: string
  /** Index of the row, from 0. */
  readonly row?: number
}

declare const papa: {
  parse(
    text: string,
    options: {
      delimiter: string
      header: false
      skipEmptyLines: false
      /** Rows to read; all of them without. */
      preview?: number
      fastMode?: false
    },
  ): {
    readonly data: readonly (readonly string[])[]
    readonly errors: readonly ParseError[]
    /** `cursor` is where reading ended, in the text. */
    readonly meta: { readonly cursor: number }
  }
  unparse(rows: readonly (readonly string[])[], options: { header: false; newline: string }): string
}

export default papa
