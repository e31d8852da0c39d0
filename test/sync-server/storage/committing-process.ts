/**
 * A process that commits until it is killed: prints the number of each commit once it is acknowledged. Each commit
 * writes one account and raises one counter record, so that half a commit would show.
 *
 * Argument: the data folder.
 */
import { openSqliteStorage } from '../../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import { commitOf, sampleRecord } from '../../contract/sample-records.ts'

const storage = await openSqliteStorage(process.argv[2] ?? '')
let { number } = await storage.head()
for (;;) {
  const account = sampleRecord('account', `a${number + 1}`, number + 1, { name: `Account ${number + 1}` }, [
    'rep:1',
  ])
  const counter = sampleRecord('settings', 'counter', number + 2, { name: String(number + 2) })
  await storage.commit(commitOf([account, counter]))
  number += 2
  process.stdout.write(`${number}\n`)
}
