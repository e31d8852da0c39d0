/**
 * The worker groups that ship with the product: to be used or disabled, never deleted (W-18).
 *
 * Their names are ours (W-b). `organization` is the parent of the user groups and allows nothing by itself:
 * it is where an administrator sets what nobody below may lift (G-17).
 */
import type { GroupType } from './group-types.ts'

export interface PreconfiguredGroup {
  /** Also the record id. */
  readonly code: string
  readonly name: string
  readonly description: string
  readonly type: GroupType
  readonly parentId: string | null
  readonly allow: readonly string[]
  readonly deny?: readonly string[]
}

export const administratorsId = 'administrators'
export const organizationId = 'organization'

const sales = [
  'crm.accounts.view',
  'SU-ALLOW-ACCOUNT-EDITS',
  'SU-ALLOW-CUSTOMER-ADD-EDITS',
  'SU-ALLOW-ADDRESS-ADDS-EDITS',
  'QUOTES-WITH-CONV-LOGS',
  'crm.match',
  'crm.orders.place',
  'crm.invoices.view',
  'crm.returns.view',
  'crm.leads.edit',
  'crm.impersonate',
  'help.read',
] as const

export const preconfiguredGroups: readonly PreconfiguredGroup[] = [
  {
    code: administratorsId,
    name: 'Administrators',
    description: 'The one Administrative group: every feature and every account.',
    type: 'admin',
    parentId: null,
    allow: [],
  },
  {
    code: organizationId,
    name: 'Organization',
    description: 'Parent of all user groups. What is denied here, nobody below can lift.',
    type: 'user',
    parentId: null,
    allow: [],
  },
  {
    code: 'sales-rep',
    name: 'Sales Rep',
    description: 'Looks after accounts in the field.',
    type: 'user',
    parentId: organizationId,
    allow: sales,
  },
  {
    code: 'sales-manager',
    name: 'Sales Manager',
    description: 'Leads reps: everything a rep can do, new accounts, prices, the team’s activity.',
    type: 'user',
    parentId: organizationId,
    allow: [
      ...sales,
      'SU-ALLOW-ACCOUNT-ADDS',
      'SU-ALLOW-SHIPPING-PRICE-EDITS',
      'crm.leads.assign',
      'crm.leads.unassigned',
      'crm.activity.team',
      'crm.delegate',
      'crm.export',
      'product.view',
      'product.pricing.view',
    ],
  },
  {
    code: 'customer-service',
    name: 'Customer Service',
    description: 'Answers customers: contacts, addresses, orders, returns.',
    type: 'user',
    parentId: organizationId,
    allow: [
      'crm.accounts.view',
      'SU-ALLOW-CUSTOMER-ADD-EDITS',
      'SU-ALLOW-ADDRESS-ADDS-EDITS',
      'crm.match',
      'crm.quotes.view',
      'crm.orders.place',
      'crm.invoices.pay',
      'crm.returns.start',
      'crm.impersonate',
      'product.view',
      'help.read',
    ],
  },
  {
    code: 'catalog-manager',
    name: 'Catalog Manager',
    description: 'Keeps products, categories and featured products.',
    type: 'user',
    parentId: organizationId,
    allow: ['SU-ACCESS-PIM-WORKSPACE', 'help.read'],
  },
  {
    code: 'content-editor',
    name: 'Content Editor',
    description: 'Keeps pages, menus, slide shows and files.',
    type: 'user',
    parentId: organizationId,
    allow: ['SU-ACCESS-CMS-WORKSPACE', 'help.read'],
  },
  {
    code: 'auditor',
    name: 'Read-only Auditor',
    description: 'Sees records, people, groups and the audit log; changes nothing.',
    type: 'user',
    parentId: organizationId,
    allow: [
      'crm.accounts.view',
      'crm.quotes.view',
      'crm.orders.view',
      'crm.invoices.view',
      'crm.returns.view',
      'crm.leads.view',
      'crm.activity.team',
      'product.view',
      'product.pricing.view',
      'content.view',
      'settings.workers.view',
      'settings.groups.view',
      'settings.audit.view',
      'help.read',
    ],
  },
  {
    code: 'affiliates',
    name: 'Affiliates',
    description: 'Deliver leads and see their own submissions.',
    type: 'affiliate',
    parentId: null,
    allow: ['help.read'],
  },
  {
    code: 'clients',
    name: 'Clients',
    description: 'Have leads delivered to them; see only what an administrator determines.',
    type: 'client',
    parentId: null,
    allow: ['help.read'],
  },
]
