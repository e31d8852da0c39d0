/**
 * Passwords that a file brings (R-h): only for who may set them, long enough, hashed before anything is committed, and
 * set when the rest is. They are told nowhere, and no export has them.
 */
import { decideOverWorker } from '../../core/access/check-change.ts'
import { decide } from '../../core/access/decide.ts'
import { explain, inOneText } from '../../core/access/explain.ts'
import { isAllowed } from '../../core/access/types.ts'
import type { RecordEdit } from '../../core/exchange/diff-rows.ts'
import type { ImportFault } from '../../core/exchange/parse-csv.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import { hashPassword, passwordLengthMin, passwordProblem } from '../http/passwords.ts'
import type { Sessions } from '../http/session-types.ts'
import type { Storage } from '../storage/storage.ts'
import type { Reader } from './names.ts'

const column = 'pw'

/** Hashes worked out side by side: as many as there are threads for them. */
const AT_ONCE = 4

/** `now` is the instant of the question. */
export async function passwordFaults(
  edits: readonly RecordEdit[],
  reader: Reader,
  { storage, policy, now }: { readonly storage: Storage; readonly policy: Policy; readonly now: number },
): Promise<readonly ImportFault[]> {
  if (edits.every(({ password }) => password === null)) return []
  const lengthMin = await passwordLengthMin(storage)
  return edits.flatMap((edit): readonly ImportFault[] => {
    if (edit.password === null) return []
    const message = passwordProblem(edit.password, lengthMin) ?? whyNotSet(edit, reader, policy, now)
    return message === null ? [] : [{ row: edit.row, column, message }]
  })
}

/** Of a worker that the import makes, the gate decides: whoever may make one may give them a password. */
function whyNotSet(
  { id, old }: RecordEdit,
  reader: Reader,
  { directory, changers }: Policy,
  now: number,
): string | null {
  if (reader === 'operator' || old === null) return null
  if (id === reader.workerId) return 'This is your own login. Change its password with the one you have.'
  const edit = decide(reader, 'edit', { kind: 'worker', id, row: old })
  const decision = isAllowed(edit) ? decideOverWorker(reader, directory, id, now) : edit
  if (isAllowed(decision)) return null
  const { label, title } = kindSpecs.worker
  return inOneText(
    explain(decision, {
      catalogue: directory.catalogue,
      changers,
      workerId: reader.workerId,
      action: 'edit',
      kind: label,
      title: title(old),
    }),
  )
}

export interface PasswordContext {
  readonly storage: Storage
  /** Of a server that runs: open sockets close with their session. */
  readonly sessions?: Pick<Sessions, 'end'>
}

export interface HashedPassword {
  readonly workerId: string
  readonly passwordHash: string
}

export async function hashPasswords(
  edits: readonly RecordEdit[],
  onHashed: (done: number) => void,
): Promise<readonly HashedPassword[]> {
  const wanted = edits.flatMap(({ id, password }) => (password === null ? [] : [{ id, password }]))
  const hashed: HashedPassword[] = []
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    hashed.push(
      ...(await Promise.all(
        wanted.slice(from, from + AT_ONCE).map(async ({ id, password }) => ({
          workerId: id,
          passwordHash: await hashPassword(password),
        })),
      )),
    )
    onHashed(hashed.length)
  }
  return hashed
}

/** Whoever is signed in with the old one is signed out, and an invitation to choose one is over. */
export async function setPasswords(
  { storage, sessions }: PasswordContext,
  passwords: readonly HashedPassword[],
  { reader, at }: { readonly reader: Reader; readonly at: number },
): Promise<void> {
  for (const { workerId, passwordHash } of passwords) {
    await storage.saveCredential({ workerId, passwordHash, mustChange: false })
    await storage.dropInvite(workerId)
    await (sessions === undefined ? storage.endSessions({ workerId }) : sessions.end({ workerId }))
    const record = { kind: 'worker', id: workerId } as const
    const by = reader === 'operator' ? reader : reader.workerId
    await storage.logAccess({ workerId: by, record, via: 'password-set', deviceId: null, at })
  }
}
