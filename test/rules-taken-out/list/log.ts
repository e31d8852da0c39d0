/** D26, D27, D29: the log, and taking back what stands in it; P33: what registers rights. */
import type { TakenOut } from '../taken-out.ts'

const writer = 'sync-server/storage/sqlite/change-set-writer.ts'
const sqlite = 'test/sync-server/storage/sqlite.test.ts'
const seen = 'sync-server/audit/visible-changes.ts'
const audit = 'test/sync-server/http/audit.test.ts'
const access = 'test/sync-server/http/audit-access.test.ts'
const undo = 'test/sync-server/http/audit-undo.test.ts'
const plan = 'sync-server/audit/plan-undo.ts'
const authorWrites = 'sync-server/gate/author-writes.ts'
const growth = 'core/access/hard-rules/growth.ts'

export const log: readonly TakenOut[] = [
  {
    gate: null,
    spec: 'D26',
    what: 'A change set takes in what somebody else writes under its name.',
    replacements: [
      {
        file: writer,
        find: 'const known = stored?.author === entry.author ? stored : begun(entry, name)',
        replace: 'const known = stored ?? begun(entry, name)',
      },
    ],
    tests: [{ file: sqlite, name: '[D26] a name that somebody else has taken' }],
  },
  {
    gate: null,
    spec: 'D26, D27',
    what: 'A change set that was taken back takes in more.',
    replacements: [
      {
        file: writer,
        find: "WHERE id = ? AND undone_by IS NULL')",
        replace: "WHERE id = ?')",
      },
    ],
    tests: [{ file: sqlite, name: '[D27] one that is taken back says by what' }],
  },
  {
    gate: null,
    spec: 'D26, S9',
    what: 'The log tells of records that its reader may not see.',
    replacements: [
      {
        file: seen,
        find: "target.row === null || !isAllowed(decide(asker, 'view', target))) return []",
        replace: 'target.row === null) return []',
      },
    ],
    tests: [{ file: audit, name: '[GATE 34] neither shows nor counts' }],
  },
  {
    gate: null,
    spec: 'D26',
    what: 'The log is for whoever is signed in.',
    replacements: [
      {
        file: 'sync-server/http/audit.ts',
        find: 'if (isAllowed(right)) return next()',
        replace: 'if (right) return next()',
      },
    ],
    tests: [{ file: audit, name: '[P1] who may not view the log' }],
  },
  {
    gate: null,
    spec: 'D27',
    what: 'What somebody has changed since is written over by an undo.',
    replacements: [
      {
        file: plan,
        find: 'if (isInPart || !sameValue(now, wrote)) {',
        replace: 'if (isInPart) {',
      },
    ],
    tests: [{ file: undo, name: '[D27] a field that says something else since' }],
  },
  {
    gate: null,
    spec: 'D27',
    what: 'Where something is kept, the rest is undone without asking.',
    replacements: [
      {
        file: 'sync-server/audit/undo.ts',
        find: "if (plan.inverses.length === 0 || (isBarred && mode === 'apply')) return nothing",
        replace: 'if (plan.inverses.length === 0) return nothing',
      },
    ],
    tests: [{ file: undo, name: '[D27] a field that says something else since' }],
  },
  {
    gate: null,
    spec: 'D27, D10',
    what: 'What changed while an undo was planned is not looked at again by the gate.',
    replacements: [
      {
        file: authorWrites,
        find: 'return (undo?.expects ?? []).every(',
        replace: 'return (undo?.expects ?? []).slice(0, 0).every(',
      },
    ],
    tests: [{ file: undo, name: '[D27] [D10] the gate looks again' }],
  },
  {
    gate: null,
    spec: 'D27, P24',
    what: 'What an import owns is taken back after any edit, by whoever may import.',
    replacements: [
      {
        file: 'sync-server/audit/undo.ts',
        find: "const ofImport = set.via === 'import'",
        replace: 'const ofImport = true',
      },
    ],
    tests: [{ file: undo, name: '[P24] what an import owns' }],
  },
  {
    gate: null,
    spec: 'D27',
    what: 'A change set is undone twice.',
    replacements: [
      {
        file: writer,
        find: 'WHERE id = ? AND undone_by IS NULL RETURNING undoes',
        replace: 'WHERE id = ? RETURNING undoes',
      },
    ],
    tests: [{ file: sqlite, name: '[D27] one that is taken back says by what' }],
  },
  {
    gate: null,
    spec: 'D27',
    what: 'An undo that is undone leaves the first as undone as it was.',
    replacements: [
      {
        file: writer,
        find: 'if (line.undoes !== null) stands.run(line.undoes, undone)',
        replace: '',
      },
    ],
    tests: [{ file: undo, name: '[D27] once; taking the undo back' }],
  },
  {
    gate: null,
    spec: 'D27, W-05',
    what: 'A record that a change set made stays as it is.',
    replacements: [
      { file: plan, find: 'net.creates ? disabling(net) : writingBack(net)', replace: 'writingBack(net)' },
    ],
    tests: [{ file: undo, name: '[D27] [W-05] a record that it made' }],
  },
  {
    gate: null,
    spec: 'D27, S9',
    what: 'Undoing answers who sees nothing of a change set otherwise than for one that never was.',
    replacements: [
      {
        file: 'sync-server/http/audit-undo.ts',
        find: 'return set === null || (await seenOf(storage, asker, set, 1)) === null ? null : set',
        replace: 'return set',
      },
    ],
    tests: [{ file: audit, name: '[GATE 34] neither shows nor counts' }],
  },
  {
    gate: null,
    spec: 'D29, S9',
    what: 'What was done to a login or opened through a match is told of whom its reader may not see.',
    replacements: [
      {
        file: 'sync-server/audit/access-events.ts',
        find: "import { visibleTarget } from '../http/visible-records.ts'",
        replace:
          "import { loadTarget } from '../http/visible-records.ts'\nconst visibleTarget = (storage: never, _asker: unknown, ref: never) => loadTarget(storage, ref)",
      },
    ],
    tests: [{ file: access, name: '[GATE 34] is told of nobody' }],
  },
  {
    gate: null,
    spec: 'D29',
    what: 'Who may export no accounts is told through the log’s file who opened them.',
    replacements: [
      {
        file: 'sync-server/audit/export-log.ts',
        find: "if (!isAllowed(decideKind(asker, 'export', seen.entry.record.kind))) return",
        replace: '',
      },
    ],
    tests: [{ file: access, name: '[D29] is in the export' }],
  },
  {
    gate: null,
    spec: 'P33',
    what: 'Registering rights takes the right to change all settings.',
    replacements: [{ file: 'core/records/settings.ts', find: "feature: 'settings.rights',", replace: '' }],
    tests: [{ file: 'test/conformance/core.test.ts', name: 'custom-rights' }],
  },
  {
    gate: null,
    spec: 'P33, P15',
    what: 'A right that somebody was given before is registered by who lacks it.',
    replacements: [
      {
        file: growth,
        find: 'for (const { rights } of after.workers.values()) for (const id of rights) fresh.delete(id)',
        replace: '',
      },
    ],
    tests: [{ file: 'test/core/access/check-change.test.ts', name: '[P33]' }],
  },
  {
    gate: null,
    spec: 'P33',
    what: 'Only a full administrator registers a right: everybody else is told that administrators would gain it.',
    replacements: [
      { file: 'core/access/hard-rules/holdings.ts', find: 'if (but.has(feature) || ', replace: 'if (' },
    ],
    tests: [{ file: 'test/core/access/check-change.test.ts', name: '[P33]' }],
  },
]
