/** Asks the server who can see an account: names; for who may see workers, through what each of them can, too. */
import * as v from 'valibot'
import { askServer } from '../../app/ask-server.ts'

export interface Person {
  readonly workerId: string
  readonly name: string
  /** A clause for each rule; absent for a reader who may not see workers. */
  readonly through?: readonly string[] | undefined
}

export type WhoAnswer =
  | { readonly type: 'people'; readonly people: readonly Person[] }
  | { readonly type: 'failed' }

const answerSchema = v.object({
  items: v.array(
    v.object({ workerId: v.string(), name: v.string(), through: v.optional(v.array(v.string())) }),
  ),
})

export async function whoCanSee(accountId: string): Promise<WhoAnswer> {
  try {
    const query = new URLSearchParams({ action: 'view', record: `account/${accountId}` })
    const response = await askServer(`/api/who?${query}`)
    if (!response.ok) return { type: 'failed' }
    const answer = v.safeParse(answerSchema, await response.json())
    return answer.success ? { type: 'people', people: answer.output.items } : { type: 'failed' }
  } catch {
    return { type: 'failed' }
  }
}
