/**
 * The import of a real folder through the command line, as an operator would do it: AdventureWorks, everything through
 * the gate. No budget names it; the peer is the same files, parsed and put into a table of SQLite without any rule.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readCsv } from '../../core/exchange/csv.ts'
import { sortFiles } from '../../core/exchange/files.ts'
import { runAmbit } from '../support/ambit-process.ts'
import type { Bench } from './bench.ts'
import { spreadOf, timeOf } from './measure.ts'
import { withFolder } from './with-folder.ts'

const source = join(import.meta.dirname, '../../../shared/data/adventureworks')
const entry = join(import.meta.dirname, '../../sync-server/cli/ambit.ts')

export const bench: Bench = {
  title: 'import of the AdventureWorks folder by the command line',
  run: ({ note }) =>
    withFolder(async (folder) => {
      if (!existsSync(source)) {
        note('left out: the files are not here')
        return []
      }
      const data = join(folder, 'data')
      const made = await runAmbit(['init', '--data', data, '--admin', 'ada'], {
        env: { AMBIT_ADMIN_PASSWORD: 'a long password for a bench' },
      })
      if (made.code !== 0) throw new Error(made.stderr)
      const { seconds, megabytes, printed } = await importMeasured(data)
      for (const line of printed.trim().split('\n')) note(line)
      const once = (figure: number) => spreadOf([figure])
      return [
        {
          what: 'import, once, start included',
          unit: 's',
          ours: once(seconds),
          peer: { name: 'CSV into one table', figures: once(plainSeconds(folder)) },
          budgets: [],
        },
        { what: 'most memory', unit: 'MB', ours: once(megabytes), peer: null, budgets: [] },
      ]
    }),
}

interface Measured {
  readonly seconds: number
  /** The most that the process held at any time; NaN where the system does not say. */
  readonly megabytes: number
  readonly printed: string
}

function importMeasured(data: string): Promise<Measured> {
  const start = performance.now()
  const child = spawn(process.execPath, [entry, 'import', source, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let complaints = ''
  let megabytes = Number.NaN
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  // The kernel keeps the greatest; the last look before the end has it but for the last moment.
  const looking = setInterval(() => {
    megabytes = mostMemory(child.pid ?? 0) ?? megabytes
  }, 50)
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearInterval(looking)
      const seconds = (performance.now() - start) / 1_000
      if (code === 0) resolve({ seconds, megabytes, printed })
      else reject(new Error(complaints))
    })
  })
}

function mostMemory(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024
  } catch {
    return null
  }
}

function plainSeconds(folder: string): number {
  const { known } = sortFiles(readdirSync(source).filter((name) => name.endsWith('.csv')))
  const db = new DatabaseSync(join(folder, 'plain.sqlite'))
  try {
    db.exec(
      'PRAGMA journal_mode = WAL; CREATE TABLE rows (kind TEXT, n INTEGER, row TEXT, PRIMARY KEY (kind, n))',
    )
    const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?)')
    const ms = timeOf(() => {
      for (const { name, kind } of known) {
        const lines = readCsv(readFileSync(join(source, name), 'utf8'))
        db.exec('BEGIN')
        for (const { line, cells } of lines) insert.run(kind, line, JSON.stringify(cells))
        db.exec('COMMIT')
      }
    })
    return ms / 1_000
  } finally {
    db.close()
  }
}
