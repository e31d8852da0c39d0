/** A shipping address of an account, or of one of its contacts (R-16, R-j). */
import { active, line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const address: KindSpec = {
  kind: 'address',
  label: 'Address',
  plural: 'Addresses',
  read: { type: 'scoped', feature: 'crm.accounts.view' },
  write: { type: 'feature', create: 'SU-ALLOW-ADDRESS-ADDS-EDITS', edit: 'SU-ALLOW-ADDRESS-ADDS-EDITS' },
  scope: 'account',
  title: (row) => String(row.label ?? row.line1 ?? ''),
  fields: {
    externalId: { label: 'Address id', type: line(64), indexed: true },
    accountId: {
      label: 'Account',
      type: { type: 'reference', kind: 'account' },
      required: true,
      feedsScope: true,
    },
    contactId: { label: 'Contact', type: { type: 'reference', kind: 'contact' } },
    label: { label: 'Label', type: line(80), searched: true },
    line1: { label: 'Street', type: line(200), searched: true },
    line2: { label: 'Street, second line', type: line(200) },
    city: { label: 'City', type: line(100), searched: true },
    state: { label: 'State', type: line(64), searched: true },
    stateName: { label: 'State name', type: line(100) },
    zip: { label: 'Zip', type: line(20), searched: true },
    country: { label: 'Country', type: line(64) },
    countryName: { label: 'Country name', type: line(100) },
    latitude: { label: 'Latitude', type: { type: 'number', min: -90, max: 90 } },
    longitude: { label: 'Longitude', type: { type: 'number', min: -180, max: 180 } },
    active,
  },
}
