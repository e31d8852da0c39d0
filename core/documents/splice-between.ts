/** The one replacement that turns a text into another: small, so that two people's edits of one text rarely meet. */

/** At `at`, take `remove` UTF-16 code units away and put `insert` there. Never cuts a surrogate pair. */
export interface Splice {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

export function spliceBetween(old: string, next: string): Splice {
  const shorter = Math.min(old.length, next.length)
  let start = 0
  while (start < shorter && old.charCodeAt(start) === next.charCodeAt(start)) start++
  // Equal first halves of two different characters belong to the change.
  if (start > 0 && isHighSurrogate(old.charCodeAt(start - 1))) start--

  let tail = 0
  while (
    tail < shorter - start &&
    old.charCodeAt(old.length - 1 - tail) === next.charCodeAt(next.length - 1 - tail)
  ) {
    tail++
  }
  if (tail > 0 && isLowSurrogate(old.charCodeAt(old.length - tail))) tail--
  return { at: start, remove: old.length - tail - start, insert: next.slice(start, next.length - tail) }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
