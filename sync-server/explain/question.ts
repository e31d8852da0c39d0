/** A question about access as people type it: an action, `kind/id`, perhaps a field. The same for HTTP and command line. */
import type { Action } from '../../core/access/types.ts'
import { type Kind, recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'
import type { RecordRef } from '../storage/storage.ts'

export interface Question {
  readonly action: Action
  readonly record: RecordRef
  readonly field: string | null
}

/** "Why can't I see the account that is called …?" */
export interface NameQuestion {
  readonly kind: Kind
  readonly name: string
}

const actions = ['view', 'create', 'edit', 'export', 'import'] as const satisfies readonly Action[]
const NAME_LENGTH_MAX = 200

export function parseQuestion(asked: {
  readonly action?: string
  readonly record?: string
  readonly field?: string
}): Question | { readonly problem: string } {
  const action = actions.find((known) => known === asked.action)
  if (!action) return { problem: `action is one of ${actions.join(', ')}.` }
  const [kind = '', id = '', ...rest] = (asked.record ?? '').split('/')
  if (!isKind(kind) || !recordIdPattern.test(id) || rest.length > 0)
    return { problem: 'record is a kind and an id, as in account/4f1c.' }
  return { action, record: { kind, id }, field: asked.field || null }
}

export function parseNameQuestion(asked: {
  readonly kind?: string
  readonly name?: string
}): NameQuestion | { readonly problem: string } {
  const kind = asked.kind ?? ''
  const name = asked.name?.trim() ?? ''
  if (!isKind(kind)) return { problem: 'kind is that of a record, as in account.' }
  if (name === '' || name.length > NAME_LENGTH_MAX)
    return { problem: `name has 1 to ${NAME_LENGTH_MAX} characters.` }
  return { kind, name }
}
