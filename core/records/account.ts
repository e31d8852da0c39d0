/** An account: a customer, company or individual (W-13). Its keys are the scope of everything that hangs on it. */
import { active, line, phone } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const account: KindSpec = {
  kind: 'account',
  label: 'Account',
  plural: 'Accounts',
  read: { type: 'scoped', feature: 'crm.accounts.view' },
  write: { type: 'feature', create: 'SU-ALLOW-ACCOUNT-ADDS', edit: 'SU-ALLOW-ACCOUNT-EDITS' },
  scope: 'own',
  title: (row) => String(row.name ?? ''),
  fields: {
    aId: { label: 'A_ID', type: line(64), importOwned: true, feedsScope: true, unique: true, searched: true },
    name: { label: 'Name', type: line(200), required: true, searched: true, matchedAs: 'name' },
    accountKind: {
      label: 'Kind',
      type: {
        type: 'enum',
        values: ['company', 'individual'],
        labels: { company: 'Company', individual: 'Individual' },
      },
      required: true,
      default: 'company',
    },
    repCodes: {
      label: 'Rep codes',
      type: { type: 'set', entry: { type: 'string', max: 32 }, max: 50 },
      importOwned: true,
      feedsScope: true,
      searched: true,
    },
    ownerId: { label: 'Owner', type: { type: 'reference', kind: 'worker' }, feedsScope: true },
    phone: { ...phone, matchedAs: 'phone' },
    territory: { label: 'Territory', type: line(64), feedsScope: true, searched: true },
    country: { label: 'Country', type: line(64), feedsScope: true },
    state: { label: 'State', type: line(64), feedsScope: true, searched: true },
    zip: { label: 'Zip', type: line(20), feedsScope: true, searched: true },
    active,
    parentId: { label: 'Parent account', type: { type: 'reference', kind: 'account' } },
    businessType: { label: 'Business type', type: line(64) },
    specialty: { label: 'Specialty', type: line(64) },
    annualSales: { label: 'Annual sales', type: { type: 'number', min: 0, max: 1e15 } },
    employees: { label: 'Employees', type: { type: 'number', min: 0, max: 1e9, integer: true } },
    yearOpened: { label: 'Year opened', type: { type: 'number', min: 1000, max: 9999, integer: true } },
    notes: { label: 'Notes', type: { type: 'text', max: 100_000 } },
  },
}
