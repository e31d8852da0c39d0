/**
 * A criterion over an account's attributes, as people write it: `territory=North`, `zip=981`, `owner=w-rhea`.
 *
 * The same in a form, in a cell of a file and in a row. Names are read in any case and with blanks or dashes.
 */

/** Fields of an account that a criterion may speak of, as they are written back. */
export const criterionFields = [
  'territory',
  'state',
  'country',
  'zip',
  'repCodes',
  'businessType',
  'specialty',
  'accountKind',
  'ownerId',
] as const
export type CriterionField = (typeof criterionFields)[number]

export interface Criterion {
  readonly field: CriterionField
  /** Folded (`foldCriterionValue`), never empty. */
  readonly value: string
}

/** Null for what is no criterion. */
export function parseCriterion(entry: unknown): Criterion | null {
  if (typeof entry !== 'string') return null
  const at = entry.indexOf('=')
  const field = at < 1 ? undefined : fieldByName.get(nameOf(entry.slice(0, at)))
  const value = foldCriterionValue(entry.slice(at + 1))
  return field === undefined || value === '' ? null : { field, value }
}

/** How values are compared: case folded, blanks around taken off, blanks within made one. */
export function foldCriterionValue(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase() : ''
}

function nameOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '')
}

/** Under their own names, and under those that people use. */
const fieldByName: ReadonlyMap<string, CriterionField> = new Map<string, CriterionField>([
  ...criterionFields.map((field) => [field.toLowerCase(), field] as const),
  ['repcode', 'repCodes'],
  ['rep', 'repCodes'],
  ['owner', 'ownerId'],
  ['kind', 'accountKind'],
])
