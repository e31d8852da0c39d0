/** A worker: a person with a portal login (W-01). Credentials are not here; they never leave the server. */
import { accountFilterLabels, accountFilters } from '../catalogue/account-filters.ts'
import { userTypeLabels, userTypes } from '../catalogue/user-types.ts'
import { active, email, flag, line, phone } from './common.ts'
import type { FieldType, KindSpec } from './kind-spec.ts'

const names: FieldType = { type: 'set', entry: { type: 'string', max: 64 }, max: 200 }

export const worker: KindSpec = {
  kind: 'worker',
  label: 'Worker',
  plural: 'Workers',
  read: { type: 'feature-or-own', feature: 'settings.workers.view' },
  write: { type: 'feature', create: 'settings.workers', edit: 'settings.workers' },
  scope: 'self',
  title: (row) => [row.firstName, row.lastName].filter(Boolean).join(' ') || String(row.username ?? ''),
  fields: {
    username: {
      label: 'Username',
      type: line(100),
      required: true,
      unique: true,
      searched: true,
      guarded: true,
    },
    firstName: { label: 'First name', type: line(100), searched: true },
    lastName: { label: 'Last name', type: line(100), searched: true },
    email: { ...email, guarded: true },
    phone,
    jobTitle: { label: 'Job title', type: line(120), searched: true },
    active: { ...active, guarded: true },
    userType: {
      label: 'User type',
      type: { type: 'enum', values: userTypes, labels: userTypeLabels },
      guarded: true,
    },
    managerId: { label: 'Manager', type: { type: 'reference', kind: 'worker' }, guarded: true },
    aId: { label: 'A_ID', type: line(64), guarded: true },
    accountsQueryType: {
      label: 'Accounts Query Type',
      type: { type: 'enum', values: accountFilters, labels: accountFilterLabels },
      guarded: true,
    },
    repCodes: {
      label: 'Rep codes',
      type: { type: 'set', entry: { type: 'string', max: 32 }, max: 200 },
      guarded: true,
      importOwned: true,
    },
    mappedAccounts: {
      label: 'Mapped accounts',
      type: { type: 'set', entry: { type: 'reference', kind: 'account' }, max: 500 },
      guarded: true,
    },
    rights: {
      label: 'Worker rights',
      type: { type: 'set', entry: { type: 'feature' }, max: 200 },
      guarded: true,
    },
    groups: {
      label: 'Worker groups',
      type: {
        type: 'map',
        entry: { type: 'reference', kind: 'group' },
        value: { type: 'validity' },
        max: 200,
      },
      guarded: true,
    },
    reductions: {
      label: 'Reductions',
      type: { type: 'set', entry: { type: 'feature' }, max: 200 },
      guarded: true,
    },
    /** Words only: neither decides what anybody may see, so that neither is guarded (U-08, U-09, U-26). */
    labelSet: { label: 'Label set', type: { type: 'reference', kind: 'label-set' } },
    board: { label: 'Bulletin board', type: { type: 'reference', kind: 'board' } },
    campaigns: {
      label: 'Campaign access',
      type: { type: 'set', entry: { type: 'string', max: 64 }, max: 200 },
      guarded: true,
    },
    geographies: {
      label: 'Geography access',
      type: { type: 'set', entry: { type: 'string', max: 64 }, max: 200 },
      guarded: true,
    },
    partners: {
      label: 'Group/Partner access',
      type: { type: 'set', entry: { type: 'string', max: 64 }, max: 200 },
      guarded: true,
    },
    /** Hides from search only: no restriction, and no security boundary (S11). */
    searchFilter: {
      label: 'Search result filter (not a security boundary)',
      type: { type: 'set', entry: { type: 'criterion', max: 120 }, max: 50 },
      guarded: true,
    },
    /** Off: what Check for Match finds opens, whoever's it is (S12, U-21). On where nothing is said. */
    enforceMatchSecurity: {
      label: 'Enforce Security with Check for Match',
      type: flag,
      default: true,
      guarded: true,
    },
    /** Kept and shown; they work as soon as there are libraries, reports and templates (U-15..U-17). */
    libraryFolders: { label: 'Library private folders', type: names, guarded: true },
    reports: { label: 'Reports', type: names, guarded: true },
    templateFolders: { label: 'E-mail template folders', type: names, guarded: true },
    /** Offered to colleagues who assign a callback (U-32). */
    callbackListed: { label: 'Listed in callback assignment', type: flag },
    validFrom: { label: 'Valid from', type: { type: 'instant' }, guarded: true },
    validUntil: { label: 'Valid until', type: { type: 'instant' }, guarded: true },
  },
}
