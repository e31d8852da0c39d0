/** Asks the server whether somebody has this customer already (S12), and reads what a match opens (S13). Online only. */
import * as v from 'valibot'
import type { MatchItem } from '../../../core/match/match-item.ts'
import { askServer } from '../../app/ask-server.ts'

export interface MatchQuestion {
  readonly name: string
  readonly phone: string
}

const shown = { name: v.string(), town: v.nullable(v.string()), owner: v.nullable(v.string()) }
const answerSchema = v.object({
  items: v.array(
    v.variant('type', [
      v.object({ type: v.literal('link'), id: v.string(), ...shown }),
      v.object({ type: v.literal('card'), ...shown }),
    ]),
  ),
})

/** As the server asks for: three characters that count, of one of them. */
export function isWorthAsking({ name, phone }: MatchQuestion): boolean {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= 3 || phone.replaceAll(/\D/g, '').length >= 3
}

/** Null when the server did not answer: nothing is known then, and nothing is said. */
export async function findMatches({ name, phone }: MatchQuestion): Promise<readonly MatchItem[] | null> {
  const answer = v.safeParse(answerSchema, await ask(`match/account?${new URLSearchParams({ name, phone })}`))
  return answer.success ? answer.output.items : null
}

const rowSchema = v.objectWithRest({ id: v.string() }, v.unknown())

/** The row of a match, read only; the server logs it. Null when it does not open. */
export async function readMatch(id: string): Promise<Readonly<Record<string, unknown>> | null> {
  const row = v.safeParse(rowSchema, await ask(`records/account/${encodeURIComponent(id)}?via=match`))
  return row.success ? row.output : null
}

async function ask(path: string): Promise<unknown> {
  try {
    const response = await askServer(`/api/${path}`)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
