/** The SQLite adapter: the contract, and what only a file can show. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openSqliteStorage } from '../../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import { restoreSqlite } from '../../../sync-server/storage/sqlite/restore-sqlite.ts'
import type { Storage } from '../../../sync-server/storage/storage.ts'
import { commitOf, sampleEntry, sampleRecord } from '../../contract/sample-records.ts'
import { describeStorage } from '../../contract/storage.contract.ts'

const folders = new Map<Storage, string>()

async function open(folder: string): Promise<Storage> {
  const storage = await openSqliteStorage(folder)
  folders.set(storage, folder)
  return storage
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ambit-sqlite-'))

describeStorage('SQLite', {
  open: () => open(newFolder()),
  async reopen(storage) {
    await storage.close()
    return open(folders.get(storage) ?? '')
  },
  async remove(storage) {
    await storage.close()
    rmSync(folders.get(storage) ?? '', { recursive: true, force: true })
  },
})

async function inFolder(story: (folder: string) => Promise<void>): Promise<void> {
  const folder = newFolder()
  try {
    await story(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a backup is a store of its own, as of when it was made', () =>
  inFolder(async (folder) => {
    const storage = await openSqliteStorage(join(folder, 'data'))
    await storage.commit(commitOf([sampleRecord('account', 'a1', 1, { name: 'Before' })]))
    const file = join(folder, 'backup.sqlite')
    await storage.backupTo(file)
    await storage.commit(commitOf([sampleRecord('account', 'a1', 2, { name: 'After' })]))
    await storage.backupTo(join(folder, 'second.sqlite'))
    await storage.close()
    const restored = await openSqliteStorage(file)
    expect((await restored.load([{ kind: 'account', id: 'a1' }])).get('account/a1')?.row.name).toBe('Before')
    expect(await restored.head()).toEqual({ number: 1, chain: 'chain-1' })
    await restored.close()
  }))

test('a database of another program, or of a later version, is not opened', () =>
  inFolder(async (folder) => {
    const foreign = join(folder, 'foreign.sqlite')
    const db = new DatabaseSync(foreign)
    db.exec('CREATE TABLE theirs (x)')
    db.close()
    await expect(openSqliteStorage(foreign)).rejects.toThrow('another program')

    const later = join(folder, 'later.sqlite')
    await (await openSqliteStorage(later)).close()
    const ours = new DatabaseSync(later)
    ours.exec('PRAGMA user_version = 9999')
    ours.close()
    await expect(openSqliteStorage(later)).rejects.toThrow('version 9999')

    const text = join(folder, 'text.sqlite')
    writeFileSync(text, 'This is no database. '.repeat(100))
    await expect(openSqliteStorage(text)).rejects.toThrow()
  }))

test('a file of an earlier version gets match keys, an access log, change sets and the words of later kinds, and keeps what it holds', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'old.sqlite')
    const storage = await openSqliteStorage(file)
    const named = [{ field: 'name', old: null, new: 'Oak Ltd' }]
    const account = (id: string, seq: number, name: string) =>
      sampleRecord('account', id, seq, { name, aId: id.toUpperCase() })
    const imported = [account('a2', 2, 'Elm'), account('a3', 3, 'Ash')]
    await storage.commit(
      commitOf([account('a1', 1, 'Oak Ltd')], { journal: [sampleEntry(account('a1', 1, ''), named)] }),
    )
    await storage.commit(
      commitOf(imported, {
        journal: imported.map((record) => ({ ...sampleEntry(record, named), via: 'import' as const })),
      }),
    )
    await storage.close()
    const old = new DatabaseSync(file)
    old.exec("DELETE FROM record_values WHERE field <> 'aId'; DROP TABLE access_log")
    old.exec('ALTER TABLE departures DROP COLUMN before; ALTER TABLE sessions DROP COLUMN drains')
    old.exec('DROP INDEX quarantine_by_content; DROP INDEX quarantine_by_finder')
    old.exec('ALTER TABLE quarantine DROP COLUMN recovered_by; ALTER TABLE quarantine DROP COLUMN content')
    old.exec('DROP TABLE words_label_set; DROP TABLE words_board; DROP TABLE words_campaign')
    old.exec('DROP TRIGGER session_ended; DROP TABLE session_devices; DROP TABLE invites')
    old.exec('ALTER TABLE sessions DROP COLUMN device_id; ALTER TABLE credentials DROP COLUMN signed_in_at')
    old.exec('DROP INDEX devices_by_worker; ALTER TABLE devices DROP COLUMN wipe_asked_at')
    old.exec('ALTER TABLE devices DROP COLUMN wipe_asked_by')
    old.exec(`DROP TABLE change_sets; DROP TABLE change_set_counts;
      DROP INDEX journal_by_change_set; ALTER TABLE journal DROP COLUMN change_set`)
    old.exec('PRAGMA user_version = 2')
    old.close()

    const opened = await openSqliteStorage(file)
    expect([...(await opened.idsByValue('account', 'name', ['ltd oak'])).values()]).toEqual([['a1']])
    expect([...(await opened.idsByValue('account', 'aId', ['a1'])).values()]).toEqual([['a1']])
    expect(await opened.accessEntries({ before: 99, limit: 1 })).toEqual([])
    // What was one commit of an import is one change set; what stood alone stands alone (D26).
    const sets = await opened.changeSets({ before: 99, limit: 9 })
    expect(sets.map(({ id, counts }) => [id, counts[0]?.records])).toEqual([
      ['2', 2],
      ['1', 1],
    ])
    await opened.commit(commitOf([sampleRecord('label-set', 'l1', 4, { name: 'Shop words' })]))
    const reach = { type: 'everything' } as const
    const found = await opened.list({ kind: 'label-set', words: ['shop'], limit: 1, cursor: null, reach })
    expect(found.rows.map(({ id }) => id)).toEqual(['l1'])
    await opened.close()
  }))

test('[GATE 31] a restored backup has no history and no sessions, and burns every clientID', () =>
  inFolder(async (folder) => {
    const storage = await openSqliteStorage(join(folder, 'data'))
    await storage.commit(
      commitOf([sampleRecord('account', 'a1', 1, { name: 'Oak' })], {
        leases: [{ clientId: 7, workerId: 'rhea', deviceId: 'd1', burnt: false }],
      }),
    )
    await storage.saveMeta('history', 'first')
    await storage.saveMeta('other', 'kept')
    await storage.saveSession({ id: 's', tokenHash: 't', workerId: 'rhea', createdAt: 1, expiresAt: 9 })
    const backup = join(folder, 'backup.sqlite')
    await storage.backupTo(backup)
    await storage.close()

    mkdirSync(join(folder, 'restored'))
    expect(await restoreSqlite(backup, join(folder, 'restored'))).toBeNull()
    const restored = await openSqliteStorage(join(folder, 'restored'))
    expect((await restored.load([{ kind: 'account', id: 'a1' }])).get('account/a1')?.row.name).toBe('Oak')
    expect([await restored.meta('history'), await restored.meta('other')]).toEqual([null, 'kept'])
    expect(await restored.session('t')).toBeNull()
    expect((await restored.leases([7])).get(7)).toMatchObject({ workerId: 'rhea', burnt: true })
    await restored.close()
  }))

test('what is no backup is not restored, and leaves the folder empty', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'text.sqlite')
    writeFileSync(file, 'This is no database. '.repeat(100))
    mkdirSync(join(folder, 'restored'))
    expect(await restoreSqlite(file, join(folder, 'restored'))).toContain('cannot be restored')
    expect(readdirSync(join(folder, 'restored'))).toEqual([])
  }))
