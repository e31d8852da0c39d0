/** What waits for a person: verdicts already given, refused edits, overwritten values. */
import type { DatabaseSync } from 'node:sqlite'
import type { Commit, Conflict, QuarantineEntry, RecordRef, Storage, StoredVerdict } from '../storage.ts'

interface QuarantineLine {
  readonly entry: string
  readonly bytes: Uint8Array
  readonly settled: string | null
}

const settleOpen = 'UPDATE quarantine SET settled = ? WHERE id = ? AND settled IS NULL'

export function createSettling(
  db: DatabaseSync,
): Pick<
  Storage,
  | 'verdict'
  | 'quarantine'
  | 'quarantineEntry'
  | 'settle'
  | 'markAsked'
  | 'countQuarantine'
  | 'keepRecovered'
  | 'recoveredOf'
  | 'countRecovered'
  | 'conflicts'
> {
  const columns = 'entry, bytes, settled'
  const verdict = db.prepare('SELECT digest, verdict FROM verdicts WHERE device_id = ? AND edit_id = ?')
  const open = db.prepare(`
    SELECT ${columns} FROM quarantine WHERE settled IS NULL ORDER BY at DESC, rowid DESC LIMIT ?`)
  const openOfWorker = db.prepare(`
    SELECT ${columns} FROM quarantine WHERE worker_id = ? AND settled IS NULL
    ORDER BY at DESC, rowid DESC LIMIT ?`)
  const entry = db.prepare(`SELECT ${columns} FROM quarantine WHERE id = ?`)
  const settle = db.prepare(settleOpen)
  const markAsked = db.prepare(`
    UPDATE quarantine SET entry = json_set(entry, '$.askedAt', coalesce(json_extract(entry, '$.askedAt'), ?))
    WHERE id = ? AND settled IS NULL`)
  const countOfWorker = db.prepare(
    'SELECT count(*) AS n FROM quarantine WHERE worker_id = ? AND settled IS NULL',
  )
  const keepRecovered = db.prepare(`
    INSERT INTO quarantine (id, worker_id, at, entry, bytes, recovered_by, content) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (content) WHERE content IS NOT NULL DO NOTHING`)
  const recoveredOf = db.prepare(
    `SELECT ${columns} FROM quarantine WHERE content >= ? AND content < ? ORDER BY rowid`,
  )
  const countRecovered = db.prepare(
    'SELECT count(*) AS n FROM quarantine WHERE recovered_by = ? AND settled IS NULL',
  )
  const conflicts = db.prepare('SELECT entry FROM conflicts WHERE loser_id = ? ORDER BY seq DESC, id LIMIT ?')

  return {
    async verdict(deviceId, editId) {
      const line = verdict.get(deviceId, editId)
      if (line === undefined) return null
      const given = JSON.parse(String(line['verdict'])) as StoredVerdict['verdict']
      return { deviceId, editId, digest: String(line['digest']), verdict: given }
    },
    async quarantine({ workerId, limit }) {
      const lines = workerId === null ? open.all(limit) : openOfWorker.all(workerId, limit)
      return (lines as unknown as QuarantineLine[]).flatMap(readQuarantine)
    },
    async quarantineEntry(id) {
      const line = entry.get(id) as unknown as QuarantineLine | undefined
      return line === undefined ? null : (readQuarantine(line)[0] ?? null)
    },
    async settle(id, settled) {
      return Number(settle.run(JSON.stringify(settled), id).changes) === 1
    },
    async markAsked(id, at) {
      return Number(markAsked.run(at, id).changes) === 1
    },
    async countQuarantine(workerId) {
      return Number(countOfWorker.get(workerId)?.['n'])
    },
    async keepRecovered({ update, settled: _open, ...entry }, digest) {
      const { id, workerId, at, record, recovered } = entry
      const [content] = contentsOf(record, digest)
      keepRecovered.run(id, workerId, at, JSON.stringify(entry), update, recovered.by, content)
    },
    async recoveredOf(ref) {
      const lines = recoveredOf.all(...contentsOf(ref, ''))
      return (lines as unknown as QuarantineLine[]).flatMap(readQuarantine)
    },
    async countRecovered(workerId) {
      return Number(countRecovered.get(workerId)?.['n'])
    },
    async conflicts(workerId, limit) {
      return conflicts
        .all(workerId, limit)
        .flatMap((line) => readable(() => JSON.parse(String(line['entry'])) as Conflict))
    },
  }
}

type Settled = Pick<Commit, 'verdicts' | 'quarantine' | 'conflicts' | 'settlements'>

export function createSettlingWriter(db: DatabaseSync): (commit: Settled) => void {
  const addVerdict = db.prepare(
    'INSERT INTO verdicts (device_id, edit_id, digest, verdict) VALUES (?, ?, ?, ?)',
  )
  const addQuarantine = db.prepare(
    'INSERT INTO quarantine (id, worker_id, at, entry, bytes, settled) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const settle = db.prepare(settleOpen)
  const addConflict = db.prepare('INSERT INTO conflicts (id, seq, loser_id, entry) VALUES (?, ?, ?, ?)')

  return (commit) => {
    for (const { deviceId, editId, digest, verdict } of commit.verdicts) {
      addVerdict.run(deviceId, editId, digest, JSON.stringify(verdict))
    }
    for (const { update, settled, ...entry } of commit.quarantine) {
      const settledText = settled === null ? null : JSON.stringify(settled)
      addQuarantine.run(entry.id, entry.workerId, entry.at, JSON.stringify(entry), update, settledText)
    }
    for (const { entry, settled } of commit.settlements) {
      if (Number(settle.run(JSON.stringify(settled), entry.id).changes) !== 1)
        throw new Error(`The quarantined edit ${entry.id} was settled before, or never was.`)
    }
    for (const conflict of commit.conflicts) {
      addConflict.run(conflict.id, conflict.seq, conflict.overwritten.workerId, JSON.stringify(conflict))
    }
  }
}

/** What a record's content is filed under, and what comes after all of the same record. Ids hold neither sign. */
function contentsOf({ kind, id }: RecordRef, digest: string): [content: string, end: string] {
  return [`${kind}/${id} ${digest}`, `${kind}/${id}!`]
}

/** Nothing for an entry that cannot be read: it is still there, and hides no other (D22). */
function readable<T>(read: () => T): readonly T[] {
  try {
    return [read()]
  } catch {
    return []
  }
}

function readQuarantine(line: QuarantineLine): readonly QuarantineEntry[] {
  return readable(() => quarantineOf(line))
}

function quarantineOf({ entry, bytes, settled }: QuarantineLine): QuarantineEntry {
  return {
    ...(JSON.parse(entry) as Omit<QuarantineEntry, 'update' | 'settled'>),
    update: bytes,
    settled: settled === null ? null : (JSON.parse(settled) as QuarantineEntry['settled']),
  }
}
