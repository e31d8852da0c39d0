/**
 * Every feature a worker can hold, with the workspace it belongs to.
 *
 * Nine of them are the legacy rights; their ids are byte-exact and case-sensitive (R-13..R-21).
 * Order is the order of display. Labels are the words on screen.
 */

export type Workspace = 'crm' | 'product' | 'content' | 'settings' | 'help'

export interface FeatureSpec {
  readonly id: FeatureId
  readonly workspace: Workspace
  readonly label: string
  /** One of the nine legacy rights: may be written to the column `user_rights_vir`. */
  readonly right?: true
  /** Held by every active worker unless denied (R-25, R-a). */
  readonly base?: true
  /** Features that come with this one, each unless denied itself (DESIGN 4.4). */
  readonly implies?: readonly FeatureId[]
}

const catalogue = {
  crm: [
    ['crm.accounts.view', 'View accounts', { base: true }],
    ['SU-ALLOW-ACCOUNT-ADDS', 'Allow Account Adds', { right: true, implies: ['crm.accounts.view'] }],
    ['SU-ALLOW-ACCOUNT-EDITS', 'Allow Account Edits', { right: true, implies: ['crm.accounts.view'] }],
    [
      'SU-ALLOW-CUSTOMER-ADD-EDITS',
      'Allow Customer Adds/Edits',
      { right: true, implies: ['crm.accounts.view'] },
    ],
    [
      'SU-ALLOW-ADDRESS-ADDS-EDITS',
      'Allow Address Adds/Edits',
      { right: true, implies: ['crm.accounts.view'] },
    ],
    ['crm.match', 'Check for Match', { base: true }],
    ['crm.quotes.view', 'View quotes', {}],
    [
      'QUOTES-WITH-CONV-LOGS',
      'Quotes Tracking w/Conversation Logs',
      { right: true, implies: ['crm.quotes.view', 'crm.price.override'] },
    ],
    ['crm.price.override', 'Override prices', {}],
    ['SU-ALLOW-SHIPPING-PRICE-EDITS', 'Allow shipping price edits', { right: true }],
    ['crm.orders.view', 'View orders', {}],
    ['crm.orders.place', 'Place orders', { implies: ['crm.orders.view'] }],
    ['crm.invoices.view', 'View invoices and payments', {}],
    ['crm.invoices.pay', 'Pay invoices', { implies: ['crm.invoices.view'] }],
    ['crm.returns.view', 'View returns', {}],
    ['crm.returns.start', 'Start returns', { implies: ['crm.returns.view'] }],
    ['crm.leads.view', 'View leads', {}],
    ['crm.leads.edit', 'Edit leads', { implies: ['crm.leads.view'] }],
    ['crm.leads.assign', 'Assign leads', { implies: ['crm.leads.view'] }],
    ['crm.leads.unassigned', 'View unassigned leads', {}],
    ['crm.impersonate', 'Impersonate customers', {}],
    ['crm.activity.team', 'View team activity', {}],
    ['crm.delegate', 'Appoint a stand-in', {}],
    ['crm.export', 'Export CRM data', {}],
  ],
  product: [
    ['SU-ACCESS-PIM-WORKSPACE', 'Access Product Workspace', { right: true, implies: 'workspace' }],
    ['product.view', 'View products', {}],
    ['product.edit', 'Edit products', { implies: ['product.view'] }],
    ['product.featured', 'Choose featured products', {}],
    ['product.pricing.view', 'View pricing', {}],
  ],
  content: [
    ['SU-ACCESS-CMS-WORKSPACE', 'Access Content Catalog Workspace', { right: true, implies: 'workspace' }],
    ['content.view', 'View content', {}],
    ['content.edit', 'Edit content', { implies: ['content.view'] }],
    ['content.menus', 'Edit menus and navigation', {}],
    ['content.seo', 'Edit SEO settings', {}],
  ],
  settings: [
    ['SU-ACCESS-SETTINGS-WORKSPACE', 'Access Settings Workspace', { right: true, implies: 'workspace' }],
    ['settings.workers.view', 'View workers', {}],
    ['settings.workers', 'Manage workers', { implies: ['settings.workers.view'] }],
    ['settings.groups.view', 'View worker groups', {}],
    ['settings.groups', 'Manage worker groups', { implies: ['settings.groups.view'] }],
    ['settings.rights', 'Register custom rights', {}],
    ['settings.system', 'Change system settings', { implies: ['settings.rights'] }],
    ['settings.sites', 'Manage customer sites', {}],
    ['settings.import', 'Import data', {}],
    ['settings.audit.view', 'View the audit log', {}],
    ['settings.audit', 'Review refused edits and audit', { implies: ['settings.audit.view'] }],
    ['settings.routing', 'Manage lead routing', {}],
    ['settings.tax', 'Manage tax calculation', {}],
    ['settings.payment', 'Manage merchant accounts', {}],
  ],
  help: [['help.read', 'Read help', { base: true }]],
} as const satisfies Record<Workspace, readonly (readonly [string, string, CatalogueOptions])[]>

