/**
 * Every case against a real server: over HTTP, and over real WebSockets. Core has answered before (core.test.ts); here
 * the doors must say the same.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightOf } from '../../core/access/decisions.ts'
import { whyOutOfReach } from '../../core/access/reach.ts'
import { isAllowed } from '../../core/access/types.ts'
import { type Case, readCaseFiles, readOrganisations, type RecordQuestion } from './case-files.ts'
import { inTheWordsOf, judgeAnyValue } from './judge.ts'
import { explained, exported, heldOverHttp, imported, isOpen, readOverHttp } from './over-http.ts'
import { created, edited, heldOverLink, isFed, opened, toldInDrain } from './over-sockets.ts'
import { targetOf } from './organisation.ts'
import { ServedOrganisation } from './served-organisation.ts'
import { writesOf } from './writes-of.ts'

/** Actions that no socket carries, and why. */
const notBySocket: Partial<Record<RecordQuestion['action'], string>> = {
  export: 'a file is taken over HTTP alone',
  import: 'a file is brought over HTTP alone',
}

const files = readCaseFiles()

for (const [name, file] of readOrganisations()) {
  describe(`in ${name}`, () => {
    let served: ServedOrganisation
    beforeAll(async () => {
      served = await ServedOrganisation.start(file)
    })
    afterAll(() => served.close())

    for (const { name: fileName, cases } of files.filter(({ organisation }) => organisation === name)) {
      describe(`${fileName}`, () => {
        it.each(cases)('over HTTP: [$proves] $description', async (one) => {
          expect.hasAssertions()
          await overHttp(served, one)
        })
        it.each(cases.filter(isBySocket))('by socket: [$proves] $description', async (one) => {
          expect.hasAssertions()
          await bySocket(served, one)
        })
      })
    }
  })
}

function isBySocket({ question }: Case): boolean {
  return question.type !== 'record' || notBySocket[question.action] === undefined
}

async function overHttp(served: ServedOrganisation, one: Case): Promise<void> {
  const { question, outcome, reasons } = one
  const isLive = served.isLive(question.worker)
  if (question.type !== 'record') {
    const me = await served.call(question.worker, '/api/me')
    expect(me.status).toBe(isLive ? 200 : 401)
    if (isLive) expectRight(served, one, await heldOverHttp(served, question.worker))
    return
  }

  // Who may not see a record that would be imported is told of a new one, as if there were none (S9).
  const asksThemself = isLive && question.action !== 'import'
  for (const asker of asksThemself ? ['ada', question.worker] : ['ada']) {
    for (const asked of questionsWithoutValues(served, one)) {
      const expected =
        one.set === undefined ? { outcome, reasons } : inTheWordsOf([], judgeAnyValue(served.core, asked))
      const said = await explained(served, asked, asker)
      const isDetailed = asker !== question.worker && inDetail(served, asked) !== null
      if (isDetailed) expect(said).toMatchObject({ outcome: 'denied', reasons: [inDetail(served, asked)] })
      else expect(inTheWordsOf(expected.reasons, said), asker).toEqual(expected)
    }
  }
  switch (question.action) {
    case 'view':
      return expect(await readOverHttp(served, question)).toBe(
        isLive ? (outcome === 'allowed' ? 200 : 404) : 401,
      )
    case 'export':
    case 'import': {
      const answer = await (question.action === 'export' ? exported : imported)(served, question)
      expect(answer.outcome).toBe(outcome)
      if (answer.reasons !== null)
        expect(inTheWordsOf(reasons, { ...answer, reasons: answer.reasons }).reasons).toEqual(reasons)
      return
    }
    case 'create':
    case 'edit':
      return
  }
}

/** Who sees both the record and the worker is told what keeps one from the other (GATE 34); null where nothing does. */
function inDetail({ core }: ServedOrganisation, question: RecordQuestion) {
  if (judgeAnyValue(core, question).reasons[0]?.code !== 'not-found-or-out-of-scope') return null
  const asker = judgeAnyValue(core, { ...question, worker: 'ada', action: 'view', field: null })
  if (!isAllowed(asker)) return null
  const { worker, kind, id } = question
  const reason = whyOutOfReach(core.principalOf(worker), targetOf(core, kind, id, core.row(kind, id)))
  return reason === null ? null : { code: reason.code, rule: reason.rule }
}

/** The fields that would be written, each asked about by itself; what is new is asked of as a whole. */
function questionsWithoutValues(
  { core }: ServedOrganisation,
  { question, set }: Case,
): readonly RecordQuestion[] {
  if (question.type !== 'record') return []
  if (set === undefined || question.action === 'create') return [question]
  const writes = writesOf(question, core.row(question.kind, question.id), set)
  return writes.map(({ field }) => ({ ...question, field }))
}

async function bySocket(served: ServedOrganisation, one: Case): Promise<void> {
  const { question, outcome, reasons, set } = one
  const isLive = served.isLive(question.worker)
  if (question.type !== 'record') {
    if (isLive) return expectRight(served, one, await heldOverLink(served, question.worker))
    return expect(await toldInDrain(served, question.worker)).toEqual(['drain', 'wipe'])
  }
  switch (question.action) {
    case 'view': {
      const room = await opened(served, question)
      expect(room).toBe(outcome === 'allowed' ? 'synced' : isLive ? 4404 : 4401)
      if (isLive) expect(await isFed(served, question)).toBe(outcome === 'allowed')
      return
    }
    case 'edit': {
      const answer = await edited(served, question, set)
      if (outcome === 'allowed') return expect(answer).toEqual({ closed: null, code: null, reasons: [] })
      const mayRead = isAllowed(judgeAnyValue(served.core, { ...question, action: 'view', field: null }))
      if (!mayRead) return expect(answer.closed).toBe(isLive ? 4404 : 4401)
      expect(answer).toMatchObject({ closed: 4403, code: reasons[0]?.code })
      return expect(inTheWordsOf(reasons, { outcome, reasons: answer.reasons }).reasons).toEqual(reasons)
    }
    case 'create': {
      const answer = await created(served, question, set)
      expect(answer.outcome).toBe(outcome)
      if (outcome === 'denied') expect(inTheWordsOf(reasons, answer).reasons).toEqual(reasons)
      return
    }
    case 'export':
    case 'import':
      throw new Error('not by socket')
  }
}

function expectRight(
  served: ServedOrganisation,
  { question, outcome, reasons }: Case,
  principal: Parameters<typeof isOpen>[1],
): void {
  if (question.type === 'opens') {
    return expect(isOpen(served, principal, question.workspace)).toBe(outcome === 'allowed')
  }
  if (question.type === 'holds') {
    const right = rightOf({ ...served.core.principalOf('ada'), rights: principal.rights }, question.feature)
    expect(inTheWordsOf(reasons, right)).toEqual({ outcome, reasons })
  }
}
