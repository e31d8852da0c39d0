/** Reads a chosen file off the screen's thread: 50,000 rows take a phone longer than a tap may wait. */
import { readCsv } from '../../../../core/exchange/csv.ts'
import { splitHeader } from '../../../../core/exchange/file-header.ts'
import { type Decode, textOfFile } from '../../../../core/exchange/file-text.ts'
import type { FromReader } from './file-messages.ts'

/** Cells shown of each column, and the longest that they get together. */
const SAMPLES = 3
const SAMPLE_LENGTH = 60

const decode: Decode = (bytes, strict) =>
  new TextDecoder('utf-8', { fatal: strict, ignoreBOM: true }).decode(bytes)

self.onmessage = ({ data }: MessageEvent<File>) => {
  void data.arrayBuffer().then(
    (buffer) => self.postMessage(read(new Uint8Array(buffer))),
    // Taken away between the choice and the reading: a card that was pulled, a cloud that does not answer.
    () => self.postMessage({ type: 'empty' } satisfies FromReader),
  )
}

function read(bytes: Uint8Array): FromReader {
  const file = textOfFile(bytes, decode)
  if (file.type === 'fault') return { type: 'fault', row: file.fault.row, message: file.fault.message }
  const split = splitHeader(file.text)
  if (split === null) return { type: 'empty' }
  const { below, ...rest } = split
  const lines = readCsv(file.text).slice(1)
  return {
    type: 'read',
    split: rest,
    below: new Blob([below]),
    rows: lines.length,
    samples: split.header.map((_, column) =>
      sampleOf(lines.slice(0, 200).map(({ cells }) => cells[column] ?? '')),
    ),
  }
}

function sampleOf(cells: readonly string[]): string {
  const said = [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))]
  const text = said.slice(0, SAMPLES).join(' · ')
  return text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH).toWellFormed()}…` : text
}
