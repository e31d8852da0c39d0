/** The first letters of the first two words, passing over small ones: "Brakes and Gears" is BG. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? [])
  const capitals = letters.filter((letter) => letter === letter.toLocaleUpperCase())
  return (capitals.length > 1 ? capitals : letters).slice(0, 2).join('').toLocaleUpperCase()
}
