/** Real access matrices (HP Labs, Ene et al. 2008): groups and memberships in, the published user matrix out. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import {
  catalogueFromSettings,
  groupFromRow,
  makeDirectory,
  workerFromRow,
} from '../../../core/access/directory.ts'
import { compile } from '../../../core/access/principal.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { heldBy, now } from './organisation.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/permissions-hplabs/', import.meta.url))
vi.setConfig({ testTimeout: 120_000 })
const sets = ['domino', 'healthcare', 'firewall1', 'apj', 'americas_small'] as const

if (!existsSync(folder))
  console.log('skipped: the published matrices are not there (../shared/data/permissions-hplabs)')

describe.skipIf(!existsSync(folder))('published matrices', () => {
  it.each(sets)('[W-16] [W-17] %s: effective rights are exactly the published ones', (set) => {
    const pairs = (file: string): readonly (readonly [string, string])[] =>
      readFileSync(`${folder}${set}_${file}.csv`, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(',') as [string, string])
    const permissions = [...new Set(pairs('user_permission').map(([, permission]) => permission))]
    const customRights = Object.fromEntries(
      permissions.map((id) => [`HP-${id}`, { label: `Permission ${id}`, workspace: 'content' }]),
    )
    const catalogue = catalogueFromSettings({ id: 'organization', kind: 'settings', seq: 1, customRights })
    const groups = [...Map.groupBy(pairs('role_permission'), ([role]) => role)].map(([role, entries]) =>
      groupFromRow({
        id: `role-${role}`,
        kind: 'group',
        seq: 1,
        type: 'user',
        enabled: true,
        features: Object.fromEntries(entries.map(([, id]) => [`HP-${id}`, 'allow'])),
      }),
    )
    const workers = [...Map.groupBy(pairs('user_role'), ([user]) => user)].map(([user, entries]) =>
      workerFromRow({
        id: `user-${user}`,
        kind: 'worker',
        seq: 1,
        username: user,
        active: true,
        groups: entries.map(([, role]) => ({ id: `role-${role}`, from: null, until: null })),
      }),
    )
    const directory = makeDirectory(catalogue, workers, groups, 1)
    const computed = workers.flatMap(({ id, username }) =>
      heldBy(compile(directory, id, now))
        .filter((feature) => !shippedCatalogue.featureById.has(feature))
        .map((feature) => `${username},${feature.slice('HP-'.length)}`),
    )
    const published = pairs('user_permission').map((pair) => pair.join(','))
    expect(computed.sort()).toEqual([...published].sort())
    expect(computed.length).toBeGreaterThan(500)
  })
})
