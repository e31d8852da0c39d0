/** The hard rules of DESIGN 5, on the directory as a change would leave it; and no cycle among accounts (P19). */
import { checkAccountParent, checkChange } from '../../core/access/check-change.ts'
import { withCatalogue, withGroup, withWorker } from '../../core/access/directory.ts'
import { catalogueFromSettings, groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import type { Directory, Principal, Reason } from '../../core/access/types.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { FieldKey } from '../../core/documents/types.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'
import type { Working } from './working-state.ts'

/** Fields of records in the directory that the directory does not hold; all others move the policy version. */
const outside: Partial<Record<Kind, ReadonlySet<string>>> = {
  worker: new Set([
    'email',
    'phone',
    'jobTitle',
    'labelSet',
    'board',
    'libraryFolders',
    'reports',
    'templateFolders',
    'callbackListed',
  ]),
  group: new Set(['description', 'preconfigured']),
  settings: new Set(['name', 'offlineLeaseDays', 'passwordLengthMin', 'defaultLabelSet', 'defaultBoard']),
}

/** Of these, the ones that no hard rule looks at. */
const ungoverned: ReadonlySet<string> = new Set([
  'phone',
  'jobTitle',
  'labelSet',
  'board',
  'libraryFolders',
  'reports',
  'templateFolders',
  'callbackListed',
  'description',
  'name',
  'offlineLeaseDays',
  'passwordLengthMin',
  'defaultLabelSet',
  'defaultBoard',
])

export type DirectoryCheck =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly reasons: readonly Reason[] }

/** `author` is null for the operator and the server. The directory is the same object where nothing in it changes. */
export function checkDirectory(
  working: Working,
  kind: Kind,
  after: Row,
  touches: readonly FieldKey[],
  author: Principal | null,
): DirectoryCheck {
  const { directory: before, at } = working
  const ignored = outside[kind]
  if (ignored === undefined || (kind !== 'worker' && kind !== 'group' && kind !== 'settings')) {
    return { ok: true, directory: before }
  }
  const fields = touches.map((key) => splitFieldKey(key).field)
  const moves = fields.some((field) => !ignored.has(field))
  if (!moves && fields.every((field) => ungoverned.has(field))) return { ok: true, directory: before }

  const directory = moves ? directoryAfter(before, kind, after, working.head.number + 1) : before
  const decision = checkChange({
    before,
    after: directory,
    author: author ?? 'operator',
    now: at,
    changed: [{ kind, id: after.id, fields }],
    accountById: (id) => working.row('account', id),
  })
  return decision.outcome === 'denied' ? { ok: false, reasons: decision.reasons } : { ok: true, directory }
}

function directoryAfter(
  before: Directory,
  kind: 'worker' | 'group' | 'settings',
  after: Row,
  policyVersion: number,
): Directory {
  switch (kind) {
    case 'worker':
      return withWorker(before, workerFromRow(after), policyVersion)
    case 'group':
      return withGroup(before, groupFromRow(after), policyVersion)
    case 'settings':
      return withCatalogue(before, catalogueFromSettings(after), policyVersion)
  }
}

export function checkParentAccount(
  working: Working,
  after: Row,
  touches: readonly FieldKey[],
): readonly Reason[] {
  if (after.kind !== 'account' || !touches.includes('parentId') || typeof after.parentId !== 'string')
    return []
  const reason = checkAccountParent(after.id, after.parentId, (id) => {
    const parent = working.row('account', id)?.parentId
    return typeof parent === 'string' ? parent : null
  })
  return reason === null ? [] : [reason]
}
