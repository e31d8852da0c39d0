/**
 * How words are compared: case and accents folded. Search on device and server, uniqueness and lookups share it, so that
 * the same typing finds the same records everywhere.
 */

/** For equality: Unicode NFC, then case folded. Usernames and ids are unique under it. */
export function foldValue(value: string): string {
  return value.normalize('NFC').toLowerCase().trim()
}

/** For search: marks taken off, lower case, split at everything that is neither letter nor digit. */
export function foldWords(text: string): string[] {
  const folded = foldText(text)
  return folded.split(isAscii(folded) ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** For sorting and prefixes: marks taken off, lower case. */
export function foldText(text: string): string {
  // The same result at a fraction of the cost: every word of every record comes through here.
  if (isAscii(text)) return text.toLowerCase().trim()
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
}

function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text)
}
