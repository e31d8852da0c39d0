/**
 * A short text that is the same exactly when the same records are readable: a device whose stored records were sent
 * under another hash has a difference to fetch. No secret, no signature; two hashes of 53 bits would be luck.
 */
import { kindSpecs } from '../records/registry.ts'
import { holdsRight } from './rights-table.ts'
import type { Principal } from './types.ts'

export function scopeHash(principal: Principal): string {
  const { scope, restrictions } = principal
  return hash(
    JSON.stringify([
      principal.workerId,
      principal.live,
      readFeatures.filter((feature) => holdsRight(principal.rights, feature)),
      scope.everything ? null : [...scope.keys.keys()].sort(),
      restrictions.campaigns,
      restrictions.geographies,
      restrictions.partners,
      principal.readableGroups,
    ]),
  )
}

const readFeatures: readonly string[] = [
  ...new Set(Object.values(kindSpecs).flatMap(({ read }) => ('feature' in read ? [read.feature] : []))),
].sort()

/** Two FNV-1a hashes of 32 bits over UTF-16 code units, from different beginnings, as 16 hexadecimal digits. */
function hash(text: string): string {
  let low = 0x811c9dc5
  let high = 0x3c6ef372
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x01000193) ^ (high >>> 15)
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
