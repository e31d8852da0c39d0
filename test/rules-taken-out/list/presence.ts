/** GATE 20 and 21: doors and presence of rooms. */
import type { TakenOut } from '../taken-out.ts'

const roomTests = 'test/sync-server/rooms/rooms.test.ts'
const presenceTest = 'test/sync-server/rooms/presence.test.ts'
const doors = 'test/sync-server/rooms/doors.test.ts'
const session = 'sync-server/rooms/room-session.ts'
const awareness = 'sync-server/rooms/awareness.ts'
const presenceFile = 'sync-server/rooms/presence.ts'
const sessions = 'sync-server/http/sessions.ts'

export const presence: readonly TakenOut[] = [
  {
    gate: 20,
    spec: 'L12',
    what: 'Close reasons are sentences, with names and values and of any length.',
    replacements: [
      {
        file: session,
        find: "socket.close(closeCodes.refused, verdict.reasons[0]?.code ?? 'refused')",
        replace: 'socket.close(closeCodes.refused, verdict.sentence.slice(0, 60))',
      },
    ],
    tests: [{ file: roomTests, name: '[P24, D18]' }],
  },
  {
    gate: 20,
    spec: 'L14',
    what: 'A ticket opens any number of sockets.',
    replacements: [
      {
        file: sessions,
        find: '    const found = tickets.get(hash)\n    tickets.delete(hash)\n',
        replace: '    const found = tickets.get(hash)\n',
      },
    ],
    tests: [{ file: doors, name: 'opens one socket, once' }],
  },
  {
    gate: 20,
    spec: 'L14',
    what: 'A ticket lives for ever.',
    replacements: [
      {
        file: sessions,
        find: 'return found && isWithinLife(found.expiresAt, now(), 2 * TICKET_MS) ?',
        replace: 'return found ?',
      },
    ],
    tests: [{ file: doors, name: 'opens nothing after 30 seconds' }],
  },
  {
    gate: 20,
    spec: 'L14',
    what: 'A same-origin socket may not use the cookie.',
    replacements: [
      {
        file: sessions,
        find: 'return ticket !== null ? byTicket(ticket) : fromRequestOrDrain(caller)',
        replace:
          'return ticket !== null ? byTicket(ticket) : bearerOf(caller) === null ? null : fromRequestOrDrain(caller)',
      },
    ],
    tests: [{ file: doors, name: 'comes by cookie from the same origin' }],
  },
  {
    gate: 20,
    spec: 'L15',
    what: 'A socket without an Origin may use the cookie alone.',
    replacements: [
      {
        file: 'sync-server/http/origin.ts',
        find: "if (sort !== 'absent') return sort === 'own'",
        replace: "if (sort !== 'foreign') return true",
      },
    ],
    tests: [{ file: doors, name: 'that is missing passes with a ticket' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'What a socket says about others is told on.',
    replacements: [
      {
        file: awareness,
        find: "if (state === 'null' || !mayTake(socket, clientId)) return null",
        replace: "if (state === 'null') return null",
      },
    ],
    tests: [{ file: presenceTest, name: 'is the first that uses it' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'What a socket says about others closes it.',
    replacements: [
      {
        file: session,
        find: 'if (told.length === 0) return\n',
        replace:
          "if (told.length < entries.length) return socket.close(closeCodes.violation, 'foreign-presence')\n",
      },
    ],
    tests: [{ file: presenceTest, name: 'nobody can take away another’s' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'Everything that a client says about itself is told on.',
    replacements: [
      {
        file: presenceFile,
        find: 'const presence: Presence = {\n',
        replace: 'const presence: Presence = {\n    ...(state as object),\n',
      },
    ],
    tests: [{ file: presenceTest, name: '[L13]' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'A presence may be of any length.',
    replacements: [
      { file: presenceFile, find: '  if (claimed.length > AWARENESS_BYTES_MAX) return null\n', replace: '' },
      {
        file: presenceFile,
        find: 'return Buffer.byteLength(stamped) > AWARENESS_BYTES_MAX ? null : stamped',
        replace: 'return stamped',
      },
    ],
    tests: [{ file: presenceTest, name: 'is nothing when it is too much' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'Presence may come as fast as somebody sends it.',
    replacements: [
      {
        file: session,
        find: 'const waitMs = deps.presenceRate.take(socket.id)',
        replace: 'const waitMs = 0',
      },
    ],
    tests: [{ file: presenceTest, name: '[GATE 21]' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'Presence carries the worker that the client claims.',
    replacements: [
      {
        file: presenceFile,
        find: '    worker,\n    user:',
        replace: "    worker: (given.get('worker') ?? worker) as Presence['worker'],\n    user:",
      },
    ],
    tests: [{ file: presenceTest, name: '[L13]' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'Presence goes back with a higher clock.',
    replacements: [
      {
        file: awareness,
        find: 'told.push({ clientId, clock, state })',
        replace: 'told.push({ clientId, clock: clock + 1, state })',
      },
    ],
    tests: [{ file: presenceTest, name: 'back to its sender with the clock it came with' }],
  },
  {
    gate: 21,
    spec: 'L13',
    what: 'Presence does not go back to its sender.',
    replacements: [
      {
        file: session,
        find: 'if (entries !== null && room.members.has(member)) room.sendToAll(room.awareness.take(present, entries))',
        replace:
          'if (entries === null || !room.members.has(member)) return\n    const frame = room.awareness.take(present, entries)\n    if (frame !== null) for (const other of room.members) if (other !== member) other.send(frame)',
      },
    ],
    tests: [{ file: presenceTest, name: 'back to its sender with the clock it came with' }],
  },
]
