/** GATE 35 and 36: other sites, scripts and spreadsheets. */
import type { TakenOut } from '../taken-out.ts'

const login = 'test/sync-server/http/login.test.ts'
const formulaGuard = 'core/exchange/formula-guard.ts'
const formulas = 'test/core/exchange/formula-guard.property.test.ts'
const words = 'test/client/workspaces/words.test.ts'
const accountWords = 'client/workspaces/crm/account-words.ts'
const guards = 'sync-server/http/guards.ts'
const origin = 'sync-server/http/origin.ts'
const headers = 'sync-server/http/security-headers.ts'
const trustedTypes = 'client/app/trusted-types.ts'
const trustedTypesTest = 'test/client/app/trusted-types.test.ts'
const doors = 'test/sync-server/rooms/doors.test.ts'

export const fromOutside: readonly TakenOut[] = [
  {
    gate: 35,
    spec: 'L15',
    what: 'A call from another site is taken.',
    replacements: [
      {
        file: guards,
        find: "sortOfOrigin(callerOf(context).headers) === 'foreign'",
        replace: 'context.req.path === null',
      },
    ],
    tests: [{ file: login, name: '[L15]' }],
  },
  {
    gate: 35,
    spec: 'L15',
    what: 'A socket from another site is opened.',
    replacements: [
      {
        file: 'sync-server/rooms/accept-sockets.ts',
        find: "if (!sessions.isOwnOrigin(caller))\n      return refuseByHttp(stream, '403 Forbidden', 'This socket was opened by another site.')",
        replace: '',
      },
    ],
    tests: [{ file: doors, name: 'a foreign origin' }],
  },
  {
    gate: 35,
    spec: 'L15',
    what: '`Sec-Fetch-Site` says nothing.',
    replacements: [
      {
        file: origin,
        find: "if (site === 'cross-site' || site === 'same-site') return 'foreign'",
        replace: 'void site',
      },
    ],
    tests: [{ file: login, name: '[L15]' }],
  },
  {
    gate: 35,
    spec: 'L15',
    what: '`Origin: null` counts as none.',
    replacements: [
      {
        file: origin,
        find: "if (origin === undefined) return 'absent'",
        replace: "if (origin === undefined || origin === 'null') return 'absent'",
      },
    ],
    tests: [{ file: login, name: '[L15]' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'JSON calls take any content type.',
    replacements: [
      { file: guards, find: 'if (given !== type) return', replace: 'if (given === null) return' },
    ],
    tests: [{ file: 'test/contract/section-8/http.test.ts', name: 'takes JSON only', project: 'outside' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'The client keeps the token where scripts read it.',
    replacements: [
      {
        file: 'client/sync/session.ts',
        find: 'writeSignedIn(store, worker)\n  store.removeItem(LOGOUT_KEY)',
        replace:
          "writeSignedIn(store, worker)\n  store.setItem('ambit.token', String((body as { token: unknown }).token))\n  store.removeItem(LOGOUT_KEY)",
      },
    ],
    tests: [{ file: 'test/client/sync/session.test.ts', name: '[GATE 35]' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Scripts can read the cookie.',
    replacements: [
      { file: 'sync-server/http/answer-login.ts', find: 'httpOnly: true,', replace: 'httpOnly: false,' },
    ],
    tests: [{ file: login, name: 'a cookie that scripts cannot read' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Answers carry no Content-Security-Policy.',
    replacements: [
      {
        file: headers,
        find: "context.header('content-security-policy', contentSecurityPolicy)",
        replace: 'void contentSecurityPolicy',
      },
    ],
    tests: [{ file: login, name: 'strict policy for scripts' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Scripts may come inline.',
    replacements: [
      { file: headers, find: '"script-src \'self\'"', replace: "\"script-src 'self' 'unsafe-inline'\"" },
    ],
    tests: [{ file: login, name: 'strict policy for scripts' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Trusted Types are not required.',
    replacements: [{ file: headers, find: '  "require-trusted-types-for \'script\'",\n', replace: '' }],
    tests: [{ file: login, name: 'strict policy for scripts' }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Any string becomes HTML.',
    replacements: [
      {
        file: trustedTypes,
        find: 'return REFUSED.some((pattern) => pattern.test(html)) ? null : html',
        replace: 'return html',
      },
    ],
    tests: [{ file: trustedTypesTest }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Scripts are loaded from anywhere.',
    replacements: [
      {
        file: trustedTypes,
        find: "parsed !== null && parsed.origin === origin && parsed.protocol.startsWith('http') ? url : null",
        replace: 'parsed !== null ? url : null',
      },
    ],
    tests: [{ file: trustedTypesTest }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Whatever stands in a phone field becomes a link.',
    replacements: [
      {
        file: accountWords,
        find: 'return /^\\+?\\d{3,20}$/.test(digits) ? `tel:${digits}` : null',
        replace: 'return `tel:${digits}`',
      },
    ],
    tests: [{ file: words }],
  },
  {
    gate: 35,
    spec: '',
    what: 'Whatever stands in an e-mail field becomes a link.',
    replacements: [
      {
        file: accountWords,
        find: "return /^[^\\s@?&]+@[^\\s@?&]+$/.test(address)\n    ? `mailto:${encodeURIComponent(address).replace('%40', '@')}`\n    : null",
        replace: 'return `mailto:${address}`',
      },
    ],
    tests: [{ file: words }],
  },
  {
    gate: 36,
    spec: '',
    what: 'Cells that begin like a formula go out as they are.',
    replacements: [
      {
        file: formulaGuard,
        find: "return formula.test(value) ? `'${value}` : value",
        replace: 'return value',
      },
    ],
    tests: [{ file: formulas, name: 'goes out with one more apostrophe' }],
  },
  {
    gate: 36,
    spec: '',
    what: 'The apostrophe stays on import.',
    replacements: [
      {
        file: formulaGuard,
        find: 'return cell.startsWith("\'") && formula.test(cell) ? cell.slice(1) : cell',
        replace: 'return cell',
      },
    ],
    tests: [{ file: formulas, name: 'goes out with one more apostrophe' }],
  },
  {
    gate: 36,
    spec: '',
    what: 'Phone numbers are guarded like formulas.',
    replacements: [{ file: formulaGuard, find: '[+-](?![\\d ().\\-/]*$)', replace: '[+-]' }],
    tests: [{ file: formulas, name: 'goes out and comes in as it is' }],
  },
  {
    gate: 36,
    spec: '',
    what: '`+` and `-` are not guarded at all.',
    replacements: [{ file: formulaGuard, find: '|[+-](?![\\d ().\\-/]*$)', replace: '' }],
    tests: [{ file: formulas, name: 'goes out with one more apostrophe' }],
  },
  {
    gate: 36,
    spec: '',
    what: 'Tab and CR are not guarded.',
    replacements: [{ file: formulaGuard, find: '[=@\\t\\r]', replace: '[=@]' }],
    tests: [{ file: formulas, name: 'goes out with one more apostrophe' }],
  },
]
