/** Whether a reader may bring or take any file at all, and which. */
import type { Decision, Principal } from '../../../../core/access/types.ts'
import { type FileKind, fileKinds, recordKindOf } from '../../../../core/exchange/kinds.ts'
import { decisionFor } from '../../../access/decision.ts'

/** In the order in which they are offered: people first, then customers. */
export const offeredFiles: readonly FileKind[] = [
  'worker',
  'group',
  'membership',
  'account',
  'contact',
  'address',
]

export function decideFile(
  principal: Principal | null,
  action: 'import' | 'export',
  file: FileKind,
): Decision {
  return decisionFor(principal, { action, kind: recordKindOf(file) })
}

export function mayExchange(principal: Principal): boolean {
  return mayAny(principal, 'import') || mayAny(principal, 'export')
}

export function mayAny(principal: Principal | null, action: 'import' | 'export'): boolean {
  return fileKinds.some((file) => decideFile(principal, action, file).outcome === 'allowed')
}
