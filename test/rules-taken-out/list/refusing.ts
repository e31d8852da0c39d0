/** GATE 12 to 15: refusing. */
import type { TakenOut } from '../taken-out.ts'

const refusals = 'test/sync-server/gate/refusals.test.ts'
const verdicts = 'test/client/replica/verdicts.test.ts'
const settle = 'test/client/replica/settle.test.ts'
const refuse = 'sync-server/gate/refuse-update.ts'
const applyVerdict = 'client/replica/apply-verdict.ts'
const review = 'test/sync-server/http/quarantine-review.test.ts'
const takePush = 'sync-server/link/take-push.ts'

export const refusing: readonly TakenOut[] = [
  {
    gate: 12,
    spec: 'D12',
    what: 'A refusal leaves no filler.',
    replacements: [
      {
        file: refuse,
        find: 'const filler = span !== null && record !== null && record.row !== null ? span : null',
        replace: 'const filler = null as typeof span',
      },
    ],
    tests: [{ file: refusals, name: '[D12] an independent edit after a refused one' }],
  },
  {
    gate: 12,
    spec: 'D12',
    what: 'The filler is as long as the first struct, not as the whole update.',
    replacements: [
      {
        file: refuse,
        find: 'const filler = span !== null && record !== null && record.row !== null ? span : null',
        replace:
          'const filler = span !== null && record !== null && record.row !== null ? { ...span, length: 1 } : null',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 12]' }],
  },
  {
    gate: 12,
    spec: 'D12',
    what: 'What a refused update deletes is deleted.',
    replacements: [
      {
        file: 'core/documents/encode-update.ts',
        find: 'fillerUpdate(client: number, clock: number, length: number)',
        replace: 'fillerUpdate(client: number, clock: number, length: number, deletes: never[] = [])',
      },
      {
        file: 'core/documents/encode-update.ts',
        find: "[{ type: 'gc', id: { client, clock }, length }] }],\n    deletes: [],",
        replace: "[{ type: 'gc', id: { client, clock }, length }] }],\n    deletes,",
      },
      {
        file: 'sync-server/gate/merge-update.ts',
        find: 'fillerUpdate(span.client, span.clock, span.length)',
        replace:
          'fillerUpdate(span.client, span.clock, span.length, (span as { deletes?: never[] }).deletes)',
      },
      {
        file: refuse,
        find: 'mergeFiller(working, record, filler, by)',
        replace: 'mergeFiller(working, record, { ...filler, ...part?.parsed }, by)',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 12]' }],
  },
  {
    gate: 12,
    spec: 'D12',
    what: 'The filler is published to nobody.',
    replacements: [
      {
        file: 'sync-server/gate/working-state.ts',
        find: '      changes.push({\n        seq,\n        chain,',
        replace: '      if (!filler) changes.push({\n        seq,\n        chain,',
      },
    ],
    tests: [{ file: refusals, name: '[D12] the filler takes a number, is published' }],
  },
  {
    gate: 12,
    spec: 'D12',
    what: 'The device does not put the filler into its own document.',
    replacements: [{ file: applyVerdict, find: 'if (filler !== null) {', replace: 'if (filler === 0) {' }],
    tests: [{ file: verdicts, name: '[D14] a refused edit in the middle' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'A violation burns no lease.',
    replacements: [
      { file: takePush, find: 'if (!isStale && lease === device().lease) await burn(lease)', replace: '' },
    ],
    tests: [{ file: 'test/sync-server/link/push.test.ts', name: 'burns the lease once' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'The device does not take the new lease.',
    replacements: [{ file: applyVerdict, find: "await db.device.update('device', { lease })", replace: '' }],
    tests: [{ file: verdicts, name: '[D13] a rewrite verdict takes the new lease' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'The device does not write what waits anew under the new lease.',
    replacements: [
      {
        file: applyVerdict,
        find: 'const changed = await writeAllAnew(db, { newId, ...(entry !== undefined && { unjudged: entry.edit }) })',
        replace: 'const changed = [] as RecordKey[]',
      },
    ],
    tests: [{ file: verdicts, name: '[D13] a rewrite verdict takes the new lease' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'A refused creation leaves a record with a filler.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: 'record: creates ? null : record,',
        replace: 'record,',
      },
      {
        file: refuse,
        find: 'record !== null && record.row !== null ? span : null',
        replace: 'record !== null ? span : null',
      },
    ],
    tests: [{ file: refusals, name: '[D13] a refused creation leaves no record' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'Later edits of a refused creation are edits of what does not exist.',
    replacements: [
      {
        file: 'sync-server/gate/may-read.ts',
        find: 'if (edit !== null && principal.live && working.hasRefusedCreation(author.workerId, record.key)) {',
        replace: 'if (edit === undefined) {',
      },
    ],
    tests: [{ file: refusals, name: '[D13] a refused creation leaves no record' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'Children of a refused creation name what does not exist.',
    replacements: [
      {
        file: 'sync-server/gate/check-references.ts',
        find: 'return working.hasRefusedCreation(principal.workerId, recordKey(kind, id))',
        replace: 'return principal === undefined',
      },
    ],
    tests: [{ file: refusals, name: '[D13] a refused creation leaves no record' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'On the device, what followed a refused creation goes on waiting in the outbox.',
    replacements: [
      {
        file: applyVerdict,
        find: 'if (creates) await refuseRest(db, record, context)\n  else {',
        replace: '{',
      },
    ],
    tests: [{ file: verdicts, name: '[D13] what followed a refused creation' }],
  },
  {
    gate: 13,
    spec: 'D13',
    what: 'A refused creation is tried again without what was built on it.',
    replacements: [
      {
        file: 'client/replica/settle.ts',
        find: 'const bundle = entry.creates ? await bundleOf(db, entry) : [entry]',
        replace: 'const bundle = [entry]',
      },
    ],
    tests: [{ file: settle, name: '[D13] a refused creation keeps its id' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'Text written before its device saw a refusal on that text is judged like any other.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: 'dependsOnRefused || wroteUnaware(working, arrival, record, touches)',
        replace: 'dependsOnRefused',
      },
    ],
    tests: [{ file: refusals, name: '[GATE 14]' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'The refusal that a push has seen counts for nothing: all later text depends on it.',
    replacements: [
      { file: 'sync-server/gate/admit-update.ts', find: '.slice(seen + 1)', replace: '.slice(seen * 0)' },
    ],
    tests: [{ file: refusals, name: '[GATE 14]' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'The device does not say which refusal it has seen.',
    replacements: [
      {
        file: 'client/replica/edit-record.ts',
        find: 'const lastRefusal = await lastRefusalOf(db, key)',
        replace: 'const lastRefusal = null',
      },
    ],
    tests: [{ file: settle, name: '[D18] tried again' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'What waits is not written anew after a refusal, and keeps the refused value as its origin.',
    replacements: [
      {
        file: applyVerdict,
        find: 'await writeAnew(db, record, { newId: context.newId, refusal: { edit, texts } })',
        replace: 'void texts',
      },
    ],
    tests: [{ file: verdicts, name: '[D14] a correction of a refused value' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'A scalar edit that was refused for what it leaned on is not written as one of its own.',
    replacements: [
      {
        file: applyVerdict,
        find: "if (reasons.some(({ code }) => code === 'depends-on-refused')) await writeOnItsOwn(db, entry, context)",
        replace: '',
      },
    ],
    tests: [{ file: verdicts, name: 'a value is written as an edit of its own' }],
  },
  {
    gate: 14,
    spec: 'D14',
    what: 'Dependent text is written anew by itself, instead of waiting for a person.',
    replacements: [
      {
        file: applyVerdict,
        find: 'if (entry.changes.some(({ field }) => isTextKey(field))) return\n',
        replace: '',
      },
    ],
    tests: [{ file: verdicts, name: 'a text waits for a person' }],
  },
  {
    gate: 15,
    spec: 'S9, D18',
    what: 'The quarantine shows the server’s values and names to who may no longer read the record.',
    replacements: [
      {
        file: 'sync-server/http/quarantine.ts',
        find: 'toItem(shownTo(principal, open, target))',
        replace: 'toItem(open)',
      },
    ],
    tests: [{ file: 'test/sync-server/http/quarantine.test.ts', name: '[GATE 15]' }],
  },
  {
    gate: 15,
    spec: 'D18',
    what: 'The quarantine holds what the server read, not what the author claims.',
    replacements: [
      {
        file: refuse,
        find: 'changes: edit?.claimed ?? refusal.changes,',
        replace: 'changes: refusal.changes,',
      },
    ],
    tests: [{ file: refusals, name: '[D18] the quarantine holds the whole edit' }],
  },
  {
    gate: 15,
    spec: 'D21',
    what: 'Reviewing shows a hidden record’s values and name.',
    replacements: [
      {
        file: 'sync-server/http/quarantine-review.ts',
        find: 'return mayReview(principal, workerId, entry, target) ? [{ entry, target }] : []',
        replace: 'return [{ entry, target }]',
      },
    ],
    tests: [{ file: review, name: '[GATE 15]' }],
  },
  {
    gate: 15,
    spec: 'L19',
    what: 'A conflict tells the server’s value to who may no longer read the record.',
    replacements: [
      {
        file: 'sync-server/link/send-conflicts.ts',
        find: "!target?.row || !isAllowed(decide(principal, 'view', target))",
        replace: '!target?.row',
      },
    ],
    tests: [
      { file: 'test/sync-server/link/conflicts.test.ts', name: '[L19] of a record that left their scope' },
    ],
  },
  {
    gate: 15,
    spec: 'D21',
    what: 'An entry is settled as often as somebody settles it.',
    replacements: [
      {
        file: 'sync-server/storage/sqlite/settling.ts',
        find: "'UPDATE quarantine SET settled = ? WHERE id = ? AND settled IS NULL'",
        replace: "'UPDATE quarantine SET settled = ? WHERE id = ?'",
      },
    ],
    tests: [{ file: 'test/sync-server/storage/sqlite.test.ts', name: '[D21]' }],
  },
  {
    gate: 15,
    spec: 'D21',
    what: 'What its author has written anew stays open on the server.',
    replacements: [
      { file: takePush, find: 'await settleReplaced(push).catch(() => undefined)', replace: 'undefined' },
    ],
    tests: [{ file: review, name: 'of what its author has written anew is too late' }],
  },
  {
    gate: 15,
    spec: 'D18',
    what: 'An edit tried again does not name the old one.',
    replacements: [
      {
        file: 'client/replica/edit-record.ts',
        find: 'replaces: index === 0 ? replaces : null',
        replace: 'replaces: null',
      },
    ],
    tests: [{ file: settle, name: '[D18] tried again' }],
  },
  {
    gate: 15,
    spec: 'D2',
    what: 'What is on the way is written anew under a new id, without asking for the old id’s verdict.',
    replacements: [
      {
        file: 'client/replica/rewrite-entries.ts',
        find: "inOrder.filter(({ state, edit }) => state === 'sent' && edit !== how.unjudged)",
        replace: 'inOrder.slice(0, 0)',
      },
    ],
    tests: [{ file: verdicts, name: '[GATE 15]' }],
  },
]
