/**
 * Who of the fuzzer's people may write what, said once more by hand: nothing here asks the product.
 *
 * rhea and max may edit the account oak, and rhea may make new ones; vic may read oak and bob may not; the desk is
 * rhea's own.
 */
type Check = (value: unknown) => boolean

const line: Check = (value) => value === null || typeof value === 'string'
const number: Check = (value) => value === null || (typeof value === 'number' && Number.isFinite(value))
const flag: Check = (value) => value === null || typeof value === 'boolean'
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    value === null || values.includes(value)
const name: Check = (value) => typeof value === 'string' && value !== ''

const accountFields: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['name', name],
  ['accountKind', oneOf('company', 'individual')],
  ...[
    'phone',
    'ownerId',
    'territory',
    'country',
    'state',
    'zip',
    'parentId',
    'businessType',
    'specialty',
  ].map((field): [string, Check] => [field, line]),
  ['active', flag],
  ...['annualSales', 'employees', 'yearOpened'].map((field): [string, Check] => [field, number]),
  ['text:notes', line],
])
const deskFields: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['theme', oneOf('system', 'light', 'dark')],
  ['language', line],
])

/** Null where the worker may leave the field so, else why not. */
export function whyNot(
  { worker, record, creates }: { worker: string; record: string; creates: boolean },
  field: string,
  visible: string | undefined,
): string | null {
  const value: unknown = visible === undefined ? null : JSON.parse(visible)
  if (record === 'desk/rhea') {
    if (worker !== 'rhea') return 'not their desk'
    if (/^favourites\/[^/]+$/.test(field))
      return value === true || value === null ? null : `a favourite that is ${visible}`
    if (/^views\/[^/]+$/.test(field)) return null
    return judged(deskFields, field, value)
  }
  if (worker !== 'rhea' && (worker !== 'max' || creates)) return 'no right to write'
  if (creates && field === 'repCodes/275')
    return value === true || value === null ? null : 'a rep code that is none'
  return judged(accountFields, field, value)
}

function judged(fields: ReadonlyMap<string, Check>, field: string, value: unknown): string | null {
  const check = fields.get(field)
  if (check === undefined) return 'a field that is not theirs'
  return check(value) ? null : `a value that is none: ${JSON.stringify(value)}`
}
