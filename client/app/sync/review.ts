/**
 * Refused edits of others that the reader may settle (D21). Asked of the server each time: no device holds them, and
 * who may settle what is decided when it is asked.
 */
import * as v from 'valibot'
import type { Change } from '../../../core/documents/types.ts'
import { askServer } from '../ask-server.ts'

const valueSchema = v.unknown()

const itemSchema = v.object({
  id: v.string(),
  /** `kind/id`. */
  record: v.string(),
  worker: v.string(),
  at: v.string(),
  writtenAt: v.nullable(v.string()),
  sentence: v.string(),
  changes: v.array(v.object({ field: v.string(), old: valueSchema, new: valueSchema })),
  creates: v.boolean(),
  /** False where not everything that was typed was kept: then it cannot be accepted. */
  isWhole: v.boolean(),
  title: v.nullable(v.string()),
  /** What the fields say now, in the order of the changes. */
  stands: v.array(valueSchema),
  askedAt: v.nullable(v.string()),
  beforePolicy: v.nullable(v.boolean()),
  /** Nobody refused it: a restored server lost it, and `worker`'s device handed it in. Its author is a guess (L20). */
  recovered: v.optional(v.object({ device: v.string(), author: v.nullable(v.string()) })),
})

export interface ReviewItem extends Omit<v.InferOutput<typeof itemSchema>, 'changes'> {
  readonly changes: readonly Change[]
}

export type ReviewList =
  | { readonly type: 'items'; readonly items: readonly ReviewItem[] }
  | { readonly type: 'failed' }

export async function loadReview(): Promise<ReviewList> {
  try {
    const response = await askServer('/api/quarantine?review=1')
    if (!response.ok) return { type: 'failed' }
    const answer = v.safeParse(v.object({ items: v.array(itemSchema) }), await response.json())
    return answer.success
      ? { type: 'items', items: answer.output.items as readonly ReviewItem[] }
      : { type: 'failed' }
  } catch {
    return { type: 'failed' }
  }
}

export type Settling =
  | { readonly type: 'settled' }
  /** In a sentence of the server's; null where it did not answer. */
  | { readonly type: 'not-settled'; readonly sentence: string | null }

export const acceptEdit = (id: string): Promise<Settling> => settle(id, 'accept', {})
export const declineEdit = (id: string, word: string): Promise<Settling> => settle(id, 'decline', { word })

async function settle(id: string, how: 'accept' | 'decline', body: object): Promise<Settling> {
  try {
    const response = await askServer(`/api/quarantine/${encodeURIComponent(id)}/${how}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { type: 'settled' }
    const problem = v.safeParse(v.object({ detail: v.string() }), await response.json())
    return { type: 'not-settled', sentence: problem.success ? problem.output.detail : null }
  } catch {
    return { type: 'not-settled', sentence: null }
  }
}
