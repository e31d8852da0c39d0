import { expect, test } from 'vitest'
import { accessOf } from '../../../../client/workspaces/settings/access-lock.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { compile } from '../../../../core/access/principal.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { aGroup, aWorker, now } from '../../../core/access/organisation.ts'

const MANAGES = ['settings.workers', 'settings.groups']

const directory = makeDirectory(
  shippedCatalogue,
  [
    aWorker('ada', { in: ['administrators'] }),
    aWorker('otto', { in: ['administrators'] }),
    aWorker('max', { rights: MANAGES }),
    aWorker('rhea'),
  ],
  [aGroup('administrators', { type: 'admin' }), aGroup('sales')],
  1,
)

function lock(author: string, kind: 'worker' | 'group', id: string) {
  const principal = compile(directory, author, now)
  const decision = accessOf({ id, kind, seq: 1 } as Row, { directory, principal, now })
  return decision.outcome === 'allowed' ? 'allowed' : decision.reasons[0]?.code
}

test('[P14] one’s own access is closed, a colleague’s is open', () => {
  expect(lock('max', 'worker', 'max')).toBe('own-access')
  expect(lock('ada', 'worker', 'ada')).toBe('own-access')
  expect(lock('max', 'worker', 'rhea')).toBe('allowed')
})

test('[P17] an administrator’s access is open to unreduced administrators alone', () => {
  expect(lock('max', 'worker', 'ada')).toBe('administrative-group')
  expect(lock('otto', 'worker', 'ada')).toBe('allowed')
})

test('[P17] so are the features of the Administrative group, and no other’s', () => {
  expect(lock('max', 'group', 'administrators')).toBe('administrative-group')
  expect(lock('ada', 'group', 'administrators')).toBe('allowed')
  expect(lock('max', 'group', 'sales')).toBe('allowed')
})

test('[P1] who manages nothing finds everything closed', () => {
  expect(lock('rhea', 'worker', 'max')).toBe('not-held')
  expect(lock('rhea', 'group', 'sales')).toBe('not-held')
})
