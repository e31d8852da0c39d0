/** GATE 4 to 6: structure and cost. */
import type { TakenOut } from '../taken-out.ts'

const file = 'core/documents/check-structure.ts'
const preview = 'core/documents/list-preview.ts'
const structure = 'test/core/documents/check-structure.test.ts'

export const ofStructure: readonly TakenOut[] = [
  {
    gate: 4,
    spec: 'D4',
    what: 'Several groups of clients pass.',
    replacements: [{ file, find: 'update.groups.length > 1 || ', replace: '' }],
    tests: [{ file: structure, name: '15 an edit of the lease passes' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'The client need not be the lease.',
    replacements: [{ file, find: 'client !== lease || ', replace: '' }],
    tests: [{ file: structure, name: '15 an edit of the lease passes' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'The gate does not ask whether the lease is this device’s, present and not burnt.',
    replacements: [
      {
        file: 'sync-server/gate/admit-update.ts',
        find: 'if (part.parsed.groups.length > 0 && !holdsLease(working, arrival)) return foreignClient',
        replace: '',
      },
    ],
    tests: [{ file: 'test/sync-server/gate/admit.test.ts', name: 'only the device’s present lease passes' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'Clocks may leave a gap, or come again.',
    replacements: [{ file, find: 'group !== undefined && group.clock !== start', replace: 'group === null' }],
    tests: [{ file: structure, name: '18 a gap and a regression are faults' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'An origin need not exist.',
    replacements: [{ file, find: "return { fault: 'origin-missing' }", replace: "return 'name'" }],
    tests: [{ file: structure, name: '20 an origin that does not exist yet' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'A deleted id need not exist.',
    replacements: [
      {
        file,
        find: "  if (end > (client === reading.client ? reading.end : known)) return 'delete-missing'\n",
        replace: '',
      },
    ],
    tests: [{ file: structure, name: '21 what does not exist yet is not deleted' }],
  },
  {
    gate: 4,
    spec: 'D4, D14',
    what: 'An origin may be a filler.',
    replacements: [
      {
        file,
        find: '    reading.leans = true\n    return null\n',
        replace: '    return null\n',
      },
    ],
    tests: [{ file: structure, name: '31 an edit that names a filler leans on it' }],
  },
  {
    gate: 4,
    spec: 'D4, D14',
    what: 'A deleted id may be a filler.',
    replacements: [
      {
        file,
        find: 'if (struct instanceof Y.GC) reading.leans = true\n    else if',
        replace: 'if (!(struct instanceof Y.GC))\n    if',
      },
    ],
    tests: [{ file: structure, name: '31 a deletion of refused content leans on it' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'A client may send fillers.',
    replacements: [
      {
        file,
        find: "if (struct.type === 'gc') return 'content-not-allowed'",
        replace: "if (struct.type === 'gc') return (reading.fields.push(null), null)",
      },
    ],
    tests: [{ file: structure, name: '16 a filler sent by a client is a fault' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'Two origins may lie in two fields.',
    replacements: [{ file, find: 'right !== undefined && left !== right', replace: 'false' }],
    tests: [{ file: structure, name: '25 origins in two fields are a fault' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'Origins may be crossed.',
    replacements: [
      {
        file: preview,
        find: "if (span === null) return 'origin-crossed'",
        replace: 'if (span === null) break',
      },
    ],
    tests: [{ file: structure, name: '24 crossed origins are a fault' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'What one origin was itself written after or before may lie between the two.',
    replacements: [
      {
        file: preview,
        find: "if (holds(span, bounds[0]) || holds(span, bounds[1])) return 'origin-crossed'",
        replace: '',
      },
    ],
    tests: [{ file: structure, name: '24 what an origin was itself written after' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'Map items may carry a right origin.',
    replacements: [
      {
        file,
        find: "if (!isTextKey(field) && struct.rightOrigin !== null) return 'origin-crossed'",
        replace: '',
      },
    ],
    tests: [{ file: structure, name: '24 a map entry carries no right origin' }],
  },
  {
    gate: 4,
    spec: 'D4',
    what: 'An update may advance the clock by any amount.',
    replacements: [{ file, find: 'end - start > UPDATE_CLOCK_ADVANCE_MAX', replace: 'end < start' }],
    tests: [{ file: structure, name: 'an advance of' }],
  },
  {
    gate: 5,
    spec: 'D5',
    what: 'The walk between two origins may be of any length.',
    replacements: [{ file: preview, find: "if (--this.#budget.left < 0) return 'too-costly'", replace: '' }],
    tests: [{ file: structure, name: 'walking over' }],
  },
  {
    gate: 5,
    spec: 'D5',
    what: 'Each field of an update may walk as far as a whole update may.',
    replacements: [
      {
        file,
        find: 'new ListPreview(doc, field, client, start, budget)',
        replace: 'new ListPreview(doc, field, client, start, { left: UPDATE_SCAN_ITEMS_MAX })',
      },
    ],
    tests: [{ file: structure, name: 'and those of several fields together' }],
  },
  {
    gate: 5,
    spec: 'D5',
    what: 'Two structs of one lease may stand at one place.',
    replacements: [
      { file: preview, find: "if (span.client === this.#client) return 'repeated-position'", replace: '' },
    ],
    tests: [{ file: structure, name: 'two structs of one lease at one place' }],
  },
  {
    gate: 6,
    spec: 'D16',
    what: 'An update that only deletes needs a clientID, too.',
    replacements: [
      {
        file,
        find: 'group !== undefined && (update.groups.length > 1',
        replace: '(update.groups.length > 1',
      },
    ],
    tests: [{ file: structure, name: '[D16]' }],
  },
  {
    gate: 6,
    spec: 'D16',
    what: 'An update that only deletes has no author whose rights are asked.',
    replacements: [
      {
        file: 'sync-server/gate/judge-change.ts',
        find: "const principal = author.type === 'worker' ? working.principalOf(author.workerId) : null",
        replace:
          "const principal = author.type === 'worker' && (creates || writes.length === 0 || writes.some(({ value }) => value !== null)) ? working.principalOf(author.workerId) : null",
      },
    ],
    tests: [{ file: 'test/sync-server/gate/refusals.test.ts', name: '[D16]' }],
  },
]
