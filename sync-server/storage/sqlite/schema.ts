/**
 * Tables of the SQLite adapter, and how a file made by an older version is brought up to date.
 *
 * `rec` is the integer that stands for a record inside this file: short in every index, and the rowid of its words.
 * Rows, journal entries and the like are JSON as the port names them; only what is searched by has a column.
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Kind, kinds, type Row } from '../../../core/records/kind-spec.ts'
import { emptyRow } from '../../../core/documents/row-after-writes.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { indexedValues } from '../derived.ts'
import { gatherChangeSets } from './change-set-writer.ts'

/** 'Ambt': tells our files from any other SQLite file. */
export const applicationId = 0x416d6274

const records = `
  CREATE TABLE records (
    rec INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    sort TEXT NOT NULL,
    title TEXT NOT NULL,
    keys TEXT NOT NULL,
    words TEXT NOT NULL,
    row TEXT NOT NULL,
    state BLOB,
    UNIQUE (kind, id)
  );
  CREATE INDEX records_by_sort ON records (kind, sort);
  CREATE INDEX records_by_seq ON records (kind, seq);
  CREATE TABLE record_counts (kind TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE record_keys (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    sort TEXT NOT NULL,
    rec INTEGER NOT NULL,
    PRIMARY KEY (key, kind, sort, rec)
  ) WITHOUT ROWID;

  CREATE TABLE record_values (
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    rec INTEGER NOT NULL,
    PRIMARY KEY (kind, field, value, rec)
  ) WITHOUT ROWID;
`

/** One word index a kind. The words are folded and made ASCII before they come here (search.ts). */
function wordIndexes(of: readonly Kind[]): string {
  return of
    .map(
      (kind) => `
  CREATE VIRTUAL TABLE ${wordTable(kind)} USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='2', tokenize='ascii'
  );`,
    )
    .join('')
}

/** The name of a kind's word index, as SQL writes it: a kind may have a dash. */
export function wordTable(kind: Kind): string {
  return `words_${kind.replaceAll('-', '_')}`
}

/** The kinds that a file of the first version had. A later kind comes with a step of its own. */
const firstKinds: readonly Kind[] = [
  'worker',
  'group',
  'account',
  'contact',
  'address',
  'settings',
  'desk',
  'colleague',
]

const journal = `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    chain TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL
  );
  CREATE INDEX journal_by_record ON journal (kind, id, seq);

  CREATE TABLE departures (
    key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (key, seq, kind, id)
  ) WITHOUT ROWID;
  CREATE INDEX departures_by_seq ON departures (seq);
`

const verdicts = `
  CREATE TABLE verdicts (
    device_id TEXT NOT NULL,
    edit_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (device_id, edit_id)
  ) WITHOUT ROWID;

  CREATE TABLE quarantine (
    id TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    entry TEXT NOT NULL,
    bytes BLOB NOT NULL,
    settled TEXT
  );
  CREATE INDEX quarantine_by_time ON quarantine (at) WHERE settled IS NULL;
  CREATE INDEX quarantine_by_worker ON quarantine (worker_id, at) WHERE settled IS NULL;

  CREATE TABLE conflicts (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    loser_id TEXT NOT NULL,
    entry TEXT NOT NULL
  );
  CREATE INDEX conflicts_by_loser ON conflicts (loser_id, seq);
`

const doors = `
  CREATE TABLE leases (
    client_id INTEGER PRIMARY KEY,
    worker_id TEXT NOT NULL,
    device_id TEXT,
    burnt INTEGER NOT NULL
  );
  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL,
    device TEXT NOT NULL
  );
  CREATE TABLE credentials (
    worker_id TEXT PRIMARY KEY,
    password_hash TEXT,
    must_change INTEGER NOT NULL
  );
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    worker_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  );
  CREATE INDEX sessions_by_worker ON sessions (worker_id);
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

const unsentEdits = `
  ALTER TABLE devices ADD COLUMN unsent TEXT;
  CREATE INDEX devices_with_unsent ON devices (worker_id) WHERE unsent IS NOT NULL;
`

const accessLog = `
  CREATE TABLE access_log (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    worker_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    via TEXT NOT NULL,
    at INTEGER NOT NULL
  );
`

/** Each entry has an address of its own, and is found by whom it is about and by who did it. */
const accessLogAddresses = `
  ALTER TABLE access_log ADD COLUMN uid TEXT;
  ALTER TABLE access_log ADD COLUMN device_id TEXT;
  UPDATE access_log SET uid = lower(hex(randomblob(16)));
  CREATE UNIQUE INDEX access_log_by_uid ON access_log (uid);
  CREATE INDEX access_log_by_record ON access_log (kind, id, entry);
  CREATE INDEX access_log_by_worker ON access_log (worker_id, entry);
`

const departuresBefore = `
  ALTER TABLE departures ADD COLUMN before TEXT;
`

const drainingSessions = `
  ALTER TABLE sessions ADD COLUMN drains INTEGER NOT NULL DEFAULT 0;
