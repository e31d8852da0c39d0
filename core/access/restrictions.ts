/**
 * Restrictions: they take records out of a scope and never add any (S7, U-11).
 *
 * Of the kinds there are today only accounts, and what hangs on them, have a restricted attribute: geography, by
 * their own country, state and zip. No kind has a campaign or a partner yet, so those two touch nothing; a kind that
 * will declare such an attribute is out where it lacks one.
 */
import type { Row } from '../records/kind-spec.ts'
import type { Reason, Restrictions, Worker } from './types.ts'

export const noRestrictions: Restrictions = { campaigns: null, geographies: null, partners: null }

export function restrictionsOf(worker: Worker): Restrictions {
  const campaigns = restriction(worker.campaigns)
  const geographies = geographyRestriction(worker.geographies)
  const partners = restriction(worker.partners)
  return campaigns || geographies || partners ? { campaigns, geographies, partners } : noRestrictions
}

/** Unset restricts nothing; `none` alone lets nothing pass (U-i). */
function restriction(entries: readonly string[]): readonly string[] | null {
  if (entries.length === 0) return null
  const normal = entries.map((entry) => entry.trim().toUpperCase()).filter((entry) => entry !== '')
  return [...new Set(normal.filter((entry) => entry !== 'NONE'))].sort()
}

/**
 * Each part trimmed. An entry with an empty part, or more than three, matches no account and is left out: else it would
 * seem to stand above entries that do match some.
 */
function geographyRestriction(entries: readonly string[]): readonly string[] | null {
  const given = restriction(entries)
  if (given === null) return null
  return [...new Set(given.flatMap((entry) => parseGeography(entry) ?? []))].sort()
}

/** An entry of geography access as it is compared, `US/WA/981`; null for what could match no account. */
export function parseGeography(entry: string): string | null {
  const parts = entry.split('/').map((part) => part.trim().toUpperCase())
  return parts.length <= 3 && parts.every((part) => part !== '') ? parts.join('/') : null
}

export function isRestricted({ campaigns, geographies, partners }: Restrictions): boolean {
  return campaigns !== null || geographies !== null || partners !== null
}

/** What restrictions read of an account: kept of one that moves, so that it is known from whom it was hidden before. */
export type RestrictedAttributes = Readonly<Record<string, unknown>>

export function restrictedAttributesOf({ country, state, zip }: Row): RestrictedAttributes {
  return { country, state, zip }
}

/** The restriction that takes an account, and what hangs on it, out of a scope; null when none does. */
export function restrictedBy(restrictions: Restrictions, account: RestrictedAttributes): Reason | null {
  const { geographies } = restrictions
  if (geographies === null || geographies.some((entry) => isInGeography(entry, account))) return null
  return {
    code: 'restricted-geography',
    rule: 'S7',
    detail: geographies.join(', '),
    has: [[account.country, account.state, account.zip].filter(Boolean).join('/')],
    changedBy: 'settings.workers',
  }
}

/** `US`, `US/WA`, `US/WA/981`: country, state, beginning of the zip. What the account lacks never matches. */
function isInGeography(entry: string, account: RestrictedAttributes): boolean {
  const [country, state, zip] = entry.split('/')
  if (normal(account.country) !== country) return false
  if (state !== undefined && normal(account.state) !== state) return false
  return zip === undefined || normal(account.zip).startsWith(zip)
}

function normal(value: unknown): string {
  return typeof value === 'string' ? value.trim().toUpperCase() : ''
}

/** Whether everything that passes `inner` passes `outer` too. */
export function restrictionsCover(outer: Restrictions, inner: Restrictions): boolean {
  return (
    covers(outer.campaigns, inner.campaigns, isSame) &&
    covers(outer.geographies, inner.geographies, isPartOf) &&
    covers(outer.partners, inner.partners, isSame)
  )
}

function covers(
  outer: readonly string[] | null,
  inner: readonly string[] | null,
  isInside: (entry: string, whole: string) => boolean,
): boolean {
  if (outer === null) return true
  return inner !== null && inner.every((entry) => outer.some((whole) => isInside(entry, whole)))
}

const isSame = (entry: string, whole: string): boolean => entry === whole

function isPartOf(entry: string, whole: string): boolean {
  const parts = entry.split('/')
  const wholeParts = whole.split('/')
  return wholeParts.every((part, index) =>
    // The third part is the beginning of a zip: a longer beginning lies inside a shorter one.
    index === 2 ? (parts[2] ?? '').startsWith(part) : parts[index] === part,
  )
}
