/** How accounts, contacts and addresses are called, found on a map and reached. */
import type { Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'

export type AccountTab = 'overview' | 'contacts' | 'addresses' | 'access' | 'history'

export function accountHref(id: string, tab: AccountTab = 'overview'): string {
  const base = `/crm/accounts/${encodeURIComponent(id)}`
  return tab === 'overview' ? base : `${base}/${tab}`
}

export function contactHref(id: string): string {
  return `/crm/contacts/${encodeURIComponent(id)}`
}

/** "Everett, WA": the town of an address and the account's own state; else what of the place is known. */
export function placeOf(account: Row, town: string | undefined): string {
  const parts = [town, text(account.state)].filter(Boolean)
  if (parts.length > 0) return parts.join(', ')
  return [text(account.territory), text(account.country)].filter(Boolean).join(', ')
}

/** "Everett, WA · Northwest · AW00029672". */
export function accountLede(account: Row, town: string | undefined): string {
  const place = placeOf(account, town)
  const territory = text(account.territory)
  return [place, place === territory ? '' : territory, text(account.aId)].filter(Boolean).join(' · ')
}

export function addressLines(row: Row): readonly string[] {
  const town = [text(row.city), [text(row.state), text(row.zip)].filter(Boolean).join(' ')]
  const country = text(row.countryName) || text(row.country)
  return [text(row.line1), text(row.line2), town.filter(Boolean).join(', '), country].filter(Boolean)
}

export function titleOf(row: Row): string {
  return kindSpecs[row.kind].title(row) || row.id
}

/** Where a map shows it; null where too little is known. The address leaves the app only when it is pressed. */
export function mapHref(row: Row): string | null {
  const { latitude, longitude } = row
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  }
  const words = addressLines(row).join(', ')
  return words === '' ? null : `https://www.openstreetmap.org/search?query=${encodeURIComponent(words)}`
}

/** Only what a phone can dial: whatever else stands in the field stays text. */
export function telHref(phone: unknown): string | null {
  const digits = text(phone).replace(/[^+\d]/g, '')
  return /^\+?\d{3,20}$/.test(digits) ? `tel:${digits}` : null
}

export function mailHref(email: unknown): string | null {
  const address = text(email).trim()
  return /^[^\s@?&]+@[^\s@?&]+$/.test(address)
    ? `mailto:${encodeURIComponent(address).replace('%40', '@')}`
    : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
