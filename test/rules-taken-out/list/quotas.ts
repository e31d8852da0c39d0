/** GATE 16: what one worker may use up. */
import type { TakenOut } from '../taken-out.ts'

const refuse = 'sync-server/gate/refuse-update.ts'
const refusals = 'test/sync-server/gate/refusals.test.ts'

export const quotas: readonly TakenOut[] = [
  {
    gate: 16,
    spec: 'D18',
    what: 'A worker’s quarantine has no end.',
    replacements: [
      {
        file: refuse,
        find: 'if (working.quarantineCount(author.workerId) >= QUARANTINE_PER_WORKER_MAX) return quarantineFull\n',
        replace: '',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 16]' }],
  },
  {
    gate: 16,
    spec: 'D18',
    what: 'The quarantine is counted for all workers together.',
    replacements: [
      {
        file: 'sync-server/storage/sqlite/settling.ts',
        find: "'SELECT count(*) AS n FROM quarantine WHERE worker_id = ? AND settled IS NULL'",
        replace: "'SELECT count(*) AS n FROM quarantine WHERE ? IS NOT NULL AND settled IS NULL'",
      },
    ],
    tests: [{ file: 'test/sync-server/storage/sqlite.test.ts', name: '[D18] refused edits' }],
  },
  {
    gate: 16,
    spec: 'D28',
    what: 'One worker may make a record grow without end.',
    replacements: [
      {
        file: 'sync-server/gate/create-gate.ts',
        find: 'growth.take(`${author.workerId} ${record.kind}/${record.id}`, update.length)',
        replace: '0',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 16] [D28]' }],
  },
  {
    gate: 16,
    spec: 'D28',
    what: 'A record’s growth is counted for all workers together.',
    replacements: [
      {
        file: 'sync-server/gate/create-gate.ts',
        find: 'growth.take(`${author.workerId} ${record.kind}/${record.id}`, update.length)',
        replace: 'growth.take(`${record.kind}/${record.id}`, update.length)',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 16] [D28]' }],
  },
]
