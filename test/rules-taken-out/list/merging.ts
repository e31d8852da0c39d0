/** GATE 9 to 11: merging. */
import type { TakenOut } from '../taken-out.ts'

const admit = 'test/sync-server/gate/admit.test.ts'
const laterStands = 'test/sync-server/gate/later-stands.test.ts'
const merge = 'sync-server/gate/merge-update.ts'
const working = 'sync-server/gate/working-state.ts'
const createGate = 'sync-server/gate/create-gate.ts'

export const merging: readonly TakenOut[] = [
  {
    gate: 9,
    spec: 'D10',
    what: 'Where Yjs lets the older value win, it wins.',
    replacements: [{ file: merge, find: 'if (lost.length === 0) return\n', replace: 'return\n' }],
    tests: [{ file: laterStands, name: '[D10] of three devices' }],
  },
  {
    gate: 9,
    spec: 'D10',
    what: 'The value that the gate writes once more is the server’s, not its author’s.',
    replacements: [
      {
        file: merge,
        find: 'by: { ...by, sessionId: null } })',
        replace: "by: { ...by, author: { type: 'server' }, sessionId: null } })",
      },
    ],
    tests: [{ file: laterStands }],
  },
  {
    gate: 9,
    spec: 'D10',
    what: 'The value that the gate writes once more takes its author’s lease, not the server’s clientID.',
    replacements: [
      {
        file: merge,
        find: 'const { update, changes } = authorOn(doc, serverClient, lost)',
        replace: 'const { update, changes } = authorOn(doc, [...intended.values()][0].id.client, lost)',
      },
    ],
    tests: [{ file: laterStands }],
  },
  {
    gate: 9,
    spec: 'B9',
    what: 'No conflict is noted.',
    replacements: [
      { file: 'sync-server/gate/find-conflicts.ts', find: 'if (knew) continue', replace: 'continue' },
    ],
    tests: [{ file: laterStands, name: '[B9]' }],
  },
  {
    gate: 9,
    spec: 'D10',
    what: 'A conflict is noted between a worker’s own devices.',
    replacements: [
      {
        file: 'sync-server/gate/find-conflicts.ts',
        find: 'writer.author === workerId || ',
        replace: '',
      },
    ],
    tests: [{ file: laterStands, name: '[D10] a conflict is noted only against another worker' }],
  },
  ...(
    [
      [
        'What stays pending is not noticed.',
        'if (isPending(doc) || doc.clientID !== own) return deviates',
        '',
        'notices what stays pending',
      ],
      [
        'Clocks that moved otherwise are not noticed.',
        'advancedBy(transaction, parsed) && ',
        '',
        'notices clocks that did not move',
      ],
      [
        'Changes beyond the fields foreseen are not noticed.',
        ' && changedOnly(doc, transaction, touches)',
        '',
        '[D9] applyProven',
      ],
    ] as const
  ).map(
    ([what, find, replace, name]): TakenOut => ({
      gate: 10,
      spec: 'D9',
      what: `After applying: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
      replacements: [{ file: 'core/documents/prove-apply.ts', find, replace }],
      tests: [{ file: 'test/core/documents/open-document.test.ts', name }],
    }),
  ),
  {
    gate: 10,
    spec: 'D11',
    what: 'Readers are told before the commit is durable.',
    replacements: [
      {
        file: createGate,
        find: '    const commit = working.toCommit()\n',
        replace: '    const commit = working.toCommit()\n    tell(working.toBatch())\n',
      },
    ],
    tests: [{ file: admit, name: '[D11]' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A document that was thrown away comes back without what its batch had merged before.',
    replacements: [
      {
        file: 'sync-server/gate/held-record.ts',
        find: 'openDocument(base === null ? merged : [base, ...merged])',
        replace: 'openDocument(base === null ? merged : [base])',
      },
    ],
    tests: [{ file: 'test/sync-server/gate/refusals.test.ts', name: '[D19] [GATE 10]' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A document that was thrown away is kept.',
    replacements: [
      {
        file: working,
        find: '    throwAway(record) {\n      const held = holdOf(record)\n      held.doc?.destroy()\n      held.doc = null\n',
        replace: '    throwAway(record) {\n      void record\n',
      },
    ],
    tests: [{ file: admit, name: '[D8] a text has a longest length' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A commit that fails has moved the head.',
    replacements: [
      {
        file: createGate,
        find: '    const commit = working.toCommit()\n',
        replace: '    const commit = working.toCommit()\n    head = working.head\n',
      },
    ],
    tests: [{ file: 'test/sync-server/gate/refusals.test.ts', name: '[D19]' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A commit that fails has moved the policy.',
    replacements: [
      {
        file: createGate,
        find: '    const commit = working.toCommit()\n',
        replace: '    const commit = working.toCommit()\n    policy.replace(working.directory)\n',
      },
    ],
    tests: [{ file: 'test/sync-server/gate/refusals.test.ts', name: '[D19]' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A commit that fails has moved the rows and documents at hand.',
    replacements: [
      {
        file: createGate,
        find: '    const commit = working.toCommit()\n',
        replace: '    const commit = working.toCommit()\n    working.settle()\n',
      },
      {
        file: createGate,
        find: '      for (const record of commit.records) live.drop(`${record.kind}/${record.id}`)\n',
        replace: '',
      },
    ],
    tests: [{ file: 'test/sync-server/gate/refusals.test.ts', name: '[D19]' }],
  },
  {
    gate: 10,
    spec: 'D19',
    what: 'A commit that fails has moved the clock that policy ticks go by.',
    replacements: [
      {
        file: createGate,
        find: 'if (due.length > 0) await commitTick(due, at)\n    clock.reached(at)\n',
        replace: 'clock.reached(at)\n    if (due.length > 0) await commitTick(due, at)\n',
      },
    ],
    tests: [
      { file: 'test/sync-server/jobs/tick-policy.test.ts', name: '[D19] a tick that cannot be committed' },
    ],
  },
  {
    gate: 11,
    spec: 'D2',
    what: 'A repetition does not wait for the batch of the first.',
    replacements: [
      {
        file: working,
        find: 'verdicts.get(`${deviceId}/${editId}`) ?? loaded.verdict(deviceId, editId)',
        replace: 'loaded.verdict(deviceId, editId)',
      },
    ],
    tests: [{ file: admit, name: '[D2]' }],
  },
  {
    gate: 11,
    spec: 'D2',
    what: 'An edit id counts for all devices.',
    replacements: [
      {
        file: 'sync-server/storage/sqlite/settling.ts',
        find: 'WHERE device_id = ? AND edit_id = ?',
        replace: 'WHERE ? IS NOT NULL AND edit_id = ?',
      },
    ],
    tests: [{ file: admit, name: '[D2] the same id with other bytes' }],
  },
  {
    gate: 11,
    spec: 'D2',
    what: 'The same edit id with other bytes gets the verdict of the first.',
    replacements: [
      {
        file: 'sync-server/gate/known-edit.ts',
        find: 'return stored.digest === digestOf(submission)\n',
        replace: 'return stored !== undefined\n',
      },
    ],
    tests: [{ file: admit, name: '[D2] the same id with other bytes' }],
  },
]
