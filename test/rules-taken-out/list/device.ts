/** GATE 25 to 29: the device. */
import type { TakenOut } from '../taken-out.ts'

const openFile = 'core/documents/open-document.ts'
const openTest = 'test/core/documents/open-document.test.ts'
const feed = 'test/client/replica/feed.test.ts'
const linkFeed = 'test/sync-server/link/feed.test.ts'
const edit = 'test/client/replica/edit-record.test.ts'
const rebuild = 'client/replica/rebuild-record.ts'
const leader = 'client/sync/leader.ts'
const leaderTest = 'test/client/sync/leader.test.ts'
const catchUp = 'client/replica/catch-up.ts'
const verdicts = 'test/client/replica/verdicts.test.ts'
const applyVerdict = 'client/replica/apply-verdict.ts'
const restored = 'test/sync-server/faults/restored-server.test.ts'

export const device: readonly TakenOut[] = [
  {
    gate: 25,
    spec: 'L7',
    what: 'The device stores its own updates with the server’s bytes before the feed has come that far.',
    replacements: [
      {
        file: rebuild,
        find: 'const folding = parts.kept.filter(({ seq }) => seq <= number)',
        replace: 'const folding = parts.kept',
      },
    ],
    tests: [{ file: feed, name: '[L7]' }],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'A rebuild takes the lease before its own updates.',
    replacements: [
      {
        file: openFile,
        find: 'const doc = openDocument([...(base === null ? [] : [base]), ...fillerUpdates, ...outboxUpdates])',
        replace:
          'const doc = openDocument()\n  doc.clientID = lease\n  applyAll(doc, [...(base === null ? [] : [base]), ...fillerUpdates, ...outboxUpdates])',
      },
      { file: openFile, find: "there')\n  doc.clientID = lease\n", replace: "there')\n" },
    ],
    tests: [{ file: openTest, name: '[L7] rebuild' }],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'A rebuild leaves out the fillers.',
    replacements: [
      { file: openFile, find: '...fillerUpdates, ...outboxUpdates]', replace: '...outboxUpdates]' },
    ],
    tests: [{ file: openTest, name: '[L7] rebuild' }],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'A rebuild leaves out the outbox.',
    replacements: [
      { file: openFile, find: '...fillerUpdates, ...outboxUpdates]', replace: '...fillerUpdates]' },
    ],
    tests: [{ file: openTest, name: '[L7] rebuild' }],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'The lease is not asserted when an edit is authored.',
    replacements: [
      {
        file: 'core/documents/author-change.ts',
        find: "if (doc.clientID !== clientId || update === null) throw new Error('authorUpdate: the lease was lost')",
        replace: '',
      },
    ],
    tests: [
      {
        file: 'test/core/documents/author-change.test.ts',
        name: '[L7] throws when Yjs has taken another id',
      },
    ],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'Open documents hold a clientID of their own.',
    replacements: [{ file: openFile, find: '  doc.clientID = NO_CLIENT\n', replace: '' }],
    tests: [{ file: openTest, name: 'under the id of nobody' }],
  },
  {
    gate: 25,
    spec: 'L8',
    what: 'An edit is authored and written in several transactions.',
    replacements: [
      {
        file: 'client/replica/edit-record.ts',
        find: "db.transaction('rw', recordTables(db), async () => {",
        replace: 'Promise.resolve().then(async () => {',
      },
    ],
    tests: [{ file: 'test/client/replica/killed.test.ts' }],
  },
  {
    gate: 25,
    spec: 'L7',
    what: 'A second connection of one device stays beside the first.',
    replacements: [
      { file: 'sync-server/link/links.ts', find: 'byDevice.get(link.deviceId)?.replace()\n', replace: '' },
    ],
    tests: [{ file: linkFeed, name: 'the same device twice' }],
  },
  {
    gate: 27,
    spec: 'L9',
    what: 'Values typed here do not overlay the server’s row.',
    replacements: [
      {
        file: rebuild,
        find: 'if (changes.length === 0 && base !== null) return base',
        replace: 'if (base !== null) return base',
      },
    ],
    tests: [{ file: feed, name: '[L9]' }],
  },
  {
    gate: 27,
    spec: 'L9',
    what: 'A value typed here goes from the row with its verdict, before the feed has brought it.',
    replacements: [
      {
        file: rebuild,
        find: 'const answered = kept.filter(({ seq }) => base === null || seq > base.seq)',
        replace: 'const answered = kept.slice(0, 0)',
      },
    ],
    tests: [{ file: feed, name: '[L7]' }, { file: verdicts }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'All workers of a device share one database.',
    replacements: [
      { file: 'client/replica/database.ts', find: 'return `ambit-${workerId}`', replace: "return 'ambit'" },
    ],
    tests: [{ file: edit, name: '[L10] two workers' }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'All workers of a device share one lock.',
    replacements: [{ file: leader, find: '`${replicaName(db.workerId)}-link`', replace: "'ambit-link'" }],
    tests: [{ file: leaderTest }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'All workers of a device share one channel.',
    replacements: [
      {
        file: 'client/replica/changes.ts',
        find: 'return `${replicaName(workerId)}-changes`',
        replace: "return 'ambit-changes'",
      },
    ],
    tests: [{ file: 'test/client/replica/changes.test.ts' }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'Two tabs hold the link.',
    replacements: [
      {
        file: leader,
        find: 'locks\n      .request(name, steal',
        replace:
          '({ request: (_: string, __: object, work: () => Promise<void>) => work() })\n      .request(name, steal',
      },
    ],
    tests: [{ file: leaderTest, name: '[L10] one tab leads' }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'The leading tab writes no heartbeat.',
    replacements: [
      {
        file: leader,
        find: "await db.heartbeat.put({ key: 'link', tab, at: now(), status: status() }).catch(() => undefined)",
        replace: '',
      },
    ],
    tests: [{ file: leaderTest }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'No tab takes over from a silent one.',
    replacements: [{ file: leader, find: 'now() - last.at > SILENCE_MS', replace: 'now() < last.at' }],
    tests: [{ file: leaderTest, name: '[GATE 28]' }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'A tab takes over before ten seconds of silence.',
    replacements: [{ file: leader, find: 'now() - last.at > SILENCE_MS', replace: 'now() >= last.at' }],
    tests: [{ file: leaderTest, name: '[GATE 28]' }],
  },
  {
    gate: 28,
    spec: 'L10',
    what: 'A hidden tab takes over.',
    replacements: [
      {
        file: leader,
        find: '|| leading !== null || !isVisible()) return',
        replace: '|| leading !== null) return',
      },
    ],
    tests: [{ file: leaderTest, name: '[GATE 28]' }],
  },
  {
    gate: 29,
    spec: 'L17',
    what: 'Merged entries are not kept.',
    replacements: [{ file: applyVerdict, find: 'if (seq > 0) {', replace: 'if (seq < 0) {' }],
    tests: [{ file: feed, name: '[L1] another history rebuilds' }],
  },
  {
    gate: 29,
    spec: 'L17',
    what: 'Merged entries are forgotten at the next hello.',
    replacements: [
      { file: 'client/replica/apply-welcome.ts', find: 'now - at > KEPT_MS', replace: 'now - at > -1' },
    ],
    tests: [{ file: restored, name: '[L17] sessions, leases' }],
  },
  {
    gate: 29,
    spec: 'L17',
    what: 'Merged entries are kept for ever.',
    replacements: [
      { file: 'client/replica/apply-welcome.ts', find: 'now - at > KEPT_MS', replace: 'now - at < 0' },
    ],
    tests: [{ file: feed, name: '[GATE 29] what was merged is kept' }],
  },
  {
    gate: 29,
    spec: 'L17',
    what: 'What a server of another history lacks is not offered again.',
    replacements: [
      {
        file: catchUp,
        find: 'const offered = await offerAgain(db, lost, context)',
        replace: 'const offered: RecordKey[] = []',
      },
    ],
    tests: [{ file: feed, name: '[L1] another history rebuilds' }],
  },
  {
    gate: 29,
    spec: 'L17',
    what: 'Everything merged is offered again, also what the server still has.',
    replacements: [
      {
        file: catchUp,
        find: 'for (const entry of merged) if (await isLost(db, entry, run)) lost.push(entry)',
        replace: 'for (const entry of merged) lost.push(entry)',
      },
    ],
    tests: [{ file: feed, name: '[L17] [GATE 29]' }],
  },
]
