/**
 * The people and accounts that recur in tests of the whole server.
 *
 * ada is an administrator; max a sales manager who reaches every account; rhea a rep with code 275, eve one with 276.
 * The accounts oak and ash are rhea's, elm is eve's; cora is a contact at oak, dora one at elm, home an address of oak.
 */
import { administratorsId } from '../../core/catalogue/preconfigured-groups.ts'
import type { NewRecord } from '../../sync-server/seed/create-all.ts'

const memberOf = (id: string) => [{ id, from: null, until: null }]

export const people: readonly NewRecord[] = [
  {
    kind: 'worker',
    id: 'ada',
    fields: {
      username: 'ada',
      firstName: 'Ada',
      lastName: 'Adams',
      userType: 'administrator',
      accountsQueryType: 'all',
      groups: memberOf(administratorsId),
    },
  },
  {
    kind: 'worker',
    id: 'max',
    fields: {
      username: 'max',
      firstName: 'Max',
      lastName: 'Meyer',
      userType: 'organization',
      accountsQueryType: 'all',
      groups: memberOf('sales-manager'),
    },
  },
  {
    kind: 'worker',
    id: 'rhea',
    fields: {
      username: 'rhea',
      firstName: 'Rhea',
      lastName: 'Rossi',
      userType: 'account_manager',
      managerId: 'max',
      accountsQueryType: 'rep',
      repCodes: ['275'],
      groups: memberOf('sales-rep'),
    },
  },
  {
    kind: 'worker',
    id: 'eve',
    fields: {
      username: 'eve',
      firstName: 'Eve',
      lastName: 'Evans',
      userType: 'account_manager',
      accountsQueryType: 'rep',
      repCodes: ['276'],
      groups: memberOf('sales-rep'),
    },
  },
]

export const accounts: readonly NewRecord[] = [
  {
    kind: 'account',
    id: 'oak',
    fields: {
      aId: 'A-1',
      name: 'Oak Ltd',
      repCodes: ['275'],
      phone: '555 0100',
      country: 'US',
      notes: 'Since 1990.',
    },
  },
  {
    kind: 'account',
    id: 'ash',
    fields: { aId: 'A-2', name: 'Ash & Sons', repCodes: ['275'], country: 'CA' },
  },
  { kind: 'account', id: 'elm', fields: { aId: 'A-3', name: 'Elm Inc', repCodes: ['276'], country: 'US' } },
  { kind: 'contact', id: 'cora', fields: { accountId: 'oak', firstName: 'Cora', lastName: 'Cole' } },
  { kind: 'contact', id: 'dora', fields: { accountId: 'elm', firstName: 'Dora', lastName: 'Dunn' } },
  { kind: 'address', id: 'home', fields: { accountId: 'oak', label: 'Office', city: 'Seattle' } },
]
