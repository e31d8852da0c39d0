/** GATE 30 to 33: time, restore, taking away. */
import type { TakenOut } from '../taken-out.ts'

const tick = 'test/sync-server/jobs/tick-policy.test.ts'
const drain = 'test/sync-server/link/drain.test.ts'
const clientDrain = 'test/client/sync/drain.test.ts'
const drainSession = 'sync-server/link/drain-session.ts'
const overOthers = 'test/sync-server/gate/over-others.test.ts'
const restore = 'sync-server/storage/sqlite/restore-sqlite.ts'
const sqlite = 'test/sync-server/storage/sqlite.test.ts'
const overThisWorker = 'core/access/hard-rules/over-this-worker.ts'
const checkChange = 'test/core/access/check-change.test.ts'
const restored = 'test/sync-server/faults/restored-server.test.ts'
const catchUp = 'client/replica/catch-up.ts'
const sessions = 'sync-server/http/sessions.ts'
const feed = 'test/client/replica/feed.test.ts'
const keepRecovered = 'sync-server/review/keep-recovered.ts'
const found = 'test/sync-server/faults/found-after-restore.test.ts'

export const time: readonly TakenOut[] = [
  {
    gate: 30,
    spec: 'D20',
    what: 'Validity that begins or ends is no commit.',
    replacements: [
      {
        file: 'sync-server/gate/create-gate.ts',
        find: 'if (due.length > 0) await commitTick(due, at)\n',
        replace: '',
      },
    ],
    tests: [{ file: tick, name: 'is a commit at its instant' }],
  },
  {
    gate: 30,
    spec: 'D20',
    what: 'Nothing wakes the server at that instant.',
    replacements: [
      {
        file: 'sync-server/jobs/tick-policy.ts',
        find: 'else wait(Math.min(next - at, LOOK_AGAIN_MS))',
        replace: '',
      },
    ],
    tests: [{ file: tick, name: 'is a commit at its instant' }],
  },
  {
    gate: 30,
    spec: 'D20',
    what: 'Rooms do not follow a policy tick.',
    replacements: [
      {
        file: 'sync-server/rooms/rooms.ts',
        find: 'if (batch.policy !== null) for (const { room } of rooms.values()) room.recheck()',
        replace: '',
      },
    ],
    tests: [{ file: 'test/sync-server/jobs/tick-told.test.ts', name: 'closes with 4404 at the instant' }],
  },
  {
    gate: 30,
    spec: 'D20',
    what: 'Devices do not follow a policy tick.',
    replacements: [
      {
        file: 'sync-server/link/links.ts',
        find: 'if (batch.policy !== null) for (const link of links) link.checkPolicy()',
        replace: '',
      },
    ],
    tests: [
      { file: 'test/sync-server/jobs/tick-told.test.ts', name: '[L4] is told its rights at the instant' },
    ],
  },
  {
    gate: 30,
    spec: 'P15',
    what: 'A policy change is judged at this moment only.',
    replacements: [
      {
        file: 'core/access/hard-rules/growth.ts',
        find: 'return new Set([now, ...all.filter((instant) => instant > now)])',
        replace: 'return new Set([now, ...all.slice(0, 0)])',
      },
    ],
    tests: [{ file: checkChange, name: '[P15] validity and memberships that begin later' }],
  },
  {
    gate: 31,
    spec: 'L17',
    what: 'A restored server keeps its history id.',
    replacements: [
      {
        file: restore,
        find: "db.prepare('UPDATE meta SET key = ? WHERE key = ?').run(formerHistoryKey, historyKey)",
        replace: 'void historyKey',
      },
    ],
    tests: [{ file: sqlite, name: '[GATE 31]' }],
  },
  {
    gate: 31,
    spec: 'L17',
    what: 'A restored server keeps its sessions.',
    replacements: [{ file: restore, find: 'DELETE FROM sessions; ', replace: '' }],
    tests: [{ file: sqlite, name: '[GATE 31]' }],
  },
  {
    gate: 31,
    spec: 'L17',
    what: 'A restored server keeps its leases.',
    replacements: [{ file: restore, find: 'UPDATE leases SET burnt = 1; ', replace: '' }],
    tests: [{ file: sqlite, name: '[GATE 31]' }],
  },
  {
    gate: 31,
    spec: 'L17',
    what: 'A server authors under the clientID of its last start.',
    replacements: [
      {
        file: 'sync-server/gate/server-client.ts',
        find: '    const clientId = randomClientId()\n',
        replace:
          "    const before = Number(await storage.meta('server-client'))\n    if (before > 0) return before\n    const clientId = randomClientId()\n    await storage.saveMeta('server-client', `${clientId}`)\n",
      },
    ],
    tests: [{ file: 'test/sync-server/gate/server-client.test.ts' }],
  },
  {
    gate: 31,
    spec: 'L17',
    what: 'Edits that are offered again are not written anew on what the restored server holds.',
    replacements: [
      { file: catchUp, find: 'return [...(await writeAllAnew(db, { newId }))]', replace: 'return []' },
    ],
    tests: [{ file: restored }, { file: feed, name: '[L1] another history rebuilds' }],
  },
  {
    gate: 31,
    spec: 'L20',
    what: 'Others’ edits that no author holds are not kept.',
    replacements: [
      {
        file: keepRecovered,
        find: 'if (!isRestored || found.history === history) return null',
        replace: 'return null',
      },
    ],
    tests: [{ file: found, name: '[L20] two readers hand the same in' }],
  },
  {
    gate: 31,
    spec: 'L20',
    what: 'A server that was never restored keeps what devices say it lost.',
    replacements: [{ file: keepRecovered, find: '!isRestored || ', replace: '' }],
    tests: [{ file: found, name: '[L20] a server that was never restored' }],
  },
  {
    gate: 31,
    spec: 'L20',
    what: 'Who may no longer read a record brings it back.',
    replacements: [
      {
        file: keepRecovered,
        find: 'if (!mayReadClaim(policy.principalOf(finder.workerId), claim, target)) return null',
        replace: '',
      },
    ],
    tests: [{ file: found, name: '[L20] who may not read the record any more' }],
  },
  {
    gate: 31,
    spec: 'L20',
    what: 'What was handed in is shown to who may not read the record.',
    replacements: [
      {
        file: keepRecovered,
        find: 'if (mayReadClaim(principal, entry, target)) return entry',
        replace: 'return entry',
      },
    ],
    tests: [{ file: found, name: '[L20] its values are shown only' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'Disabling a worker turns no session into a drain.',
    replacements: [
      {
        file: 'sync-server/main.ts',
        find: '        drain(record.id).catch(',
        replace: '        Promise.resolve(drain).catch(',
      },
    ],
    tests: [{ file: drain, name: 'disabling' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'A connected link of who is disabled goes on.',
    replacements: [
      {
        file: 'sync-server/rooms/accept-sockets.ts',
        find: 'if (workers.length > 0) turnDesks(new Set(workers))',
        replace: '',
      },
    ],
    tests: [{ file: drain, name: 'a connected link is told at once' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'The session of who is not live answers calls.',
    replacements: [
      { file: sessions, find: 'return session?.drains === true ? null : session', replace: 'return session' },
    ],
    tests: [{ file: drain, name: 'the session answers nothing but a ticket' }],
  },
  {
    gate: 32,
    spec: 'P5',
    what: 'What a worker who is not live pushes is merged.',
    replacements: [
      {
        file: 'sync-server/gate/working-state.ts',
        find: 'if (directory === before) return policy.principalOf(workerId, at)',
        replace:
          'const own = policy.principalOf(workerId, at)\n      if (!own.live) return [...directory.workers.keys()].map((id) => policy.principalOf(id, at)).find((one) => one.fullAdministrator)!\n      if (directory === before) return own',
      },
    ],
    tests: [{ file: drain, name: 'hands in its edits' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'A drain tells what live devices are told: names, reasons, numbers.',
    replacements: [
      { file: drainSession, find: 'verdictFrame(withoutReading(verdict))', replace: 'verdictFrame(verdict)' },
    ],
    tests: [{ file: drain, name: 'reads nothing' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'Who is not live gets a link, with its feed.',
    replacements: [
      {
        file: 'sync-server/rooms/accept-sockets.ts',
        find: '      if (drains) return links.drain(socket)\n',
        replace: '',
      },
    ],
    tests: [{ file: drain }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'The wipe comes before the last verdict.',
    replacements: [
      { file: drainSession, find: ' || this.#underWay > 0 || this.#answered.size < this.#told', replace: '' },
    ],
    tests: [{ file: drain, name: 'hands in its edits' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'The receipt of the wipe is not kept.',
    replacements: [{ file: drainSession, find: 'await kept.save({ wipedAt: now() })', replace: 'void kept' }],
    tests: [{ file: drain, name: 'hands in its edits' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'The device wipes while something waits.',
    replacements: [
      {
        file: 'client/replica/apply-drain.ts',
        find: 'if ((await db.outbox.count()) > 0) return false\n',
        replace: '',
      },
    ],
    tests: [{ file: clientDrain, name: 'nothing is emptied while something waits' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'The device does not wipe.',
    replacements: [
      {
        file: 'client/sync/conversation.ts',
        find: '      await onWipe(drainsFor)\n',
        replace: '      void onWipe\n',
      },
    ],
    tests: [{ file: clientDrain, name: 'hands in an afternoon of edits' }],
  },
  {
    gate: 32,
    spec: 'L16',
    what: 'What the device had refused by itself is wiped unseen.',
    replacements: [
      {
        file: 'client/replica/apply-drain.ts',
        find: ".filter(({ by, settled }) => by === 'device' && settled === null)",
        replace: '\n        .filter(() => false)',
      },
    ],
    tests: [{ file: clientDrain, name: 'hands in what it had refused by itself' }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'Who does not hold all that a worker holds changes how this worker signs in.',
    replacements: [
      { file: 'core/access/check-change.ts', find: '  overThisWorker,\n  growth,\n', replace: '  growth,\n' },
    ],
    tests: [{ file: overOthers, name: 'is not changed by who lacks some of it' }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'Lacking only a right of the worker is no hindrance.',
    replacements: [
      {
        file: overThisWorker,
        find: 'const feature = featureBeyond(held, [author])',
        replace: 'const feature = featureBeyond(held, [held])',
      },
    ],
    tests: [{ file: overOthers, name: 'is not changed by who lacks some of it' }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'Lacking only a part of the worker’s scope is no hindrance.',
    replacements: [
      {
        file: overThisWorker,
        find: '(scopeBeyond(held, author, accountById) ?? matchesBeyond(held, author))',
        replace: 'matchesBeyond(held, author)',
      },
    ],
    tests: [{ file: overOthers, name: 'is not changed by who lacks some of it' }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'The username is no way of signing in.',
    replacements: [
      { file: overThisWorker, find: "'username', 'email', 'active'", replace: "'email', 'active'" },
      { file: overThisWorker, find: "if (next?.username !== old.username) return 'username'", replace: '' },
      {
        file: overThisWorker,
        find: 'return next.active === old.active',
        replace: 'return next?.active === old.active',
      },
    ],
    tests: [{ file: overOthers }, { file: checkChange }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'The e-mail address is no way of signing in.',
    replacements: [
      { file: overThisWorker, find: "'username', 'email', 'active'", replace: "'username', 'active'" },
    ],
    tests: [{ file: overOthers }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'Switching a login on or off is no way of signing in.',
    replacements: [
      { file: overThisWorker, find: "'username', 'email', 'active'", replace: "'username', 'email'" },
      {
        file: overThisWorker,
        find: "return next.active === old.active ? null : 'active'",
        replace: 'return null',
      },
    ],
    tests: [{ file: overOthers }, { file: checkChange }],
  },
  {
    gate: 33,
    spec: 'P26',
    what: 'A disabled worker counts as one who holds nothing.',
    replacements: [{ file: overThisWorker, find: '{ ...worker, active: true }', replace: 'worker' }],
    tests: [{ file: overOthers, name: 'counts what the worker will hold' }],
  },
]
