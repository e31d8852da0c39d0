/**
 * One decision, right and scope and field: may this person change the phone number of this account (DESIGN 10)?
 *
 * The asker leads a team with 300 rep codes, or has 3 of their own. The others are given what they need to say the same
 * (decide-peers.ts). All sides are asked about the same eight accounts, half of them out of reach, in a field that may
 * be written and in one that may not, and must agree before anything is timed.
 */
import { decide } from '../../core/access/decide.ts'
import { makeDirectory } from '../../core/access/directory.ts'
import { compile } from '../../core/access/principal.ts'
import { isAllowed, type Target } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import type { Bench, Budget, Line } from './bench.ts'
import {
  type Ask,
  type AskedAccount,
  casbinRoles,
  caslOneRule,
  caslRuleEach,
  cedarOnePolicy,
  cedarPolicyEach,
} from './decide-peers.ts'
import { atMost, takeTurns, timeOf, timesFaster } from './measure.ts'
import { makeWorker, shippedGroups } from './organisations.ts'

/** So many questions a round: of ours, and of those that take more than a few microseconds. */
const QUESTIONS = 200_000
const QUESTIONS_SLOW = 5_000
const FIELD = 'phone'
/** Its own right is needed: an import's, or full administration. */
const FORBIDDEN = 'aId'

export const bench: Bench = {
  title: 'one decision against CASL, casbin and Cedar on the same question',
  async run({ rounds }) {
    return [
      ...(await linesOf('a manager with 300 rep codes', 300, rounds, [timesFaster(10)])),
      ...(await linesOf('a rep with 3 rep codes', 3, rounds, [])),
    ]
  },
}

async function linesOf(
  what: string,
  codeCount: number,
  rounds: number,
  budgets: readonly Budget[],
): Promise<readonly Line[]> {
  const codes = Array.from({ length: codeCount }, (_, n) => `R${n}`)
  const accounts = Array.from({ length: 8 }, (_, n): AskedAccount => {
    const code = n % 2 === 0 ? codes[Math.floor((n * codeCount) / 8)] : `elsewhere-${n}`
    return { id: `a${n}`, repCodes: [code ?? 'R0'] }
  })
  const sides: Readonly<Record<string, Ask>> = {
    ambit: askAmbit(codes, accounts),
    [`CASL, ${codeCount} rules`]: caslRuleEach(codes, accounts),
    'CASL, 2 rules': caslOneRule(codes, accounts),
    'casbin, codes as roles': await casbinRoles(codes, accounts),
    'Cedar, 1 policy': cedarOnePolicy(codes, accounts),
    [`Cedar, ${codeCount} policies`]: cedarPolicyEach(codes, accounts),
  }
  for (const [name, ask] of Object.entries(sides)) {
    for (const n of accounts.keys()) {
      if (ask(n, FIELD) !== (n % 2 === 0) || ask(n, FORBIDDEN))
        throw new Error(`${name} is wrong on account ${n}`)
    }
  }
  const { ambit, ...peers } = await takeTurns(
    rounds,
    Object.fromEntries(
      Object.entries(sides).map(([name, ask]) => [
        name,
        () => microseconds(ask, name === 'ambit' ? QUESTIONS : QUESTIONS_SLOW),
      ]),
    ),
  )
  if (ambit === undefined) throw new Error('nothing of ours was measured')
  return Object.entries(peers).map(([name, figures], index) => ({
    what: index === 0 ? what : 'the same',
    unit: 'µs',
    ours: ambit,
    peer: { name, figures },
    budgets: index === 0 ? [atMost(1, '1 µs'), ...budgets] : [],
  }))
}

function askAmbit(repCodes: readonly string[], accounts: readonly AskedAccount[]): Ask {
  const worker = makeWorker('max', { accountsQueryType: 'rep', repCodes, groups: ['sales-rep'] })
  const principal = compile(makeDirectory(shippedCatalogue, [worker], shippedGroups(), 1), 'max', 0)
  const targets = accounts.map(
    (account): Target => ({
      kind: 'account',
      id: account.id,
      row: { ...account, kind: 'account', seq: 1, name: `Account ${account.id}` },
    }),
  )
  return (n, field) => isAllowed(decide(principal, 'edit', targets[n] as Target, field))
}

/** Of one question; counted, so that none can be left out. */
function microseconds(ask: Ask, times: number): number {
  let allowed = 0
  const ms = timeOf(() => {
    for (let n = 0; n < times; n++) if (ask(n & 7, FIELD)) allowed++
  })
  if (allowed !== times / 2) throw new Error('half of the questions should have been allowed')
  return (ms * 1_000) / times
}