`

/** What a restored server lost (L20): the same content is kept once, settled or not. */
const recoveredEdits = `
  ALTER TABLE quarantine ADD COLUMN recovered_by TEXT;
  ALTER TABLE quarantine ADD COLUMN content TEXT;
  CREATE UNIQUE INDEX quarantine_by_content ON quarantine (content) WHERE content IS NOT NULL;
  CREATE INDEX quarantine_by_finder ON quarantine (recovered_by) WHERE recovered_by IS NOT NULL AND settled IS NULL;
`

/** Whose device a session is, invites, the last sign-in, and devices that are to be wiped (L21). */
const loginsAndDevices = `
  ALTER TABLE sessions ADD COLUMN device_id TEXT;
  ALTER TABLE credentials ADD COLUMN signed_in_at INTEGER;
  ALTER TABLE devices ADD COLUMN wipe_asked_at INTEGER;
  ALTER TABLE devices ADD COLUMN wipe_asked_by TEXT;
  CREATE INDEX devices_by_worker ON devices (worker_id);
  CREATE TABLE session_devices (
    session_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    PRIMARY KEY (session_id, device_id)
  ) WITHOUT ROWID;
  CREATE INDEX session_devices_by_device ON session_devices (device_id);
  CREATE TRIGGER session_ended AFTER DELETE ON sessions
    BEGIN DELETE FROM session_devices WHERE session_id = OLD.id; END;
  CREATE TABLE invites (
    worker_id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
`

const changeSets = `
  CREATE TABLE change_sets (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    via TEXT NOT NULL,
    device_id TEXT,
    device_time INTEGER,
    server_time INTEGER NOT NULL,
    touched INTEGER NOT NULL DEFAULT 0,
    undoes TEXT,
    undone_by TEXT
  );
  CREATE INDEX change_sets_by_author ON change_sets (author, number);
  CREATE INDEX change_sets_by_via ON change_sets (via, number);
  CREATE INDEX change_sets_by_time ON change_sets (server_time, number);
  CREATE TABLE change_set_counts (
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    records INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (kind, number)
  ) WITHOUT ROWID;
  CREATE INDEX change_set_counts_by_number ON change_set_counts (number);
  ALTER TABLE journal ADD COLUMN change_set INTEGER;
  CREATE INDEX journal_by_change_set ON journal (change_set, seq) WHERE change_set IS NOT NULL;
`

/** Values that are indexed now and were not when the file was written. Rows say what they are (derived.ts). */
function addValues(db: DatabaseSync): void {
  const add = db.prepare('INSERT OR IGNORE INTO record_values (kind, field, value, rec) VALUES (?, ?, ?, ?)')
  for (const kind of kinds) {
    for (const line of db.prepare('SELECT rec, row FROM records WHERE kind = ?').iterate(kind)) {
      const row = JSON.parse(String(line['row'])) as Row
      for (const { field, value } of indexedValues(kind, row))
        add.run(kind, field, value, Number(line['rec']))
    }
  }
}

/** Fields that these kinds have now and had not when the file was written: there, and unset (DESIGN 8). */
function addFields(db: DatabaseSync, of: readonly Kind[]): void {
  const save = db.prepare('UPDATE records SET row = ? WHERE rec = ?')
  for (const kind of of) {
    for (const line of db.prepare('SELECT rec, id, row FROM records WHERE kind = ?').all(kind)) {
      const row = JSON.parse(String(line['row'])) as Row
      save.run(JSON.stringify({ ...emptyRow(kindSpecs[kind], row.id), ...row }), Number(line['rec']))
    }
  }
}

/** The step at index n takes a file from version n to n + 1. Never changed once released; only added to. */
const migrations: readonly ((db: DatabaseSync) => void)[] = [
  (db) => db.exec(records + wordIndexes(firstKinds) + journal + verdicts + doors),
  (db) => db.exec(unsentEdits),
  (db) => {
    db.exec(accessLog)
    addValues(db)
  },
  (db) => db.exec(departuresBefore),
  (db) => db.exec(drainingSessions),
  (db) => db.exec(recoveredEdits),
  (db) => db.exec(loginsAndDevices),
  (db) => {
    db.exec(changeSets)
    gatherChangeSets(db)
  },
  (db) => {
    db.exec(wordIndexes(['label-set', 'board', 'campaign']))
    addFields(db, ['worker', 'settings'])
  },
  (db) => {
    db.exec(accessLogAddresses)
    addFields(db, ['label-set'])
  },
]

/** Makes the tables, or brings them up to date; throws when the file is not ours or newer than this program. */
export function migrate(db: DatabaseSync): void {
  const application = pragma(db, 'application_id')
  const version = pragma(db, 'user_version')
  if (version > migrations.length) {
    throw new Error(
      `The data has version ${version}; this program knows versions up to ${migrations.length}.`,
    )
  }
  const isOurs = application === applicationId
  if (!isOurs && (application !== 0 || version !== 0 || hasTables(db))) {
    throw new Error('The file is an SQLite database of another program.')
  }
  if (version === migrations.length) return
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const step of migrations.slice(version)) step(db)
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`)
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
}

function hasTables(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
}
