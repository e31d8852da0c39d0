/** GATE 34: nothing between the lines. */
import type { TakenOut } from '../taken-out.ts'

const explain = 'test/sync-server/http/explain.test.ts'
const lines = 'test/sync-server/http/nothing-between-the-lines.test.ts'
const dryRun = 'test/sync-server/http/dry-run.test.ts'
const visible = 'sync-server/http/visible-records.ts'
const sendFeed = 'sync-server/link/send-feed.ts'

export const betweenTheLines: readonly TakenOut[] = [
  {
    gate: 34,
    spec: 'S9',
    what: 'Explain speaks of records that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/http/explain.ts',
        find: "import { listVisible, visibleTarget } from './visible-records.ts'",
        replace:
          "import { listVisible, loadTarget } from './visible-records.ts'\nconst visibleTarget = async (storage: never, _asker: unknown, ref: never) => {\n  const target = await loadTarget(storage, ref)\n  return target.row === null ? null : target\n}",
      },
    ],
    tests: [{ file: explain, name: '[S9] a foreign record and a missing one' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: '`who` speaks of records that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/http/explain.ts',
        find: "import { listVisible, visibleTarget } from './visible-records.ts'",
        replace:
          "import { listVisible, loadTarget } from './visible-records.ts'\nconst visibleTarget = async (storage: never, _asker: unknown, ref: never) => {\n  const target = await loadTarget(storage, ref)\n  return target.row === null ? null : target\n}",
      },
    ],
    tests: [{ file: explain, name: 'who can see an account is told by name' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: '`who` tells through what somebody can to who may not see workers.',
    replacements: [
      {
        file: 'sync-server/http/explain.ts',
        find: '...(seesWorkers && { through: through(decision) })',
        replace: 'through: through(decision)',
      },
    ],
    tests: [{ file: explain, name: 'through what somebody can' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'Explain tells names of groups that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/explain/answer.ts',
        find: 'const decision = withoutNames(searched, seesGroup)',
        replace: 'const decision = searched',
      },
    ],
    tests: [{ file: explain, name: '[S9] names of groups' }],
  },
  {
    gate: 34,
    spec: 'P27',
    what: 'Explain answers a hidden name otherwise than one that nobody has.',
    replacements: [
      {
        file: 'sync-server/http/explain.ts',
        find: 'const page = await listVisible(storage, asker, {',
        replace: "const page = await storage.list({ reach: { type: 'everything' },",
      },
    ],
    tests: [{ file: explain, name: '[P27]' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'A dry run decides about records that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/gate/author-writes.ts',
        find: "if (!readable.ok) return 'reasons' in readable ? readable.reasons : readable.refused",
        replace: 'void readable',
      },
    ],
    tests: [{ file: lines, name: 'of a change of what is hidden' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'A dry run tells of other workers to who may not see them.',
    replacements: [
      {
        file: 'sync-server/dry-run/dry-run.ts',
        find: "if (asker !== 'operator' && !isAllowed(decideKind(asker, 'view', 'worker'))) return nothing",
        replace: '',
      },
    ],
    tests: [{ file: dryRun, name: 'of other workers only who may see them' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'A dry run counts accounts that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/dry-run/count-accounts.ts',
        find: "for await (const page of allVisible(storage, asker, 'account')) rows.push(...page)",
        replace: "rows.push(...(await storage.allRows('account')))",
      },
    ],
    tests: [{ file: dryRun, name: '[S9] accounts that the asker may not see' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'A dry run counts unsent edits of records that the asker may not see.',
    replacements: [
      {
        file: 'sync-server/dry-run/unsent-effects.ts',
        find: "if (!creates && asker !== 'operator' && !isAllowed(decideView(asker, target))) continue",
        replace: '',
      },
    ],
    tests: [{ file: lines, name: 'are counted as refused only where' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'An import finds records that its author may not see.',
    replacements: [
      {
        file: 'sync-server/exchange/names.ts',
        find: '.filter(({ id }) => visible.has(id))',
        replace: '.filter(({ id }) => id !== null)',
      },
    ],
    tests: [{ file: lines, name: '[GATE 34] imports' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'An export names records that its reader may not see.',
    replacements: [
      {
        file: 'sync-server/exchange/names.ts',
        find: 'if (visible.has(row.id)) names.set',
        replace: 'names.set',
      },
    ],
    tests: [
      { file: lines, name: 'an export holds no word' },
      { file: 'test/sync-server/exchange/import.test.ts', name: '[S2] an export' },
    ],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'Search finds by words of hidden records.',
    replacements: [
      {
        file: visible,
        find: 'const reach = reachOf(principal, question.kind)\n',
        replace:
          "const reach = question.words.length > 0 ? ({ type: 'everything' } as const) : reachOf(principal, question.kind)\n",
      },
    ],
    tests: [{ file: lines, name: 'search by words that only hidden records hold' }],
  },
  {
    gate: 34,
    spec: 'S7',
    what: 'Lists and counts hold what a restriction hides.',
    replacements: [
      {
        file: visible,
        find: 'if (!filtered && !isRestricted(principal, question.kind)) return storage',
        replace: 'if (!filtered) return storage',
      },
    ],
    tests: [{ file: 'test/sync-server/http/records.test.ts', name: '[S7]' }],
  },
  {
    gate: 34,
    spec: 'S12',
    what: 'A card of Check for Match carries the account’s id.',
    replacements: [
      {
        file: 'core/match/match-item.ts',
        find: ': { type, name, town, owner }',
        replace: ': { type, id: account.id, name, town, owner }',
      },
    ],
    tests: [{ file: 'test/sync-server/http/match.test.ts', name: '[U-22] [U-b]' }],
  },
  {
    gate: 34,
    spec: 'S12',
    what: 'Check for Match tells all that it finds.',
    replacements: [{ file: 'sync-server/http/match.ts', find: '.slice(0, itemsMax)', replace: '' }],
    tests: [{ file: 'test/sync-server/http/match.test.ts', name: '[GATE 34]' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'Who holds a value already is told.',
    replacements: [
      {
        file: 'sync-server/gate/check-unique.ts',
        find: "if (taken) reasons.push({ code: 'not-unique', rule: 'D8', field })",
        replace:
          "if (taken) reasons.push({ code: 'not-unique', rule: 'D8', field, detail: working.owners(spec.kind, field, folded).join() })",
      },
    ],
    tests: [{ file: 'test/sync-server/link/nothing-between-the-lines.test.ts', name: '[GATE 34]' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'The welcome counts arrivals that a restriction hides.',
    replacements: [{ file: sendFeed, find: 'if (this.#view.isRestricted) return 0\n', replace: '' }],
    tests: [{ file: 'test/sync-server/link/feed.test.ts', name: '[GATE 34]' }],
  },
  {
    gate: 34,
    spec: 'S9',
    what: 'A record that a restriction always hid is revoked by name.',
    replacements: [
      {
        file: 'sync-server/link/revoke-records.ts',
        find: 'const wasHidden = before !== null && restrictions !== null && restrictedBy(restrictions, before) !== null',
        replace: 'const wasHidden = false',
      },
    ],
    tests: [{ file: 'test/sync-server/link/feed.test.ts', name: '[GATE 34]' }],
  },
]
