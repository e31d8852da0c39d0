/** GATE 7 and 8: deciding. */
import type { TakenOut } from '../taken-out.ts'

const admit = 'test/sync-server/gate/admit.test.ts'
const moves = 'test/sync-server/gate/moves.test.ts'
const policy = 'test/sync-server/gate/policy.test.ts'
const judge = 'sync-server/gate/judge-change.ts'
const merge = 'sync-server/gate/merge-update.ts'

/** Where an account's fields are declared: each of these feeds scope, or what restrictions read. */
const feedingLine: Readonly<Record<string, string>> = {
  country: "country: { label: 'Country', type: line(64), feedsScope: true }",
  state: "state: { label: 'State', type: line(64), feedsScope: true,",
  zip: "zip: { label: 'Zip', type: line(20), feedsScope: true,",
  ownerId: "ownerId: { label: 'Owner', type: { type: 'reference', kind: 'worker' }, feedsScope: true }",
}

export const deciding: readonly TakenOut[] = [
  {
    gate: 7,
    spec: 'D7, P1',
    what: 'Rights to the touched fields are not asked on the record before.',
    replacements: [
      {
        file: judge,
        find: "    if (decision.outcome === 'denied') return decision.reasons\n  }\n",
        replace: '    void decision\n  }\n',
      },
    ],
    tests: [{ file: admit, name: '[D7] one forbidden field' }],
  },
  {
    gate: 7,
    spec: 'D7',
    what: 'Rights are not asked on the record after: an author moves a record out of their scope.',
    replacements: [
      {
        file: judge,
        find: "return moved.outcome === 'denied' ? moved.reasons : null",
        replace: 'return null',
      },
    ],
    tests: [{ file: admit, name: '[GATE 7] nobody moves an account out' }],
  },
  {
    gate: 7,
    spec: 'D7, S4',
    what: 'An author may move a record into their scope.',
    replacements: [
      {
        file: 'core/access/decide-move.ts',
        find: "if (old.outcome === 'denied') return old",
        replace: '',
      },
    ],
    tests: [{ file: 'test/core/access/decide.test.ts', name: 'neither out of one’s scope, nor into it' }],
  },
  ...['country', 'state', 'zip', 'ownerId'].map(
    (field): TakenOut => ({
      gate: 7,
      spec: 'D7, S7',
      what: `${field} of an account counts as a field that feeds no scope.`,
      replacements: [
        {
          file: 'core/records/account.ts',
          find: feedingLine[field] ?? '',
          replace: (feedingLine[field] ?? '').replace(/, feedsScope: true/, ''),
        },
      ],
      tests: [
        field === 'ownerId'
          ? { file: policy, name: '[S1] [GATE 7]' }
          : { file: moves, name: '[S7] a restricted author' },
      ],
    }),
  ),
  {
    gate: 7,
    spec: 'D7, S5',
    what: 'The account of a contact counts as a field that feeds no scope.',
    replacements: [{ file: 'core/records/contact.ts', find: 'feedsScope: true,', replace: '' }],
    tests: [{ file: policy, name: '[S5]' }],
  },
  {
    gate: 7,
    spec: 'P24',
    what: 'Who is no full administrator writes rep codes and A_ID beside the import.',
    replacements: [
      {
        file: 'core/access/decide.ts',
        find: 'field.spec.importOwned && !byImport && !principal.fullAdministrator',
        replace: 'field.spec.importOwned === null',
      },
    ],
    tests: [{ file: moves, name: '[P24]' }],
  },
  {
    gate: 7,
    spec: 'P15',
    what: 'A manager, a filter or a group of a worker opens what its author lacks.',
    replacements: [
      {
        file: 'core/access/check-change.ts',
        find: '  overThisWorker,\n  growth,\n',
        replace: '  overThisWorker,\n',
      },
    ],
    tests: [{ file: moves, name: '[P15] a manager, a filter and a group of a worker' }],
  },
  {
    gate: 7,
    spec: 'P22',
    what: 'A device writes whether a contact is the House Contact.',
    replacements: [
      {
        file: 'core/access/decide.ts',
        find: "if (field.spec.serverMade) return { code: 'server-made', rule: 'P22', field: key, changedBy: null }",
        replace: '',
      },
    ],
    tests: [{ file: 'test/core/access/decide.test.ts', name: '[P22] nobody writes a House Contact' }],
  },
  {
    gate: 8,
    spec: 'D8',
    what: 'The resulting row is not validated.',
    replacements: [
      {
        file: 'sync-server/gate/check-values.ts',
        find: 'return validateRow(spec, after, catalogue, names, before)',
        replace: 'return []',
      },
    ],
    tests: [{ file: admit, name: '[D8] the resulting row is validated' }],
  },
  {
    gate: 8,
    spec: 'D8',
    what: 'Of a new record only the values written are validated.',
    replacements: [
      {
        file: 'sync-server/gate/check-values.ts',
        find: '  if (creates) return validateRow(spec, after, catalogue)\n',
        replace: '',
      },
    ],
    tests: [{ file: admit, name: '[D8] [GATE 8]' }],
  },
  {
    gate: 8,
    spec: 'D8',
    what: 'A text may become longer than it may be, by pieces that each are short.',
    replacements: [{ file: merge, find: 'if (reasons.length > 0) {', replace: 'if (reasons === null) {' }],
    tests: [{ file: admit, name: '[D8] a text has a longest length' }],
  },
  {
    gate: 8,
    spec: 'D17',
    what: 'Clearing a field deletes it.',
    replacements: [
      {
        file: 'core/documents/author-change.ts',
        find: '    doc.getMap(FIELDS_ROOT).set(change.field, change.new)\n',
        replace:
          '    if (change.new === null) doc.getMap(FIELDS_ROOT).delete(change.field)\n    else doc.getMap(FIELDS_ROOT).set(change.field, change.new)\n',
      },
    ],
    tests: [{ file: 'test/core/documents/author-change.test.ts', name: '[D17] clearing writes null' }],
  },
  {
    gate: 8,
    spec: 'D17',
    what: 'A room’s deletion of what is no longer the current item counts.',
    replacements: [
      {
        file: 'core/documents/check-structure.ts',
        find: 'else if (!struct.deleted) touches.add',
        replace: 'else touches.add',
      },
    ],
    tests: [
      {
        file: 'test/core/documents/check-structure.test.ts',
        name: '[D17] a deletion of what is overwritten',
      },
    ],
  },
]
