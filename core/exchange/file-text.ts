/**
 * The bytes of a file as CSV text, or what they are instead, as an error of the file: a spreadsheet's own format, another
 * encoding. What cannot be read exactly is not guessed at; one wrong letter in a name is a wrong name.
 */
import type { ImportFault } from './parse-csv.ts'

/** Bytes as UTF-8; `strict` throws at what is none, otherwise it becomes U+FFFD. */
export type Decode = (bytes: Uint8Array, strict: boolean) => string

export type FileText =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fault'; readonly fault: ImportFault }

const how = 'Save it as CSV UTF-8 and try again.'

/** First bytes, and what begins with them. */
const otherFormats: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], `This is a workbook (xlsx), not a CSV file. ${how}`],
  [[0xd0, 0xcf, 0x11, 0xe0], `This is an old workbook (xls), not a CSV file. ${how}`],
  [[0x25, 0x50, 0x44, 0x46], `This is a PDF, not a CSV file. ${how}`],
  [[0x1f, 0x8b], 'This file is packed (gzip). Unpack it and try again.'],
  [[0xff, 0xfe], `This file is in UTF-16, not in UTF-8. ${how}`],
  [[0xfe, 0xff], `This file is in UTF-16, not in UTF-8. ${how}`],
]

export function textOfFile(bytes: Uint8Array, decode: Decode): FileText {
  const other = otherFormats.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (other !== undefined) return { type: 'fault', fault: { row: 1, column: null, message: other[1] } }
  try {
    return { type: 'text', text: decode(bytes, true) }
  } catch {
    const before = decode(bytes, false).split('\uFFFD', 1)[0] ?? ''
    const row = before.split(/\r\n|\n|\r/).length
    return {
      type: 'fault',
      fault: { row, column: null, message: `This row holds letters that are not UTF-8. ${how}` },
    }
  }
}
