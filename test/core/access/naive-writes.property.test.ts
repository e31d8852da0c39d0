import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../core/access/decide.ts'
import { decideCreate } from '../../../core/access/decide-create.ts'
import { withWorker } from '../../../core/access/directory.ts'
import { decideMove } from '../../../core/access/decide-move.ts'
import { compile } from '../../../core/access/principal.ts'
import { type Action, isAllowed, type Principal } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { anAccount, anInstant, aWorkerId, organisation, writeFeatures } from './arbitraries.ts'
import { fieldsOf, NaiveWriter, type WrittenKind, writtenKinds, type WrittenTarget } from './naive-writer.ts'
import { aWorker } from './organisation.ts'
import { beginRuns, comparisons } from './runs.ts'

beginRuns('writes')

/** Rhea may write all that her groups do not deny her, or too little would be allowed to compare. */
const withWriter = organisation.map((directory) => {
  const rhea = directory.workers.get('rhea') ?? aWorker('rhea')
  return withWorker(directory, { ...rhea, ...writer, memberships: rhea.memberships.slice(0, 2) }, 1)
})
const writer = {
  active: true,
  validFrom: null,
  validUntil: null,
  geographies: [],
  accountsQueryType: 'rep',
  repCodes: ['DOE', '007', 'bob'],
  rights: writeFeatures,
} as const

/** Every field of the kind, and keys that no field could have. */
const aField = (kind: WrittenKind) =>
  fc.constantFrom(...fieldsOf(kind), 'unknown', 'text:phone', 'phone/x', '__proto__', 'constructor', '')

const ids: Readonly<Record<WrittenKind, fc.Arbitrary<string>>> = {
  account: fc.constantFrom('a0', 'a9'),
  contact: fc.constantFrom('c1', 'c1', 'house-a0'),
  address: fc.constant('d1'),
  worker: fc.oneof(aWorkerId, fc.constant('gone')),
  group: fc.constantFrom('administrators', 'organization', 'west', 'depot', 'gone'),
}

const aTarget: fc.Arbitrary<WrittenTarget> = fc
  .record({
    kind: fc.constantFrom(...writtenKinds),
    account: anAccount,
    house: fc.constantFrom(false, false, true),
  })
  .chain(({ kind, account, house }) => ids[kind].map((id) => targetOf(kind, id, account, house)))

function targetOf(kind: WrittenKind, id: string, account: Row, house: boolean): WrittenTarget {
  if (kind === 'account') return { kind, id: account.id, row: account }
  const row: Row = { id, kind, seq: 1, ...(kind === 'contact' && { house, accountId: account.id }) }
  return kind === 'contact' || kind === 'address' ? { kind, id, row, account } : { kind, id, row }
}

const withField = aTarget.chain((target) => aField(target.kind).map((field) => ({ target, field })))

/** How often each of them was allowed and denied: a comparison of nothing but denials would prove little. */
class Tally {
  readonly #counts = new Map<string, number>()

  count(what: string, was: boolean): void {
    const key = `${what} ${was}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  expectBoth(whats: readonly string[]): void {
    for (const what of whats) {
      for (const was of [true, false]) {
        const times = this.#counts.get(`${what} ${was}`) ?? 0
        expect(times, `${what}: ${was ? 'allowed' : 'denied'}`).toBeGreaterThan(0)
      }
    }
  }
}

describe('the engine and the naive evaluator, on writes', () => {
  it('[P14] [P22] [P24] [S8] [GATE 7] agree on every field of every kind: edit, import, export', () => {
    const tally = new Tally()
    fc.assert(
      fc.property(
        withWriter,
        fc.array(withField, { minLength: 6, maxLength: 6 }),
        anInstant,
        (directory, asked, at) => {
          const naive = new NaiveWriter(directory)
          for (const id of directory.workers.keys()) {
            const principal = compile(directory, id, at)
            for (const { target, field } of asked) {
              const says = (action: Action) => isAllowed(decide(principal, action, target, field))
              const edits = naive.edits(id, target, field, at)
              tally.count(`edit ${target.kind}`, edits)
              expect(says('edit'), `${id} edits ${target.kind}/${target.id} ${field}`).toBe(edits)
              expect(says('import'), `${id} imports ${target.kind} ${field}`).toBe(
                naive.imports(id, target, field, at),
              )
              expect(says('export'), `${id} exports ${target.kind}`).toBe(naive.exports(id, target, at))
            }
          }
        },
      ),
      comparisons(250),
    )
    tally.expectBoth(writtenKinds.map((kind) => `edit ${kind}`))
  })

  it('[P22] [P24] [S4] agree on new records, with the fields their author filled in', () => {
    const tally = new Tally()
    const filled = aTarget.chain((target) =>
      fc.record({ target: fc.constant(target), fields: fc.array(aFilled(target.kind), { maxLength: 3 }) }),
    )
    fc.assert(
      fc.property(
        withWriter,
        fc.array(filled, { minLength: 6, maxLength: 6 }),
        anInstant,
        (directory, asked, at) => {
          const naive = new NaiveWriter(directory)
          for (const id of directory.workers.keys()) {
            const principal = compile(directory, id, at)
            for (const { target, fields } of asked) {
              const creates = naive.creates(id, target, fields, at)
              tally.count(`create ${target.kind}`, creates)
              const codes = fields.some((field) => field.startsWith('repCodes'))
              if (target.kind === 'account' && codes) tally.count('create with codes', creates)
              expect(
                isAllowed(decideCreate(principal, target, fields)),
                `${id}: ${target.kind} ${fields}`,
              ).toBe(creates)
            }
          }
        },
      ),
      comparisons(250),
    )
    tally.expectBoth([...writtenKinds.map((kind) => `create ${kind}`), 'create with codes'])
  })

  /** Mostly fields that may be filled in, or hardly any creation would be admitted. */
  function aFilled(kind: WrittenKind) {
    const common =
      kind === 'account' ? fc.constantFrom('name', 'phone', 'repCodes', 'repCodes/DOE') : aField(kind)
    return fc.oneof({ weight: 3, arbitrary: common }, { weight: 1, arbitrary: aField(kind) })
  }

  it('[S4] [GATE 7] agree on moves: nobody moves a record out of their scope, or into it', () => {
    const tally = new Tally()
    const move = fc.tuple(anAccount, anAccount, fc.constantFrom('account', 'contact', 'address'))
    fc.assert(
      fc.property(
        withWriter,
        fc.array(move, { minLength: 6, maxLength: 6 }),
        anInstant,
        (directory, asked, at) => {
          const naive = new NaiveWriter(directory)
          for (const id of directory.workers.keys()) {
            const principal: Principal = compile(directory, id, at)
            for (const [from, to, kind] of asked) {
              const before = targetOf(kind, 'x1', from, false)
              const after = targetOf(kind, 'x1', kind === 'account' ? { ...to, id: from.id } : to, false)
              const moves = naive.moves(id, before, after, at)
              if (naive.reads(id, before, at)) tally.count(`move ${kind}`, moves)
              expect(isAllowed(decideMove(principal, before, after))).toBe(moves)
            }
          }
        },
      ),
      comparisons(250),
    )
    tally.expectBoth(['move account', 'move contact', 'move address'])
  })
})
