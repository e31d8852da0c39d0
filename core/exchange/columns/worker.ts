/** Workers: the columns of R-26 that have a field, and our own for what R-26 does not know (R-a, W-10, U-10). */
import { rightIds, shippedFeatures } from '../../catalogue/features.ts'
import type { CellType, ColumnMap, FeaturePart } from '../column.ts'

const text: CellType = { type: 'text' }
const id: CellType = { type: 'id' }
const list: CellType = { type: 'list' }

/** The nine and the operator's own; nothing else is ever written into the column (R-a). */
const rights: FeaturePart = {
  holds: (feature) => feature.right === true,
  otherwise: 'is no worker right; other features go into features_ext',
  order: rightIds,
}
const otherFeatures: FeaturePart = {
  holds: (feature) => feature.right !== true,
  otherwise: 'is a worker right and goes into user_rights_vir',
  order: shippedFeatures.map((feature) => feature.id),
}
const allFeatures: FeaturePart = {
  holds: () => true,
  otherwise: 'is unknown',
  order: [...rightIds, ...shippedFeatures.map((feature) => feature.id)],
}

const notKept = 'a worker has no postal address'
const noMail =
  'no e-mail is sent from here; a password of the column pw holds at once, and you hand it over yourself'

export const workerColumns: ColumnMap = {
  kind: 'worker',
  key: 'username',
  columns: [
    { name: 'username', field: 'username', type: id },
    { name: 'c_f_nm', field: 'firstName', type: text },
    { name: 'c_l_nm', field: 'lastName', type: text },
    { name: 'c_em', field: 'email', type: id },
    { name: 'c_phone', field: 'phone', type: text },
    { name: 'job_title', field: 'jobTitle', type: text },
    { name: 'a_id', field: 'aId', type: id },
    { name: 'authorized_rep_codes', field: 'repCodes', type: { type: 'list', commas: true } },
    { name: 'accounts_vir', field: 'mappedAccounts', type: { type: 'references', kind: 'account' } },
    { name: 'manager_username', field: 'managerId', type: { type: 'reference', kind: 'worker' } },
    { name: 'user_type', field: 'userType', type: { type: 'choice' } },
    { name: 'accounts_query_type', field: 'accountsQueryType', type: { type: 'choice' } },
    { name: 'user_rights_vir', field: 'rights', type: { type: 'features', part: rights } },
    {
      name: 'features_ext',
      field: 'rights',
      type: { type: 'features', part: otherFeatures },
      label: 'Other features',
    },
    { name: 'groups', field: 'groups', type: { type: 'memberships' } },
    { name: 'reductions', field: 'reductions', type: { type: 'features', part: allFeatures } },
    // By their ids: label sets and boards are no files of their own.
    { name: 'label_set', field: 'labelSet', type: id },
    { name: 'bulletin_board', field: 'board', type: id },
    { name: 'campaigns', field: 'campaigns', type: list },
    { name: 'geographies', field: 'geographies', type: list },
    { name: 'partners', field: 'partners', type: list },
    { name: 'search_filter', field: 'searchFilter', type: list },
    { name: 'enforce_match_security', field: 'enforceMatchSecurity', type: { type: 'switch' } },
    { name: 'library_folders', field: 'libraryFolders', type: list },
    { name: 'reports', field: 'reports', type: list },
    { name: 'email_template_folders', field: 'templateFolders', type: list },
    { name: 'callback_listed', field: 'callbackListed', type: { type: 'switch' } },
    { name: 'active', field: 'active', type: { type: 'switch' } },
    { name: 'valid_from', field: 'validFrom', type: { type: 'instant' } },
    { name: 'valid_until', field: 'validUntil', type: { type: 'instant' } },
  ],
  login: { password: 'pw', change: 'change_pw' },
  homeless: {
    c_add1: notKept,
    c_add2: notKept,
    c_city: notKept,
    c_state: notKept,
    c_zip: notKept,
    send_pw_email: noMail,
  },
}
