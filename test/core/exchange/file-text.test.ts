/** Bytes that are no CSV in UTF-8 are told from those that are. */
import { describe, expect, test } from 'vitest'
import { textOfFile } from '../../../core/exchange/file-text.ts'
import { decodeUtf8 } from '../../../sync-server/exchange/decode-utf8.ts'

const read = (bytes: Uint8Array) => textOfFile(bytes, decodeUtf8)

describe('the bytes of a file', () => {
  test('UTF-8 is text, with or without a byte order mark, with any line end', () => {
    for (const text of ['a_id,name\nA1,Zoë\n', '\uFEFFa_id,name\r\nA1,Łukasz\r\n', ''])
      expect(read(Buffer.from(text))).toEqual({ type: 'text', text })
  })

  test.each([
    ['a workbook', Buffer.from('PK\x03\x04rest'), 'xlsx'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'xls'],
    ['UTF-16', Buffer.from('\uFEFFa_id\n', 'utf16le'), 'UTF-16'],
    ['a packed file', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
  ])('%s is told as what it is', (_name, bytes, word) => {
    expect(read(bytes)).toEqual({
      type: 'fault',
      fault: { row: 1, column: null, message: expect.stringContaining(word) as string },
    })
  })

  test('another encoding is told at the first row that is none of UTF-8', () => {
    expect(read(Buffer.from('a_id,name\nA1,Oak\nA2,Zo\xeb\nA3,Fran\xe7ois\n', 'latin1'))).toMatchObject({
      type: 'fault',
      fault: { row: 3, column: null },
    })
  })
})
