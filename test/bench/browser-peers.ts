/**
 * What bare Dexie does with the same records, in a page of the same origin that runs nothing of ours: the floor under a
 * first sync, under opening a list, and what a search would cost without an index.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dexie as DexieClass } from 'dexie'
import type { Page } from 'playwright-core'

/** In the page; its policy lets no other script in, so it comes by the debugger. */
export async function toBarePage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/icon-192.png`)
  const path = join(import.meta.dirname, '../../node_modules/dexie/dist/dexie.min.js')
  await page.evaluate(await readFile(path, 'utf8'))
}

interface BarePage {
  readonly Dexie: typeof DexieClass
}

/** Seconds for `bulkAdd` of every row and every state, in pages of 500, under the same indexes. */
export async function writeAllPlainly(page: Page): Promise<{ seconds: number; records: number }> {
  return await page.evaluate(async () => {
    const { Dexie } = globalThis as unknown as BarePage
    const [name = ''] = (await Dexie.getDatabaseNames()).filter((known) => known.startsWith('ambit-'))
    const source = await new Dexie(name).open()
    const records = await source.table('records').toArray()
    const packs: { states: Map<string, Uint8Array> }[] = await source.table('packs').toArray()
    const states = new Map(packs.flatMap(({ states: some }) => [...some]))
    source.close()
    await Dexie.delete('bench-peer')
    const peer = new Dexie('bench-peer')
    peer.version(1).stores({ records: '&key, [kind+sort], *terms', states: '&key' })
    await peer.open()
    const start = performance.now()
    for (let from = 0; from < records.length; from += 500) {
      const some = records.slice(from, from + 500)
      await peer.transaction('rw', ['records', 'states'], async () => {
        await peer.table('records').bulkAdd(some)
        const bytes = some.map(({ key }) => ({ key, bytes: states.get(key) ?? new Uint8Array(0) }))
        await peer.table('states').bulkAdd(bytes)
      })
    }
    const seconds = (performance.now() - start) / 1_000
    await peer.delete()
    return { seconds, records: records.length }
  })
}

/** Milliseconds: keys of all accounts by their index, and the same accounts read whole. */
export async function readList(page: Page): Promise<{ keysMs: number; rowsMs: number }> {
  return await page.evaluate(async () => {
    const { Dexie } = globalThis as unknown as BarePage
    const [name = ''] = (await Dexie.getDatabaseNames()).filter((known) => known.startsWith('ambit-'))
    const db = await new Dexie(name).open()
    const all = db
      .table('records')
      .where('[kind+sort]')
      .between(['account', Dexie.minKey], ['account', Dexie.maxKey])
    const timeOf = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return performance.now() - start
    }
    const keysMs = await timeOf(() => all.primaryKeys())
    const rowsMs = await timeOf(() => all.toArray())
    db.close()
    return { keysMs, rowsMs }
  })
}
