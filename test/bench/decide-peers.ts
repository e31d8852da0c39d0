/**
 * What others are given to answer the question of the decision bench: may this person change this field of this
 * account? Each in the form that suits it best, everything parsed before it is asked.
 */
import { createMongoAbility, subject } from '@casl/ability'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModel, StringAdapter } from 'casbin'

export interface AskedAccount {
  readonly id: string
  readonly repCodes: readonly [string]
}

/** Whether the account at this place may be edited in this field. */
export type Ask = (n: number, field: string) => boolean

const writable = ['name', 'phone', 'state', 'zip', 'country', 'businessType', 'specialty', 'notes']

/** One rule for each code, with the fields that may be written and a condition on the account. */
export function caslRuleEach(codes: readonly string[], accounts: readonly AskedAccount[]): Ask {
  const ability = createMongoAbility(
    codes.map((code) => ({
      action: 'edit',
      subject: 'account',
      fields: writable,
      conditions: { repCodes: code },
    })),
  )
  return askCasl(ability, accounts)
}

/** All codes in one condition. */
export function caslOneRule(codes: readonly string[], accounts: readonly AskedAccount[]): Ask {
  const conditions = { repCodes: { $in: [...codes] } }
  const ability = createMongoAbility([
    { action: 'view', subject: 'account', conditions },
    { action: 'edit', subject: 'account', fields: writable, conditions },
  ])
  return askCasl(ability, accounts)
}

function askCasl(ability: ReturnType<typeof createMongoAbility>, accounts: readonly AskedAccount[]): Ask {
  const subjects = accounts.map((row) => subject('account', { ...row }))
  return (n, field) => ability.can('edit', subjects[n] as never, field)
}

/**
 * Rep codes as roles, found by hashing, and one policy, asked synchronously. Its cached enforcer is left out: asked the
 * same eight questions again, it would answer from a map of answers.
 */
export async function casbinRoles(codes: readonly string[], accounts: readonly AskedAccount[]): Promise<Ask> {
  const model = newModel(`
    [request_definition]
    r = sub, code, obj, act, field
    [policy_definition]
    p = role, obj, act
    [role_definition]
    g = _, _
    [policy_effect]
    e = some(where (p.eft == allow))
    [matchers]
    m = r.obj == p.obj && r.act == p.act && g(r.sub, p.role) && g(r.sub, r.code) && r.field in (${writable.map((field) => `"${field}"`).join(', ')})
  `)
  const roles = codes.map((code) => `g, max, ${code}`)
  const enforcer = await newEnforcer(
    model,
    new StringAdapter(['p, sales-rep, account, edit', 'g, max, sales-rep', ...roles].join('\n')),
  )
  return (n, field) => enforcer.enforceSync('max', accounts[n]?.repCodes[0] ?? '', 'account', 'edit', field)
}

/** One policy that names all codes; the account comes with the question, as it must. */
export function cedarOnePolicy(codes: readonly string[], accounts: readonly AskedAccount[]): Ask {
  return askCedar(
    `one of ${codes.length}`,
    [`${JSON.stringify(codes)}.containsAny(resource.repCodes)`],
    accounts,
  )
}

/** One policy for each code. */
export function cedarPolicyEach(codes: readonly string[], accounts: readonly AskedAccount[]): Ask {
  const conditions = codes.map((code) => `resource.repCodes.contains(${JSON.stringify(code)})`)
  return askCedar(`each of ${codes.length}`, conditions, accounts)
}

function askCedar(setId: string, conditions: readonly string[], accounts: readonly AskedAccount[]): Ask {
  const policies = conditions.map(
    (condition) =>
      `permit(principal == Worker::"max", action == Action::"edit", resource is Account) when { ${condition} && ${JSON.stringify(writable)}.contains(context.field) };`,
  )
  const parsed = preparsePolicySet(setId, { staticPolicies: policies.join('\n') })
  if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors))
  const resources = accounts.map(({ id, repCodes }) => {
    const uid = { type: 'Account', id }
    return { uid, entities: [{ uid, attrs: { repCodes: [...repCodes] }, parents: [] }] }
  })
  const principal = { type: 'Worker', id: 'max' }
  const action = { type: 'Action', id: 'edit' }
  return (n, field) => {
    const { uid: resource = principal, entities = [] } = resources[n] ?? {}
    const context = { field }
    const call = { principal, action, resource, context, preparsedPolicySetId: setId, entities }
    const answer = statefulIsAuthorized(call)
    if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
    return answer.response.decision === 'allow'
  }
}
