/**
 * Words as FTS5 sees them.
 *
 * They arrive folded (core/records/fold.ts). FTS5's tokenizers know an older Unicode than we do and would split words
 * differently, so every character beyond a-y and 0-9 is written as `z` and six hex digits: ASCII only, and still the
 * prefix of one word is the prefix of its code.
 */

export function tokensOf(words: readonly string[]): string {
  return words.map(tokenOf).join(' ')
}

/** Every word must begin a word of the row. */
export function matchExpression(words: readonly string[]): string {
  return words.map((word) => `${tokenOf(word)}*`).join(' AND ')
}

function tokenOf(word: string): string {
  if (/^[a-y0-9]+$/.test(word)) return word
  return Array.from(word, (character) =>
    /[a-y0-9]/.test(character) ? character : `z${character.codePointAt(0)?.toString(16).padStart(6, '0')}`,
  ).join('')
}