interface CatalogueOptions {
  readonly right?: true
  readonly base?: true
  readonly implies?: readonly string[] | 'workspace'
}

/** Ids of the features that ship with the product. */
export type ShippedFeatureId = (typeof catalogue)[Workspace][number][0]

/** Any feature: a shipped one, or a custom right that the operator registered. */
export type FeatureId = string

export const workspaces = [
  'crm',
  'product',
  'content',
  'settings',
  'help',
] as const satisfies readonly Workspace[]

/** The names are exactly these (W-06). */
export const workspaceLabels: Readonly<Record<Workspace, string>> = {
  crm: 'CRM',
  product: 'Product',
  content: 'Content',
  settings: 'Settings',
  help: 'Help',
}

/** The id under which a group's tri-state speaks of a whole workspace (W-16, DESIGN 3). For three of them
 *  it is the legacy right itself. */
export const workspaceFeatureIds = {
  crm: 'workspace.crm',
  product: 'SU-ACCESS-PIM-WORKSPACE',
  content: 'SU-ACCESS-CMS-WORKSPACE',
  settings: 'SU-ACCESS-SETTINGS-WORKSPACE',
  help: 'workspace.help',
} as const satisfies Record<Workspace, string>

/** The catalogue as shipped. Custom rights are appended by whoever reads the settings. */
export const shippedFeatures: readonly FeatureSpec[] = workspaces.flatMap((workspace) =>
  (catalogue[workspace] as readonly (readonly [ShippedFeatureId, string, CatalogueOptions])[]).map(
    ([id, label, { right, base, implies }]): FeatureSpec => ({
      id,
      workspace,
      label,
      ...(right && { right }),
      ...(base && { base }),
      ...(implies && {
        implies:
          implies === 'workspace'
            ? catalogue[workspace].map(([other]) => other as string).filter((other) => other !== id)
            : (implies as readonly FeatureId[]),
      }),
    }),
  ),
)

/** The nine rights in the order of export. */
export const rightIds = [
  'SU-ACCESS-CMS-WORKSPACE',
  'SU-ACCESS-SETTINGS-WORKSPACE',
  'SU-ALLOW-ACCOUNT-ADDS',
  'SU-ALLOW-ACCOUNT-EDITS',
  'SU-ALLOW-ADDRESS-ADDS-EDITS',
  'SU-ALLOW-CUSTOMER-ADD-EDITS',
  'SU-ACCESS-PIM-WORKSPACE',
  'SU-ALLOW-SHIPPING-PRICE-EDITS',
  'QUOTES-WITH-CONV-LOGS',
] as const satisfies readonly ShippedFeatureId[]

/** The features of one organisation: the shipped ones and its custom rights, ready for lookup. */
export interface Catalogue {
  readonly features: readonly FeatureSpec[]
  readonly featureById: ReadonlyMap<FeatureId, FeatureSpec>
}

export function catalogueWith(customRights: readonly FeatureSpec[]): Catalogue {
  const all = [...shippedFeatures, ...customRights]
  return { features: all, featureById: new Map(all.map((feature) => [feature.id, feature])) }
}

export const shippedCatalogue: Catalogue = catalogueWith([])

/** Whether a key of a group's `features` names something that exists: a feature, or a whole workspace. */
export function isFeatureEntryId(catalogue: Catalogue, id: string): boolean {
  return catalogue.featureById.has(id) || id === 'workspace.crm' || id === 'workspace.help'
}
