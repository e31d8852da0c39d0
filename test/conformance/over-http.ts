/**
 * A case's question asked over HTTP: what the server explains, and what can be observed.
 *
 * `explain` knows no values, so a case with values is explained by its field alone; the values are for the sockets.
 */
import { openWorkspaces } from '../../core/access/open-workspaces.ts'
import type { Decision, Principal, Right } from '../../core/access/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { RecordQuestion } from './case-files.ts'
import type { ServedOrganisation } from './served-organisation.ts'

/** Who is asked about others: an administrator in every organisation. */
const administrator = 'ada'

export async function explained(
  served: ServedOrganisation,
  { worker, action, kind, id, field }: RecordQuestion,
  asker: string = administrator,
): Promise<Decision> {
  const query = new URLSearchParams({
    worker,
    action,
    record: `${kind}/${id}`,
    ...(field !== null && { field }),
  })
  const answer = await served.call(asker, `/api/explain?${query}`)
  if (answer.status !== 200) throw new Error(`explain answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Decision
}

/** What the worker's own portal is told of a feature, or of a workspace. */
export async function heldOverHttp(
  served: ServedOrganisation,
  worker: string,
): Promise<Pick<Principal, 'rights'>> {
  const answer = await served.call(worker, '/api/me')
  const { rights } = (await answer.json()) as { rights: Record<string, Right> }
  return { rights: new Map(Object.entries(rights)) }
}

export function isOpen(served: ServedOrganisation, { rights }: Pick<Principal, 'rights'>, workspace: string) {
  const principal = { ...served.core.principalOf(administrator), rights }
  return openWorkspaces(principal, served.core.directory.catalogue).some((open) => open === workspace)
}

/** Whether the record comes when it is asked for by its address: 200, 404, or 401 for who is not signed in. */
export async function readOverHttp(
  served: ServedOrganisation,
  { worker, kind, id }: RecordQuestion,
): Promise<number> {
  return (await served.call(worker, `/api/records/${kind}/${id}`)).status
}

type Exchanged = { readonly outcome: 'allowed' | 'denied'; readonly reasons: Decision['reasons'] | null }

/** Whether the record is in the file; with the reasons, where there is no file at all. */
export async function exported(
  served: ServedOrganisation,
  { worker, kind, id }: RecordQuestion,
): Promise<Exchanged> {
  const answer = await served.call(worker, `/api/export/${kind}`)
  if (answer.status === 403) return refusal(answer)
  const row = served.core.row(kind, id)
  const isIn =
    row !== null && (await answer.text()).includes(kindSpecs[kind].title(row).split(' ', 1)[0] ?? '')
  return { outcome: isIn ? 'allowed' : 'denied', reasons: null }
}

/** A file of one line, tried and not applied. */
export async function imported(served: ServedOrganisation, question: RecordQuestion): Promise<Exchanged> {
  const answer = await served.call(question.worker, `/api/import/${question.kind}?mode=dry-run`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: lineFor(served, question),
  })
  if (answer.status === 403) return refusal(answer)
  const { errors } = (await answer.json()) as { errors: readonly unknown[] }
  return { outcome: errors.length === 0 ? 'allowed' : 'denied', reasons: null }
}

function lineFor({ core }: ServedOrganisation, { kind, id, field }: RecordQuestion): string {
  const row = core.row(kind, id)
  if (kind === 'worker') return `username,c_f_nm\n${String(row?.username ?? id)},Imported\n`
  const cell = field === 'phone' ? 'phone\n' : 'rep_codes\n'
  const value = field === 'phone' ? '555 0199' : '275;999'
  return `a_id,${cell}${String(row?.aId)},${value}\n`
}

async function refusal(answer: Response): Promise<Exchanged> {
  const { reasons } = (await answer.json()) as { reasons: Decision['reasons'] }
  return { outcome: 'denied', reasons }
}
