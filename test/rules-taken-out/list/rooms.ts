/** GATE 17 to 19: rooms of stock clients. */
import type { TakenOut } from '../taken-out.ts'

const gateRooms = 'test/sync-server/gate/rooms.test.ts'
const roomTests = 'test/sync-server/rooms/rooms.test.ts'
const hostile = 'test/sync-server/rooms/hostile.test.ts'
const session = 'sync-server/rooms/room-session.ts'
const parts = 'sync-server/gate/room-parts.ts'
const dropKnown = 'core/documents/drop-known.ts'
const dropKnownTest = 'test/core/documents/drop-known.test.ts'

export const rooms: readonly TakenOut[] = [
  {
    gate: 17,
    spec: 'L11',
    what: 'Known clocks are not dropped.',
    replacements: [{ file: dropKnown, find: 'if (isNewThroughout(doc, update)) return', replace: 'return' }],
    tests: [{ file: gateRooms, name: '[L11] a message again' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'Known clocks are dropped without comparing what they say.',
    replacements: [
      {
        file: dropKnown,
        find: 'if (struct.id.clock < known && !isRepeated(doc, struct, known))',
        replace: 'if (struct.id.clock < 0)',
      },
    ],
    tests: [{ file: gateRooms, name: 'equivocation' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'Known clocks are compared where the content is gone, too.',
    replacements: [
      {
        file: dropKnown,
        find: "if (held.deleted || content.type === 'deleted') return true",
        replace:
          "if (held.deleted || content.type === 'deleted') return held.deleted === (content.type === 'deleted')",
      },
    ],
    tests: [{ file: dropKnownTest }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'Known deletions are not dropped.',
    replacements: [
      {
        file: dropKnown,
        find: 'const deletes = update.deletes.flatMap((range) => dropDeleted(doc, range))',
        replace: 'const { deletes } = update',
      },
    ],
    tests: [{ file: dropKnownTest, name: 'is dropped, deletions too' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'Several clientIDs of one message are judged together.',
    replacements: [
      {
        file: dropKnown,
        find: 'updates: splitByClient({ groups, deletes: mergeRanges(deletes) })',
        replace: 'updates: [{ groups, deletes: mergeRanges(deletes) }]',
      },
    ],
    tests: [{ file: gateRooms, name: '[L11] each clientID is judged alone' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'What runs ahead of step 2 is a violation at once.',
    replacements: [
      {
        file: session,
        find: "if (verdict.type === 'violation' && aheadFaults.has(verdict.fault)) hold(update, verdict.fault)\n    else act(verdict)",
        replace: 'act(verdict)',
      },
    ],
    tests: [{ file: hostile, name: 'an update that runs ahead is held' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'What runs ahead is held without end in bytes.',
    replacements: [
      {
        file: session,
        find: 'if (heldBytes > ROOM_HELD_BYTES_MAX) return socket.close(closeCodes.violation, fault)\n',
        replace: '',
      },
    ],
    tests: [{ file: hostile, name: '[GATE 17]' }],
  },
  {
    gate: 17,
    spec: 'L11',
    what: 'What runs ahead is held without end in time.',
    replacements: [
      {
        file: session,
        find: 'heldTimer ??= setTimeout(() => socket.close(closeCodes.violation, fault), ROOM_HELD_MS)',
        replace: '',
      },
    ],
    tests: [
      {
        file: 'test/contract/section-8/hostile.test.ts',
        name: '18. a gap before step 2 is waited for',
        project: 'outside',
      },
    ],
  },
  {
    gate: 18,
    spec: 'L12',
    what: 'A clientID is anybody’s.',
    replacements: [
      {
        file: parts,
        find: 'if (lease.workerId !== workerId || lease.deviceId !== null || lease.burnt) return false',
        replace: 'if (lease.burnt) return false',
      },
    ],
    tests: [{ file: gateRooms, name: '[L12] one that nobody holds' }],
  },
  {
    gate: 18,
    spec: 'L12',
    what: 'A first use binds no clientID.',
    replacements: [
      {
        file: parts,
        find: 'working.addLease({ clientId: client, workerId: submission.author.workerId, deviceId: null, burnt: false })',
        replace: '',
      },
    ],
    tests: [{ file: gateRooms, name: '[L12] one that nobody holds' }],
  },
  {
    gate: 18,
    spec: 'L12',
    what: 'A device’s lease may be used in a room by its worker.',
    replacements: [{ file: parts, find: '|| lease.deviceId !== null ', replace: '' }],
    tests: [{ file: gateRooms, name: '[GATE 18]' }],
  },
  {
    gate: 18,
    spec: 'L12',
    what: 'The server’s own clientID is nobody’s.',
    replacements: [
      {
        file: 'sync-server/gate/server-client.ts',
        find: 'await storage.saveLease({ clientId, workerId: serverHolder, deviceId: null, burnt: false })\n',
        replace: '',
      },
    ],
    tests: [{ file: gateRooms, name: '[GATE 18]' }],
  },
  {
    gate: 18,
    spec: 'L12',
    what: 'A foreign clientID closes with another code than 4400.',
    replacements: [
      {
        file: session,
        find: "      case 'violation':\n        socket.close(closeCodes.violation, verdict.fault)",
        replace: "      case 'violation':\n        socket.close(closeCodes.tryAgainLater, verdict.fault)",
      },
    ],
    tests: [{ file: hostile, name: '[L12] the clientID of another worker' }],
  },
  {
    gate: 19,
    spec: 'D12',
    what: 'A refusal is not told before the socket closes.',
    replacements: [
      { file: session, find: '        socket.send(permissionDeniedFrame(verdict.sentence))\n', replace: '' },
    ],
    tests: [{ file: roomTests, name: '[P24, D18]' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'A refusal closes with another code than 4403.',
    replacements: [
      {
        file: session,
        find: 'socket.close(closeCodes.refused,',
        replace: 'socket.close(closeCodes.tryAgainLater,',
      },
    ],
    tests: [{ file: roomTests, name: '[P24, D18]' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'A refusal closes nothing.',
    replacements: [
      {
        file: session,
        find: "        socket.close(closeCodes.refused, verdict.reasons[0]?.code ?? 'refused')\n        return false",
        replace: '        return true',
      },
    ],
    tests: [{ file: roomTests, name: '[P24, D18]' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'What followed a refusal on the same socket is judged.',
    replacements: [
      {
        file: 'sync-server/gate/create-gate.ts',
        find: 'return isOfRoom(submission) && number <= (refusedUntil.get(submission.sessionId) ?? -1)',
        replace: 'return isOfRoom(submission) && number < 0',
      },
    ],
    tests: [{ file: roomTests, name: '[GATE 19] that follows a refusal' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'A clientID that was refused goes on.',
    replacements: [
      {
        file: parts,
        find: 'return !isBurnt(working.refusalsOn(workerId, record.key), client)',
        replace: 'return true',
      },
    ],
    tests: [{ file: gateRooms, name: '[GATE 19] the clientID is burnt' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'The deletions of a refused edit count when they come again.',
    replacements: [
      {
        file: parts,
        find: 'refusals.length === 0 ? update : withoutRefused(update, refusals)',
        replace: 'update',
      },
    ],
    tests: [{ file: gateRooms, name: '[GATE 19] the deletion inside' }],
  },
  {
    gate: 19,
    spec: 'L12',
    what: 'A server that starts anew has forgotten what it refused.',
    replacements: [
      {
        file: 'sync-server/gate/refusals.ts',
        find: '        put(byRecord, entry)\n      }\n      byWorker',
        replace: '        void entry\n      }\n      byWorker',
      },
    ],
    tests: [{ file: gateRooms, name: '[GATE 19] a server that was started anew' }],
  },
]
