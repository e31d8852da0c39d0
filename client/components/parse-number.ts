/** Accepts spaces, apostrophes and commas between thousands, and a comma as decimal sign: "1,200", "12,5". */
export function parseNumber(text: string): number | null | 'not-a-number' {
  const bare = text.trim().replace(/[\s'’]/g, '')
  if (bare === '') return null
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)
  const normal = grouped ? bare.replaceAll(',', '') : bare.replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(normal) ? Number(normal) : 'not-a-number'
}
