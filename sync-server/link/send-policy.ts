/** A worker's rights as their device is told them: the whole timeline of principals, so that it works offline (B7). */
import { type ChangersJson, changersToJson } from '../../core/access/changers.ts'
import { principalToJson } from '../../core/access/principal-json.ts'
import { compileTimeline } from '../../core/access/principal.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Policy } from '../gate/policy.ts'

export interface Rights {
  readonly policyVersion: number
  readonly principals: readonly unknown[]
  readonly changers: ChangersJson
  /** Equal for rights that differ in their policy version alone: such a change is nothing to tell. */
  readonly fingerprint: string
}

export function rightsOf(policy: Policy, workerId: string, now: number): Rights {
  const { directory } = policy
  const principals = compileTimeline(directory, workerId, now).map(principalToJson)
  const changers = changersToJson(policy.changers)
  const unversioned = principals.map((principal) => ({ ...principal, policyVersion: 0 }))
  const fingerprint = JSON.stringify([unversioned, changers])
  return { policyVersion: directory.policyVersion, principals, changers, fingerprint }
}

export function policyFrame({ policyVersion, principals, changers }: Rights, scopeHash: string): Uint8Array {
  return encodeMessage('policy', { policyVersion, scopeHash, principals: [...principals], changers })
}
