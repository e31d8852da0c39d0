/**
 * The first line of a file apart from the rest, so that its columns can be renamed before it is sent: everything below stays
 * byte for byte what it was, quotes and line numbers included.
 */
import { writeCsv } from './csv.ts'
import { unguardFormula } from './formula-guard.ts'
import papa from './papaparse.js'

export interface SplitFile {
  readonly header: readonly string[]
  /** What stands above it: line ends only. */
  readonly above: string
  /** The line end behind it, and one for each that stood inside: the rows below keep their numbers. */
  readonly ends: string
  readonly below: string
}

/** Null for a file without any content. */
export function splitHeader(text: string): SplitFile | null {
  const clean = text.replace(/^\uFEFF/, '')
  const above = /^(?:[ \t,]*(?:\r\n|\n|\r))*/.exec(clean)?.[0] ?? ''
  const content = clean.slice(above.length)
  if (content.trim() === '') return null
  const { data, meta } = papa.parse(content, {
    delimiter: ',',
    header: false,
    skipEmptyLines: false,
    preview: 1,
    // Its short way for files without quotes reads a row too far.
    fastMode: false,
  })
  const end = meta.cursor
  const ends = content.slice(0, end).match(/\r\n|\n|\r/g) ?? []
  return {
    header: (data[0] ?? []).map((cell) => unguardFormula(cell)),
    above: above.replaceAll(/[ \t,]/g, ''),
    ends: ends.join(''),
    below: content.slice(end),
  }
}

/** What comes in place of everything that is above the rows. */
export function writeHeader(names: readonly string[], { above, ends }: Omit<SplitFile, 'below'>): string {
  return above + writeCsv([names]).replace(/\n$/, '') + ends
}
