/** GATE 22 to 24: the link. */
import type { TakenOut } from '../taken-out.ts'

const push = 'test/sync-server/link/push.test.ts'
const roomTests = 'test/sync-server/rooms/rooms.test.ts'
const doors = 'test/sync-server/rooms/doors.test.ts'
const feed = 'test/sync-server/link/feed.test.ts'
const takePush = 'sync-server/link/take-push.ts'
const takePushTest = 'test/sync-server/link/take-push.test.ts'
const session = 'sync-server/link/link-session.ts'
const hello = 'sync-server/link/say-hello.ts'
const sendFeed = 'sync-server/link/send-feed.ts'
const receipts = 'sync-server/link/feed-receipts.ts'
const working = 'sync-server/gate/working-state.ts'
const policy = 'test/sync-server/gate/policy.test.ts'

export const link: readonly TakenOut[] = [
  {
    gate: 22,
    spec: 'L2',
    what: 'A refused edit closes the link.',
    replacements: [
      {
        file: session,
        find: 'this.#socket.send(verdictFrame(verdict))',
        replace:
          "if (verdict.outcome === 'refused') this.#socket.close(closeCodes.refused, 'refused')\n        else this.#socket.send(verdictFrame(verdict))",
      },
    ],
    tests: [{ file: push, name: '[D12] is refused with reasons' }],
  },
  {
    gate: 22,
    spec: 'L2',
    what: 'A device that pushes more than it may have on the way is closed.',
    replacements: [
      {
        file: takePush,
        find: 'if (underWay.size >= PUSHES_IN_FLIGHT_MAX) return postpone(push, CROWDED_RETRY_MS)',
        replace: "if (underWay.size >= PUSHES_IN_FLIGHT_MAX) throw new Error('too many')",
      },
    ],
    tests: [{ file: takePushTest, name: 'is the answer to what is too much' }],
  },
  {
    gate: 22,
    spec: 'L2',
    what: 'A device may have any number of edits on the way.',
    replacements: [
      {
        file: takePush,
        find: 'if (underWay.size >= PUSHES_IN_FLIGHT_MAX) return postpone(push, CROWDED_RETRY_MS)',
        replace: '',
      },
    ],
    tests: [{ file: takePushTest, name: 'is the answer to what is too much' }],
  },
  {
    gate: 22,
    spec: 'L18',
    what: 'The feed does not wait for receipts.',
    replacements: [
      { file: receipts, find: 'return this.#sent.length < FEED_PAGES_AHEAD', replace: 'return true' },
    ],
    tests: [{ file: feed, name: 'a slow device is not drowned' }],
  },
  {
    gate: 22,
    spec: 'L2',
    what: 'Nobody may write their desk before somebody has made it.',
    replacements: [
      {
        file: 'sync-server/gate/may-read.ts',
        find: '((creates && edit !== null) || isOwnDesk)',
        replace: 'creates && edit !== null',
      },
    ],
    tests: [{ file: roomTests, name: 'to a desk that nobody has written yet' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'A hello for another worker goes on.',
    replacements: [
      {
        file: session,
        find: "if (hello.worker !== this.workerId) return this.#socket.close(closeCodes.signedOut, 'other-worker')\n",
        replace: '',
      },
    ],
    tests: [{ file: feed, name: '[L1] a hello for another worker' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'The device’s secret is not asked for.',
    replacements: [
      {
        file: hello,
        find: 'return secretMatches(device.secret, stored.secretHash) ? stored : null',
        replace: 'return stored',
      },
    ],
    tests: [{ file: feed, name: '[GATE 22]' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'A device may be another worker’s.',
    replacements: [
      {
        file: hello,
        find: 'if (stored === null || stored.workerId !== workerId) return null',
        replace: 'if (stored === null) return null',
      },
    ],
    tests: [{ file: feed, name: '[GATE 22]' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'Another chain hash goes on.',
    replacements: [
      {
        file: hello,
        find: 'hello.number === 0 || (await storage.chainAt(hello.number)) === hello.chain',
        replace: 'hello.number >= 0',
      },
    ],
    tests: [{ file: feed, name: 'with another chain rebuilds' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'Another history goes on.',
    replacements: [{ file: hello, find: '|| hello.history !== history ', replace: '' }],
    tests: [{ file: feed, name: 'with another history rebuilds' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'A device that was set back goes on where it was.',
    replacements: [{ file: hello, find: ' || hello.number < confirmed.number', replace: '' }],
    tests: [{ file: feed, name: '[L1] set back' }],
  },
  {
    gate: 22,
    spec: 'L1',
    what: 'On the device, another worker’s session begins again and again.',
    replacements: [
      {
        file: 'client/sync/link.ts',
        find: 'if (code === 4401 || code === 4403 || code === 4404) return',
        replace: 'if (code === 4400) return',
      },
    ],
    tests: [{ file: 'test/client/sync/link.test.ts', name: '[L1] another worker’s session' }],
  },
  {
    gate: 22,
    spec: 'L14',
    what: 'The link opens without ticket or cookie.',
    replacements: [
      {
        file: 'sync-server/rooms/accept-sockets.ts',
        find: "if (session === null || !isGood) return socket.close(closeCodes.signedOut, 'not-signed-in')",
        replace: "if (session === null) return socket.close(closeCodes.unreadable, 'not-found')",
      },
    ],
    tests: [{ file: doors, name: 'that there is none is told with 4401' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'Records that leave a key write no departure.',
    replacements: [
      {
        file: working,
        find: 'if (restamped || !keys.includes(key))\n          departures.push({ seq, key, record: held.ref, before: attributesBefore })',
        replace: 'void key',
      },
    ],
    tests: [{ file: feed, name: '[L3] costs the changes' }],
  },
  {
    gate: 23,
    spec: 'S6',
    what: 'What hangs on an account is not stamped anew when the account moves.',
    replacements: [
      {
        file: 'sync-server/gate/record-consequences.ts',
        find: 'touches.some((key) => feedsScope(spec, key)) ? rekeyDependants(working, before, after) : []',
        replace: '[]',
      },
    ],
    tests: [{ file: policy, name: '[S6] [GATE 23]' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'A restricted attribute that changes re-stamps nothing, because every key stays.',
    replacements: [
      { file: working, find: 'if (restamped || !keys.includes(key))', replace: 'if (!keys.includes(key))' },
    ],
    tests: [{ file: policy, name: '[GATE 23] a restricted attribute' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'Departures forget what restrictions read before.',
    replacements: [
      {
        file: working,
        find: 'record: held.ref, before: attributesBefore }',
        replace: 'record: held.ref, before: null }',
      },
    ],
    tests: [{ file: feed, name: '[GATE 34]' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'The journal forgets the keys that a record had before.',
    replacements: [
      {
        file: working,
        find: '        keysBefore,\n        keysAfter: keys,',
        replace: '        keysBefore: keys,\n        keysAfter: keys,',
      },
    ],
    tests: [{ file: policy, name: '[S6] [GATE 23]' }],
  },
  {
    gate: 23,
    spec: 'L3',
    what: 'The server does not keep how far a device has come.',
    replacements: [{ file: receipts, find: 'this.#confirmed = proven.after', replace: 'void proven' }],
    tests: [{ file: feed, name: '[L3] costs the changes' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'The server does not keep which keys a device holds.',
    replacements: [
      {
        file: session,
        find: 'scope: resumes?.confirmed.scope ?? holds(view.scope),',
        replace: 'scope: holds(view.scope),',
      },
    ],
    tests: [{ file: feed, name: 'taken away and given while it was gone' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'A record that left and came back is taken away all the same.',
    replacements: [
      {
        file: 'sync-server/link/revoke-records.ts',
        find: 'if (record === undefined || !isShown(view(), record, accounts)) gone.push(ref)',
        replace: 'gone.push(ref)',
      },
    ],
    tests: [{ file: feed, name: 'a record that left and came back' }],
  },
  {
    gate: 23,
    spec: 'L4',
    what: 'A revoke that waits is sent after the record has come back.',
    replacements: [
      {
        file: sendFeed,
        find: '      this.#revokes.delete(key)\n      if (before === true',
        replace: '      if (before === true',
      },
    ],
    tests: [{ file: feed, name: '[GATE 23] nor is one' }],
  },
  {
    gate: 23,
    spec: 'L5',
    what: 'What was loaded before a commit took it away is sent.',
    replacements: [
      {
        file: sendFeed,
        find: '!isStale(record) && isShown(view, record, accounts)',
        replace: 'isShown(view, record, accounts)',
      },
    ],
    tests: [{ file: 'test/sync-server/link/send-feed.test.ts' }],
  },
  {
    gate: 24,
    spec: 'L6',
    what: 'Ids of records tell what they are.',
    replacements: [
      {
        file: 'client/replica/edit-record.ts',
        find: 'id: edit.id ?? context.newId(), creates: true',
        replace: 'id: edit.id ?? `${edit.kind}-1`, creates: true',
      },
    ],
    tests: [{ file: 'test/client/replica/new-ids.test.ts', name: '[L6] a new record' }],
  },
  {
    gate: 24,
    spec: 'L6',
    what: 'The client makes ids by its clock.',
    replacements: [
      {
        file: 'client/sync/link.ts',
        find: 'newId = () => crypto.randomUUID(),',
        replace: 'newId = () => `${Date.now()}`,',
      },
    ],
    tests: [{ file: 'test/client/replica/new-ids.test.ts', name: '[L6] the client makes ids' }],
  },
]
