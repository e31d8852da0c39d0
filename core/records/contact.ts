/** A contact: a person at an account (W-14). One of them is the account's House Contact, made by the server (I-10). */
import { active, email, flag, line, phone } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const contact: KindSpec = {
  kind: 'contact',
  label: 'Contact',
  plural: 'Contacts',
  read: { type: 'scoped', feature: 'crm.accounts.view' },
  write: { type: 'feature', create: 'SU-ALLOW-CUSTOMER-ADD-EDITS', edit: 'SU-ALLOW-CUSTOMER-ADD-EDITS' },
  scope: 'account',
  title: (row) => [row.firstName, row.lastName].filter(Boolean).join(' '),
  fields: {
    externalId: { label: 'Contact id', type: line(64), unique: true },
    accountId: {
      label: 'Account',
      type: { type: 'reference', kind: 'account' },
      required: true,
      feedsScope: true,
    },
    firstName: { label: 'First name', type: line(100), searched: true },
    lastName: { label: 'Last name', type: line(100), searched: true },
    title: { label: 'Title', type: line(40) },
    jobTitle: { label: 'Job title', type: line(120), searched: true },
    email: { ...email, matchedAs: 'email' },
    phone: { ...phone, matchedAs: 'phone' },
    username: { label: 'Username', type: line(100), unique: true },
    house: { label: 'House Contact', type: flag, serverMade: true },
    active,
  },
}

/** The House Contact of an account has this id, so that there is never a second one (P22). */
export function houseContactId(accountId: string): string {
  return `house-${accountId}`
}
