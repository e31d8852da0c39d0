/**
 * Several values in one cell, separated by semicolons.
 *
 * A semicolon or backslash in an entry is written with a backslash before it. A single entry with a comma is written with a
 * semicolon behind it where commas separate too: otherwise it would come back as two, and two rep codes reach more
 * than one.
 */

export function readList(cell: string, commas = false): string[] {
  const parts = splitUnescaped(cell, commas && !cell.includes(';') ? ',' : ';')
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))]
}

export function writeList(entries: readonly string[], commas = false): string {
  const text = entries.map((entry) => entry.replaceAll(/[\\;]/g, '\\$&')).join(';')
  return commas && text.includes(',') && !text.includes(';') ? `${text};` : text
}

function splitUnescaped(cell: string, separator: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < cell.length; at += 1) {
    const character = cell[at] ?? ''
    const next = cell[at + 1]
    if (character === '\\' && (next === ';' || next === '\\')) {
      part += next
      at += 1
    } else if (character === separator) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part]
}
