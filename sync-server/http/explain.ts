/**
 * GET /api/explain and GET /api/who: why somebody may or may not, and who may.
 *
 * Both speak only of what the asker may see: a record out of their scope is explained like one that does not exist
 * (GATE 34), and about other workers only holders of settings.workers may ask.
 */
import { Hono } from 'hono'
import { decideKind } from '../../core/access/decide.ts'
import { type Decision, isAllowed, type Principal } from '../../core/access/types.ts'
import { who, throughWhat } from '../../core/access/who.ts'
import { foldValue, foldWords } from '../../core/records/fold.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { answer, answerUnseen, seesEveryGroup } from '../explain/answer.ts'
import { type NameQuestion, parseNameQuestion, parseQuestion } from '../explain/question.ts'
import type { AppEnvironment, Portal } from './context.ts'
import { requireSession } from './guards.ts'
import { notFound, problem } from './problem.ts'
import { listVisible, visibleTarget } from './visible-records.ts'

/** Records of one name that are looked through for the one that is called exactly so. */
const NAMED_ALIKE_MAX = 50

export function explainRoutes(portal: Portal): Hono<AppEnvironment> {
  const { storage, policy, now } = portal
  const routes = new Hono<AppEnvironment>()

  routes.get('/explain', requireSession(portal), async (context) => {
    const { worker, ...asked } = context.req.query()
    const asker = policy.principalOf(context.get('session').workerId)
    if (asked['name'] !== undefined) {
      const named = parseNameQuestion(asked)
      if ('problem' in named) return problem(context, 400, named.problem)
      return context.json(await explainName(asker, named))
    }
    const question = parseQuestion(asked)
    if ('problem' in question) return problem(context, 400, question.problem)

    const workerId = worker === undefined ? asker.workerId : workerIdOf(worker)
    const isOther = workerId !== asker.workerId
    if (isOther) {
      const right = asker.rights.get('settings.workers')
      if (!right || !isAllowed(right))
        return problem(context, 403, 'Only who manages workers may ask about others.', {
          reasons: right?.reasons ?? [],
        })
      if (!policy.directory.workers.has(workerId)) return notFound(context)
    }

    const target = await visibleTarget(storage, asker, question.record)
    const principal = policy.principalOf(workerId)
    return context.json(
      answer(policy, {
        principal,
        question,
        target,
        seesBoth: isOther && target !== null,
        seesGroup: groupsSeenBy(asker),
      }),
    )
  })

  routes.get('/who', requireSession(portal), async (context) => {
    const { field, ...asked } = context.req.query()
    const question = parseQuestion(asked)
    if ('problem' in question) return problem(context, 400, question.problem)
    const asker = policy.principalOf(context.get('session').workerId)
    const target = await visibleTarget(storage, asker, question.record)
    if (target === null) return notFound(context)
    // Names are for everybody who sees the record; through what they can is for who may see workers.
    const seesWorkers = isAllowed(decideKind(asker, 'view', 'worker'))
    const through = (decision: Decision) =>
      throughWhat(decision, {
        catalogue: policy.directory.catalogue,
        kind: kindSpecs[question.record.kind].label,
      })
    const items = who(policy.directory, question.action, target, now(), field).map(
      ({ workerId, name, decision }) => ({
        workerId,
        name,
        ...(seesWorkers && { through: through(decision) }),
      }),
    )
    return context.json({ items })
  })

  return routes

  /** One that the asker sees is explained as itself; else what is said depends on the asker alone (P27). */
  async function explainName(asker: Principal, { kind, name }: NameQuestion) {
    const page = await listVisible(storage, asker, {
      kind,
      words: foldWords(name),
      limit: NAMED_ALIKE_MAX,
      cursor: null,
    })
    const wanted = foldValue(name)
    const row = page.rows.find((one) => foldValue(kindSpecs[kind].title(one)) === wanted)
    if (row === undefined) return answerUnseen(policy, asker, kind, name)
    const record = { kind, id: row.id }
    const target = await visibleTarget(storage, asker, record)
    const question = { action: 'view', record, field: null } as const
    return answer(policy, {
      principal: asker,
      question,
      target,
      seesBoth: false,
      seesGroup: seesEveryGroup,
    })
  }

  function groupsSeenBy(asker: Principal): (groupId: string) => boolean {
    if (isAllowed(decideKind(asker, 'view', 'group'))) return seesEveryGroup
    return (groupId) => asker.readableGroups.includes(groupId)
  }

  /** By id, or by username as people know it. */
  function workerIdOf(worker: string): string {
    if (policy.directory.workers.has(worker)) return worker
    const wanted = worker.normalize('NFC').toLowerCase()
    for (const { id, username } of policy.directory.workers.values())
      if (username.normalize('NFC').toLowerCase() === wanted) return id
    return worker
  }
}
