/**
 * What only the server knows of a change before it is saved: how many accounts come and go for each worker, and which
 * devices hold unsent edits that it would refuse (P28). Asked while there is a network, a moment after the last change.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import * as v from 'valibot'
import { askServer } from '../../../app/ask-server.ts'
import { createOnline } from '../../../app/create-online.ts'
import { type Consequences, consequencesSchema } from './consequences.ts'
import type { Proposal, ProposedEdit } from './create-proposal.ts'
import { changesOf } from './overlay.ts'

/** Between the last change and the question. */
const ASK_DELAY_MS = 400

/** Undefined while nothing is changed, offline, or until the answer has come. */
export function useConsequences(proposal: Proposal): Accessor<Consequences | undefined> {
  const online = createOnline()
  const [told, setTold] = createSignal<Consequences>()
  createEffect(
    on([proposal.edits, online], ([edits, isOnline]) => {
      setTold(undefined)
      if (edits.length === 0 || !isOnline) return
      const abort = new AbortController()
      const timer = setTimeout(
        () => void ask(edits, abort.signal).then(setTold, () => undefined),
        ASK_DELAY_MS,
      )
      onCleanup(() => {
        clearTimeout(timer)
        abort.abort()
      })
    }),
  )
  return told
}

async function ask(edits: readonly ProposedEdit[], signal: AbortSignal): Promise<Consequences | undefined> {
  const changes = edits.map(({ row, overlay }) => ({
    record: `${row.kind}/${row.id}`,
    fields: Object.fromEntries(changesOf(row, overlay).map(({ field, new: value }) => [field, value])),
  }))
  const response = await askServer('/api/dry-run', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ changes }),
    signal,
  })
  if (!response.ok) return undefined
  const answer = v.safeParse(consequencesSchema, await response.json())
  return answer.success ? answer.output : undefined
}
