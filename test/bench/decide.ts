/**
 * One decision, right and scope and field: may this person change the phone number of this account (DESIGN 10)?
 *
 * The asker leads a team with 300 rep codes, or has 3 of their own. CASL is given what it needs to say the same: one
 * rule for each code, with the fields that may be written and a condition on the account. Because CASL may also be
 * told all codes in one condition, that is measured too. All sides are asked about the same eight accounts, half of
 * them out of reach, and must agree.
 */
import { createMongoAbility, subject } from '@casl/ability'
import { decide as ambitDecide } from '../../core/access/decide.ts'
import { makeDirectory } from '../../core/access/directory.ts'
import { compile } from '../../core/access/principal.ts'
import { isAllowed, type Target } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import type { Bench } from './bench.ts'
import { atMost, takeTurns, timeOf, timesFaster } from './measure.ts'
import { makeWorker, shippedGroups } from './organisations.ts'

const QUESTIONS = 20_000
const FIELD = 'phone'
const writable = ['name', 'phone', 'state', 'zip', 'country', 'businessType', 'specialty', 'notes']

export const bench: Bench = {
  title: 'one decision against CASL on the same question',
  async run({ rounds }) {
    const many = questions(300)
    const few = questions(3)
    const manyTurns = await takeTurns(rounds, many)
    const fewTurns = await takeTurns(rounds, few)
    return [
      {
        what: 'a manager with 300 rep codes',
        unit: 'µs',
        ours: manyTurns.ambit,
        peer: { name: 'CASL, 300 rules', figures: manyTurns.casl },
        budgets: [atMost(1, '1 µs'), timesFaster(10)],
      },
      {
        what: 'the same, 300 codes in one rule',
        unit: 'µs',
        ours: manyTurns.ambit,
        peer: { name: 'CASL, 2 rules', figures: manyTurns.caslOneRule },
        budgets: [],
      },
      {
        what: 'a rep with 3 rep codes',
        unit: 'µs',
        ours: fewTurns.ambit,
        peer: { name: 'CASL, 3 rules', figures: fewTurns.casl },
        budgets: [atMost(1, '1 µs')],
      },
    ]
  },
}

function questions(codeCount: number) {
  const codes = Array.from({ length: codeCount }, (_, n) => `R${n}`)
  const worker = makeWorker('max', {
    accountsQueryType: 'rep',
    repCodes: codes,
    groups: ['sales-rep'],
  })
  const principal = compile(makeDirectory(shippedCatalogue, [worker], shippedGroups(), 1), 'max', 0)
  const accounts = Array.from({ length: 8 }, (_, n) => {
    const code = n % 2 === 0 ? codes[Math.floor((n * codeCount) / 8)] : `elsewhere-${n}`
    return { id: `a${n}`, kind: 'account' as const, seq: 1, name: `Account ${n}`, repCodes: [code ?? 'R0'] }
  })
  const targets: readonly Target[] = accounts.map((row) => ({ kind: 'account', id: row.id, row }))
  const subjects = accounts.map((row) => subject('account', { ...row }))

  const perCode = createMongoAbility(
    codes.map((code) => ({
      action: 'edit',
      subject: 'account',
      fields: writable,
      conditions: { repCodes: code },
    })),
  )
  const oneRule = createMongoAbility([
    { action: 'view', subject: 'account', conditions: { repCodes: { $in: codes } } },
    { action: 'edit', subject: 'account', fields: writable, conditions: { repCodes: { $in: codes } } },
  ])
  const askAmbit = (n: number) => isAllowed(ambitDecide(principal, 'edit', targets[n] as Target, FIELD))
  const askCasl = (n: number) => perCode.can('edit', subjects[n] as never, FIELD)
  const askOneRule = (n: number) => oneRule.can('edit', subjects[n] as never, FIELD)
  for (const n of accounts.keys()) {
    if (askAmbit(n) !== (n % 2 === 0)) throw new Error(`the decision on account ${n} is wrong`)
    if (askCasl(n) !== askAmbit(n) || askOneRule(n) !== askAmbit(n)) throw new Error('CASL disagrees')
  }
  const each = (ask: (n: number) => boolean, times: number) => () => microseconds(ask, times)
  return {
    ambit: each(askAmbit, QUESTIONS * 10),
    casl: each(askCasl, QUESTIONS),
    caslOneRule: each(askOneRule, QUESTIONS),
  }
}

/** Of one question; counted, so that none can be left out. */
function microseconds(ask: (n: number) => boolean, times: number): number {
  let allowed = 0
  const ms = timeOf(() => {
    for (let n = 0; n < times; n++) if (ask(n & 7)) allowed++
  })
  if (allowed !== times / 2) throw new Error('half of the questions should have been allowed')
  return (ms * 1_000) / times
}
