/** Promise 2: what was acknowledged survives the process that acknowledged it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqliteStorage } from '../../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import { startChild } from './child.ts'

test('[D11] a process killed while it commits loses nothing it acknowledged, and leaves no half commit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ambit-killed-'))
  try {
    let acknowledged = 0
    for (const linesToWaitFor of [1, 25, 60]) {
      const child = startChild('./committing-process.ts', folder)
      for (let line = 0; line < linesToWaitFor; line += 1) acknowledged = Number(await child.nextLine())
      const last = (await child.kill()).filter((line) => /^\d+$/.test(line)).at(-1)
      acknowledged = Math.max(acknowledged, Number(last ?? 0))

      const storage = await openSqliteStorage(folder)
      const { number } = await storage.head()
      expect(number).toBeGreaterThanOrEqual(acknowledged)
      expect(number % 2).toBe(0)
      expect((await storage.allRows('settings'))[0]?.name).toBe(String(number))
      const reach = { type: 'keys', keys: ['rep:1'] } as const
      const page = await storage.list({
        kind: 'account',
        reach,
        words: ['account'],
        limit: 1_000,
        cursor: null,
      })
      expect(page.total).toBe(number / 2)
      expect(await storage.count('account', { type: 'everything' })).toBe(number / 2)
      await storage.close()
    }
    expect(acknowledged).toBeGreaterThanOrEqual(2 * (1 + 25 + 60))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
