/** Field types that several kinds share, with their limits. */
import type { FieldSpec, FieldType } from './kind-spec.ts'

export const line = (max = 200): FieldType => ({ type: 'string', max })
export const flag: FieldType = { type: 'boolean' }

/** Free text: forms advise and normalise, the gate never refuses on format (DESIGN 8). */
export const phone: FieldSpec = { label: 'Phone', type: line(60), searched: true }
export const email: FieldSpec = { label: 'E-mail', type: { type: 'email', max: 254 }, searched: true }
export const active: FieldSpec = { label: 'Active', type: flag, required: true, default: true }
