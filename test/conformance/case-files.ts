/**
 * The conformance suite's files: cases that an admin can read, and the small organisations they play in.
 *
 * A question reads as on the command line: `rhea edit account/oak#phone`; or `rhea holds crm.export`, `rhea opens crm`.
 * How to write one: test/cases/README.md.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { explainedCodes } from '../../core/access/explain-texts.ts'
import type { Action } from '../../core/access/types.ts'
import { type Workspace, workspaces } from '../../core/catalogue/features.ts'
import type { Kind } from '../../core/records/kind-spec.ts'
import { isKind } from '../../core/records/registry.ts'

const reasonSchema = v.strictObject({
  code: v.picklist(explainedCodes),
  rule: v.pipe(v.string(), v.regex(/^[PSD]\d+$/)),
  feature: v.optional(v.string()),
  /** From the worker's group up to the one that decides, by id. */
  groups: v.optional(v.array(v.string())),
  field: v.optional(v.string()),
  detail: v.optional(v.string()),
  /** Whose rep code it is, where it is a report's. */
  by: v.optional(v.string()),
})
export type ExpectedReason = v.InferOutput<typeof reasonSchema>

const caseSchema = v.strictObject({
  description: v.pipe(v.string(), v.regex(/^\S.{20,}\.$/u, 'a sentence')),
  /** Requirements and rules: `R-06`, `S4`. */
  proves: v.pipe(v.array(v.pipe(v.string(), v.regex(/^([WRGUIB]-\d\d|[PSDL]\d+)$/))), v.minLength(1)),
  ask: v.string(),
  /** The values that would be written. Without it the question is about any value. */
  set: v.optional(v.record(v.string(), v.unknown())),
  outcome: v.picklist(['allowed', 'denied']),
  /** All of them, in order. Of each, what is said here must be so. */
  reasons: v.array(reasonSchema),
})

const fileSchema = v.strictObject({
  about: v.string(),
  organisation: v.string(),
  cases: v.pipe(v.array(caseSchema), v.minLength(1)),
})

const recordSchema = v.looseObject({ id: v.string() })
const organisationSchema = v.strictObject({
  about: v.string(),
  /** The clock of every question. */
  now: v.pipe(v.string(), v.isoTimestamp()),
  settings: v.optional(v.record(v.string(), v.unknown()), {}),
  groups: v.optional(v.array(recordSchema), []),
  accounts: v.optional(v.array(recordSchema), []),
  labelSets: v.optional(v.array(recordSchema), []),
  boards: v.optional(v.array(recordSchema), []),
  campaigns: v.optional(v.array(recordSchema), []),
  workers: v.array(recordSchema),
  contacts: v.optional(v.array(recordSchema), []),
  addresses: v.optional(v.array(recordSchema), []),
  desks: v.optional(v.array(recordSchema), []),
})
export type OrganisationFile = v.InferOutput<typeof organisationSchema>

export type Question =
  | { readonly type: 'holds'; readonly worker: string; readonly feature: string }
  | { readonly type: 'opens'; readonly worker: string; readonly workspace: Workspace }
  | RecordQuestion

export interface RecordQuestion {
  readonly type: 'record'
  readonly worker: string
  readonly action: Action
  readonly kind: Kind
  readonly id: string
  readonly field: string | null
}

export interface Case extends v.InferOutput<typeof caseSchema> {
  readonly file: string
  readonly question: Question
}

export interface CaseFile {
  readonly name: string
  readonly about: string
  readonly organisation: string
  readonly cases: readonly Case[]
}

const folder = fileURLToPath(new URL('../cases/', import.meta.url))
const read = (path: string): unknown => JSON.parse(readFileSync(folder + path, 'utf8'))

export function readCaseFiles(): readonly CaseFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cases.json'))
    .sort()
    .map((name) => {
      const { about, organisation, cases } = v.parse(fileSchema, read(name))
      const withQuestions = cases.map((one) => ({ ...one, file: name, question: parseQuestion(one.ask) }))
      return { name, about, organisation, cases: withQuestions }
    })
}

export function readOrganisations(): ReadonlyMap<string, OrganisationFile> {
  const names = readdirSync(`${folder}organisations`).sort()
  return new Map(
    names.map((name) => [
      basename(name, '.organisation.json'),
      v.parse(organisationSchema, read(`organisations/${name}`)),
    ]),
  )
}

const actions = ['view', 'create', 'edit', 'export', 'import'] as const satisfies readonly Action[]

function parseQuestion(ask: string): Question {
  const [worker = '', verb = '', thing = '', ...rest] = ask.split(' ')
  const wrong = new Error(`no question: ${ask}`)
  if (rest.length > 0 || thing === '') throw wrong
  if (verb === 'holds') return { type: 'holds', worker, feature: thing }
  if (verb === 'opens') {
    const workspace = workspaces.find((known) => known === thing)
    if (workspace === undefined) throw wrong
    return { type: 'opens', worker, workspace }
  }
  const action = actions.find((known) => known === verb)
  const [record = '', field = null] = thing.split('#')
  const [kind = '', id = ''] = record.split('/')
  if (action === undefined || !isKind(kind) || id === '') throw wrong
  return { type: 'record', worker, action, kind, id, field }
}
