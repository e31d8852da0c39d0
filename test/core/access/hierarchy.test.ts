import { describe, expect, it } from 'vitest'
import { makeDirectory } from '../../../core/access/directory.ts'
import { missingAbove } from '../../../core/access/hierarchy.ts'
import type { Worker } from '../../../core/access/types.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { aWorker, shippedGroups } from './organisation.ts'

const missing = (worker: Worker, ...others: readonly Worker[]) =>
  missingAbove(worker, makeDirectory(shippedCatalogue, [worker, ...others], shippedGroups, 1))

const olga = aWorker('olga', { userType: 'organization' })
const pete = aWorker('pete', { userType: 'partner' })

describe('who belongs below whom', () => {
  it('[S14] [U-28] an Account Manager belongs below an Organization, near or far', () => {
    const rhea = aWorker('rhea', { userType: 'account_manager', managerId: 'olga' })
    expect(missing(rhea, olga)).toBeNull()
    const lead = aWorker('lead', { managerId: 'olga' })
    expect(missing({ ...rhea, managerId: 'lead' }, lead, olga)).toBeNull()
    expect(missing({ ...rhea, managerId: 'pete' }, pete)).toBe('organization')
    expect(missing({ ...rhea, managerId: null })).toBe('organization')
  })

  it('[S14] [U-28] a Partner Rep belongs below a Partner; others belong where they are', () => {
    const rep = aWorker('rep', { userType: 'partner_rep', managerId: 'pete' })
    expect(missing(rep, pete)).toBeNull()
    expect(missing({ ...rep, managerId: 'olga' }, olga)).toBe('partner')
    expect(missing(olga)).toBeNull()
    expect(missing(aWorker('none'))).toBeNull()
  })

  it('[P19] a circle of managers that got in by damage ends', () => {
    const rhea = aWorker('rhea', { userType: 'account_manager', managerId: 'max' })
    expect(missing(rhea, aWorker('max', { managerId: 'rhea' }))).toBe('organization')
    expect(missing({ ...rhea, managerId: 'gone' })).toBe('organization')
  })
})
