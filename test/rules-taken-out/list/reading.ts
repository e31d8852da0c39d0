/** GATE 1 to 3: reading before judging. */
import type { TakenOut } from '../taken-out.ts'

const admit = 'test/sync-server/gate/admit.test.ts'
const parse = 'test/core/documents/parse-update.test.ts'

export const reading: readonly TakenOut[] = [
  {
    gate: 1,
    spec: 'D1, S9',
    what: 'Errors of structure are told before the right to read is asked.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: '  // Who, and may they read it?\n',
        replace: "  if (!parsed.ok) return { type: 'violation', fault: parsed.fault }\n",
      },
    ],
    tests: [{ file: admit, name: '[GATE 1]' }],
  },
  {
    gate: 1,
    spec: 'D1, S9',
    what: 'What a hidden record refuses leaves a filler in it.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: 'refuseUpdate(context, arrival, { reasons, part: null, changes: [], record: null }),',
        replace:
          'refuseUpdate(context, arrival, { reasons, part: { parsed: parsed.update, bytes: submission.update, lease: null }, changes: [], record: working.record(submission.record) }),',
      },
    ],
    tests: [{ file: admit, name: '[S9] [D18]' }],
  },
  {
    gate: 1,
    spec: 'D1, S9',
    what: 'A record that does not exist is answered sooner: its room asks the storage once instead of twice.',
    replacements: [
      {
        file: 'sync-server/rooms/room.ts',
        find: "if (kindSpecs[this.ref.kind].scope === 'account') {",
        replace: "if (stored !== null && kindSpecs[this.ref.kind].scope === 'account') {",
      },
    ],
    tests: [{ file: 'test/sync-server/rooms/room.test.ts' }],
  },
  {
    gate: 1,
    spec: 'D1, S9',
    what: 'Who may make no record learns from a creation whether its id is taken.',
    replacements: [
      {
        file: 'sync-server/gate/may-read.ts',
        find: "if (made.outcome === 'denied') return { ok: false, refused: made.reasons }",
        replace: '',
      },
    ],
    tests: [
      {
        file: 'test/sync-server/link/nothing-between-the-lines.test.ts',
        name: '[D1] a creation under an id that is taken',
      },
    ],
  },
  {
    gate: 2,
    spec: 'D15',
    what: 'An update that touches no field goes on through the gate like an edit.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: '  if (touches.length === 0) return noEdit\n',
        replace: '',
      },
    ],
    tests: [{ file: admit, name: '[D15]' }],
  },
  {
    gate: 2,
    spec: 'D15',
    what: 'The answer to an update that touches no field is stored.',
    replacements: [
      {
        file: 'sync-server/gate/known-edit.ts',
        find: "  if (verdict.type === 'merged' && verdict.seq === 0) return verdict\n",
        replace: '',
      },
    ],
    tests: [{ file: admit, name: '[D15]' }],
  },
  {
    gate: 3,
    spec: 'D3',
    what: 'The parser strips a byte order mark.',
    replacements: [
      {
        file: 'core/documents/wire-reader.ts',
        find: 'return decodeUtf8(slice)',
        replace: "return new TextDecoder('utf-8', { fatal: true }).decode(slice)",
      },
    ],
    tests: [{ file: parse, name: 'a byte order mark is a character like any other' }],
  },
  {
    gate: 3,
    spec: 'D3',
    what: 'Lengths of strings are counted in characters, not in UTF-16 code units.',
    replacements: [
      {
        file: 'core/documents/parse-update.ts',
        find: '? content.text.length : content.length',
        replace: '? [...content.text].length : content.length',
      },
    ],
    tests: [{ file: parse, name: '10 lengths are UTF-16 code units' }],
  },
]
