/** Workers as the operator names them: by username, or not at all, which means the operator. */
import { foldValue } from '../../core/records/fold.ts'
import type { Author } from '../gate/types.ts'
import type { Organisation } from '../organisation.ts'
import { CommandFailure } from './failure.ts'

export async function workerIdOf(
  { storage }: Pick<Organisation, 'storage'>,
  username: string,
): Promise<string> {
  const folded = foldValue(username)
  const id = (await storage.idsByValue('worker', 'username', [folded])).get(folded)?.[0]
  if (id === undefined) throw new CommandFailure(`there is no worker \`${username}\``)
  return id
}

/** Whoever `--as` names acts; without it the operator, with full rights. */
export async function authorOf(
  organisation: Pick<Organisation, 'storage'>,
  username: string | undefined,
): Promise<Author> {
  if (username === undefined) return { type: 'operator' }
  return { type: 'worker', workerId: await workerIdOf(organisation, username) }
}
