import { describe, expect, it } from 'vitest'
import { openWorkspaces } from '../../../core/access/open-workspaces.ts'
import { who } from '../../../core/access/who.ts'
import {
  shippedCatalogue,
  type Workspace,
  workspaceFeatureIds,
  workspaces,
} from '../../../core/catalogue/features.ts'
import { aGroup, aTarget, aWorker, anAccount, directoryOf, now, principalOf } from './organisation.ts'

describe('who can', () => {
  it('[S4] names the live workers, sorted, each with what lets them', () => {
    const people = [
      aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'rep', repCodes: ['DOE'] }),
      aWorker('rob', { in: ['sales-rep'], accountsQueryType: 'rep', repCodes: ['ZED'] }),
      aWorker('gone', { in: ['sales-rep'], accountsQueryType: 'all', active: false }),
      aWorker('ada', { in: ['administrators'] }),
    ]
    const target = aTarget(anAccount('a1', { repCodes: ['DOE'] }))
    const found = who(directoryOf(people), 'edit', target, now, 'phone')
    expect(found.map(({ name, decision }) => [name, decision.reasons.map(({ code }) => code)])).toEqual([
      ['Ada', ['administrator', 'scope-everything']],
      ['Rhea', ['allowed-by-group', 'in-scope']],
    ])
  })
})

describe('open workspaces', () => {
  const subsets = Array.from({ length: 32 }, (_, bits) =>
    workspaces.filter((_, index) => bits & (1 << index)),
  )

  it.each(subsets.map((open) => [open] as const))('[P13] [W-06] exactly %j', (open) => {
    const features = Object.fromEntries(
      workspaces.map((workspace): [string, 'allow' | 'deny'] => [
        workspaceFeatureIds[workspace],
        (open as readonly Workspace[]).includes(workspace) ? 'allow' : 'deny',
      ]),
    )
    const group = aGroup('g', { features })
    expect(openWorkspaces(principalOf(aWorker('eve', { in: ['g'] }), [group]), shippedCatalogue)).toEqual(
      open,
    )
  })
})
