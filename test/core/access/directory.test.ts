import { describe, expect, test } from 'vitest'
import { makeDirectory, withWorker, withWorkers } from '../../../core/access/directory.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { aGroup, aWorker } from './organisation.ts'

const before = makeDirectory(
  shippedCatalogue,
  [aWorker('max'), aWorker('rhea', { in: ['north'], managerId: 'max' }), aWorker('eve', { in: ['north'] })],
  [aGroup('north'), aGroup('south')],
  1,
)
const moves = [
  aWorker('rhea', { in: ['south'], managerId: null }),
  aWorker('eve', { in: ['south', 'north'], managerId: 'max' }),
  aWorker('new', { in: ['south'] }),
]

describe('many workers changed at once', () => {
  test('[P28] are the directory that changing one after the other makes', () => {
    const atOnce = withWorkers(before, moves, 2)
    const oneByOne = moves.reduce((directory, worker) => withWorker(directory, worker, 2), before)
    expect(atOnce).toEqual(oneByOne)
    expect(atOnce.membersByGroup.get('south')).toEqual(['rhea', 'eve', 'new'])
    expect(atOnce.reportsByManager.get('max')).toEqual(['eve'])
  })

  test('the directory before is left as it was, and its indexes are shared while nothing in them moves', () => {
    withWorkers(before, moves, 2)
    expect(before.membersByGroup.get('north')).toEqual(['rhea', 'eve'])
    const same = withWorkers(before, [aWorker('max', { rights: ['crm.export'] })], 2)
    expect(same.membersByGroup).toBe(before.membersByGroup)
    expect(same.reportsByManager).toBe(before.reportsByManager)
  })
})
