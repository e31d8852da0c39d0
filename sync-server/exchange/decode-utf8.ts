/** UTF-8 as files have it; a byte order mark stays for who reads the file. */
import type { Decode } from '../../core/exchange/file-text.ts'

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const decodeUtf8: Decode = (bytes, strict) => (strict ? strictDecoder : lenientDecoder).decode(bytes)
