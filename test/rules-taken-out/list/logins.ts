/** P31, P32, L21: ways to sign in that others give, and one device that is wiped. */
import type { TakenOut } from '../taken-out.ts'

const invites = 'sync-server/http/invites.ts'
const invitesTest = 'test/sync-server/http/invites.test.ts'
const workerLogins = 'sync-server/http/worker-logins.ts'
const loginsTest = 'test/sync-server/http/worker-logins.test.ts'
const devices = 'sync-server/http/devices.ts'
const drain = 'sync-server/link/drain-session.ts'
const wipe = 'test/sync-server/link/wipe-device.test.ts'

export const logins: readonly TakenOut[] = [
  {
    gate: null,
    spec: 'P31',
    what: 'An invitation never ends.',
    replacements: [{ file: invites, find: 'now() >= expiresAt || ', replace: '' }],
    tests: [{ file: invitesTest, name: 'works once' }],
  },
  {
    gate: null,
    spec: 'P31',
    what: 'An invitation works as often as one likes.',
    replacements: [
      {
        file: 'sync-server/storage/sqlite/logins.ts',
        find: 'const isThere = Number(take.run(workerId, secretHash).changes) === 1',
        replace: 'const isThere = bySecret.get(secretHash) !== undefined',
      },
    ],
    tests: [{ file: invitesTest, name: 'works once' }],
  },
  {
    gate: null,
    spec: 'P31',
    what: 'Whether it still holds is not asked again after the password was worked out: two at once are both in.',
    replacements: [
      {
        file: invites,
        find: 'if ((await goodInvite(secret)) === null) return',
        replace: 'const invite = await goodInvite(secret)\n    if (invite === null) return',
      },
      {
        file: invites,
        find: 'const invite = await goodInvite(secret)\n    if (invite === null || !(await storage.redeemInvite(invite, passwordHash))) return await refused(context)',
        replace: 'await storage.redeemInvite(invite, passwordHash)',
      },
    ],
    tests: [{ file: invitesTest, name: 'two that come at the same moment' }],
  },
  {
    gate: null,
    spec: 'P31',
    what: 'An invitation is good although its maker no longer holds all that the worker holds.',
    replacements: [
      {
        file: invites,
        find: 'return isAllowed(decision) ? invite : null',
        replace: 'return decision && invite',
      },
    ],
    tests: [{ file: invitesTest, name: '[P26] what the worker was given since' }],
  },
  {
    gate: null,
    spec: 'P31',
    what: 'An invitation lies in the storage as it stands in its link.',
    replacements: [
      {
        file: workerLogins,
        find: 'await storage.saveInvite({ workerId, secretHash: hashSecret(secret), by, createdAt: now(), expiresAt })',
        replace:
          'await storage.saveInvite({ workerId, secretHash: secret, by, createdAt: now(), expiresAt })',
      },
    ],
    tests: [{ file: invitesTest, name: 'gives an address whose secret' }],
  },
  {
    gate: null,
    spec: 'P31, D29',
    what: 'That somebody was invited is not logged.',
    replacements: [{ file: workerLogins, find: "await log(over, 'invited')", replace: '' }],
    tests: [{ file: invitesTest, name: 'what was done is in the access log' }],
  },
  {
    gate: null,
    spec: 'P31',
    what: 'Whoever may look at workers gives them another way in.',
    replacements: [
      { file: workerLogins, find: 'if (!isAllowed(decision)) {', replace: 'if (decision === undefined) {' },
    ],
    tests: [{ file: invitesTest, name: '[P26] needs settings.workers' }],
  },
  {
    gate: null,
    spec: 'P32',
    what: 'Who must change the password is signed in all the same.',
    replacements: [
      { file: 'sync-server/http/login.ts', find: 'if (verified.mustChange)', replace: 'if (false)' },
    ],
    tests: [{ file: loginsTest, name: '[P32] the login gets a denial' }],
  },
  {
    gate: null,
    spec: 'P32',
    what: 'A password that was set leaves the sessions open.',
    replacements: [
      {
        file: workerLogins,
        find: "await sessions.end({ workerId })\n      await log(still, 'password-set')",
        replace: "await log(still, 'password-set')",
      },
    ],
    tests: [{ file: loginsTest, name: 'opens the login, ends the sessions' }],
  },
  {
    gate: null,
    spec: 'P32',
    what: 'Who changes their own password stays signed in elsewhere.',
    replacements: [
      {
        file: 'sync-server/http/own-password.ts',
        find: 'await sessions.end({ workerId, ...(mine !== null && { but: mine.id }) })',
        replace: '',
      },
    ],
    tests: [{ file: loginsTest, name: 'takes the old one; this session goes on' }],
  },
  {
    gate: null,
    spec: 'L21',
    what: 'Whoever may see a worker wipes their devices.',
    replacements: [
      { file: devices, find: 'if (!isAllowed(decision))', replace: 'if (decision === undefined)' },
    ],
    tests: [{ file: wipe, name: 'nobody without settings.workers' }],
  },
  {
    gate: null,
    spec: 'L21',
    what: 'A device is told to wipe itself by the one who holds it.',
    replacements: [{ file: devices, find: 'if (session.deviceId === device.id)', replace: 'if (false)' }],
    tests: [{ file: wipe, name: 'oneself, from another device' }],
  },
  {
    gate: null,
    spec: 'L21',
    what: 'A device that is to be wiped goes on as if nothing were.',
    replacements: [{ file: devices, find: 'await sessions.drainDevice(device.id)', replace: '' }],
    tests: [{ file: wipe, name: 'a connected one comes back at once' }],
  },
  {
    gate: null,
    spec: 'L21',
    what: 'A wiped device keeps its session.',
    replacements: [
      {
        file: drain,
        find: 'await onWiped({ deviceId: device.id })\n      await onWiped({ id: session.id })',
        replace: '',
      },
    ],
    tests: [{ file: wipe }],
  },
  {
    gate: null,
    spec: 'L21',
    what: 'Under another name a device is not known to be the one that is to be wiped.',
    replacements: [
      {
        file: drain,
        find: 'if (wipes && !isWipeDue(device)) await storage.askWipe(device.id, { at: now(), by: workerId })',
        replace: '',
      },
    ],
    tests: [{ file: wipe, name: 'it cannot slip away under another name' }],
  },
]
