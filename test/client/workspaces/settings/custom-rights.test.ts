/** A right of the organisation's own on an admin's device: from the settings row to the screens. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decisionFor } from '../../../../client/access/decision.ts'
import { readDirectory } from '../../../../client/access/directory.ts'
import { emptyRow } from '../../../../client/replica/shown-row.ts'
import { featureTree } from '../../../../client/workspaces/settings/groups/feature-tree.ts'
import { offeredRights } from '../../../../client/workspaces/settings/workers/offered-rights.ts'
import { sourceOf } from '../../../../client/workspaces/settings/workers/right-source.ts'
import { compile } from '../../../../core/access/principal.ts'
import type { Directory } from '../../../../core/access/types.ts'
import { openWorkspaces } from '../../../../core/access/open-workspaces.ts'
import { rightIds, shippedCatalogue } from '../../../../core/catalogue/features.ts'
import { type Kind, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { settingsId } from '../../../../core/records/settings.ts'
import { aGroup } from '../../../core/access/organisation.ts'
import { TestDevice } from '../../support/device.ts'
import { ada } from '../../support/people.ts'

describe('a custom right on the device', () => {
  let device: TestDevice
  let directory: Directory
  beforeEach(async () => {
    device = new TestDevice('ada')
    await put('settings', settingsId, {
      customRights: { 'SU-OURS': { label: 'Approve samples', workspace: 'content' } },
    })
    await put('worker', 'rhea', { username: 'rhea', active: true, rights: ['SU-OURS', 'SU-GONE'] })
    await put('worker', 'eve', { username: 'eve', active: true, rights: ['SU-ACCESS-CMS-WORKSPACE'] })
    const read = await readDirectory(device.db, ada)
    if (read === null) throw new Error('no directory')
    directory = read
  })
  afterEach(() => device.db.close())

  async function put(kind: Kind, id: string, fields: object): Promise<void> {
    const row = { ...emptyRow(kindSpecs[kind], id), ...fields } as Row
    await device.db.records.put({ key: recordKey(kind, id), kind, id, row, sort: id, terms: [] } as never)
  }

  test('[R-08] the directory knows it, and who holds it by what', () => {
    const right = (id: string) => compile(directory, id, 0).rights.get('SU-OURS')
    expect(sourceOf(right('rhea'))).toEqual({ type: 'direct' })
    expect(sourceOf(right('eve'))).toEqual({ type: 'with', feature: 'Access Content Catalog Workspace' })
    // It opens its workspace, and it is no word for anything else.
    expect(openWorkspaces(compile(directory, 'rhea', 0), directory.catalogue)).toContain('content')
    const denied = decisionFor(compile(directory, 'rhea', 0), { action: 'create', kind: 'account' })
    expect(denied.outcome).toBe('denied')
  })

  test('[R-08] [R-03] it is offered among the nine, by name; what nobody knows stands last, to be taken away', () => {
    const offered = offeredRights(directory.catalogue, ['SU-OURS', 'SU-GONE', 'crm.export'])
    expect(offered.slice(0, 10).toSorted()).toEqual([...rightIds, 'SU-OURS'].sort())
    expect(offered.slice(10)).toEqual(['SU-GONE', 'crm.export'])
    expect(offeredRights(shippedCatalogue, []).toSorted()).toEqual([...rightIds].sort())
  })

  test('[R-08] [W-16] it stands in its workspace in a group’s tree, with its three states', () => {
    const group = aGroup('g', { features: { 'SU-OURS': 'deny' } })
    const tree = featureTree(directory.groups, directory.catalogue, group)
    const content = tree.find(({ workspace }) => workspace === 'content')
    expect(content?.features.at(-1)).toMatchObject({
      id: 'SU-OURS',
      label: 'Approve samples',
      right: true,
      own: 'deny',
    })
    const above = featureTree(
      new Map([['g', group]]),
      directory.catalogue,
      aGroup('below', { parentId: 'g', features: { 'SU-OURS': 'allow' } }),
    )
    const locked = above.flatMap(({ features }) => features).find(({ id }) => id === 'SU-OURS')
    expect(locked?.lockedBy?.id).toBe('g')
  })
})
