/**
 * Takes a change set back, as one commit through the gate on behalf of whoever asks (D27): its rights and rules decide
 * as for any edit. All of it or nothing, unless what is kept may stay (`partly`).
 */
import type { Principal, Reason } from '../../core/access/types.ts'
import { changeLabel } from '../../core/records/change-label.ts'
import { type Consequences, consequencesOf, type DryRunContext } from '../dry-run/dry-run.ts'
import type { CommittedBatch, Verdict, WritesSubmission } from '../gate/types.ts'
import type { ChangeSet, RecordRef } from '../storage/storage.ts'
import { actorOf } from './log-item.ts'
import { type Kept, planUndo, type UndoPlan } from './plan-undo.ts'

export interface UndoQuestion {
  readonly set: ChangeSet
  readonly asker: Principal
  readonly mode: 'dry-run' | 'apply'
  /** Whether the rest is taken back where something is kept. */
  readonly partly: boolean
  /** Records decided, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface UndoReport {
  /** Fields to be written back, with those that are kept. A record that was made counts as one. */
  readonly changes: number
  /** Of these, what was taken back or in a dry run would be; 0 where it was refused. */
  readonly undone: number
  /** Of what is undone, the records that were made and are disabled: nothing is ever deleted. */
  readonly disabled: number
  /** The first of those that say something else meanwhile, and how many there are. */
  readonly kept: readonly KeptField[]
  readonly keptCount: number
  /** The first of the refusals. */
  readonly errors: readonly Refusal[]
  /** The undo's own change set, where it was applied. */
  readonly changeSet?: string
  /** In a dry run in which nothing is refused. */
  readonly consequences?: Consequences
}

interface KeptField {
  readonly record: RecordRef & { readonly title: string }
  readonly field: string
  readonly label: string
  readonly message: string
}

interface Refusal {
  readonly record: RecordRef & { readonly title: string }
  readonly message: string
  readonly reasons: readonly Reason[]
}

export interface UndoContext extends DryRunContext {
  readonly newId: () => string
}

const keptShown = 100
const errorsShown = 20

/** Plans are made before the gate decides: what changed in between is planned anew, and not for ever. */
const TRIES = 3

/** Null where the records changed each time before it could be decided. Rejects where it was taken back meanwhile. */
export async function undoChangeSet(
  context: UndoContext,
  question: UndoQuestion,
): Promise<UndoReport | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const plan = await planUndo(context.storage, question.asker, question.set)
    const report = await carryOut(context, question, plan)
    if (report !== null) return report
  }
  return null
}

async function carryOut(
  context: UndoContext,
  { set, asker, mode, partly, onProgress }: UndoQuestion,
  plan: UndoPlan,
): Promise<UndoReport | null> {
  const count = plan.fields + plan.disabled
  const base = {
    changes: count + plan.kept.length,
    kept: await keptOf(context, asker, set, plan.kept.slice(0, keptShown)),
    keptCount: plan.kept.length,
  }
  const nothing = { ...base, undone: 0, disabled: 0, errors: [] }
  const isBarred = plan.kept.length > 0 && !partly
  if (plan.inverses.length === 0 || (isBarred && mode === 'apply')) return nothing

  const changeSet = context.newId()
  let outlook: CommittedBatch | null = null
  const verdicts = await context.gate.submitAll(submissionsOf(plan, set, asker, changeSet), {
    atomic: true,
    dryRun: mode === 'dry-run',
    onOutlook: (batch) => (outlook = batch),
    onProgress: (done) => onProgress?.(done, plan.inverses.length),
  })
  if (verdicts.some(({ type }) => type === 'later')) return null
  const errors = refusalsOf(plan, verdicts)
  if (errors.length > 0) return { ...nothing, errors }
  const done = { ...base, undone: count, disabled: plan.disabled, errors }
  if (mode === 'apply') return { ...done, changeSet }
  return outlook === null ? done : { ...done, consequences: await consequencesOf(context, outlook, asker) }
}

function submissionsOf(
  { inverses }: UndoPlan,
  set: ChangeSet,
  { workerId }: Principal,
  changeSet: string,
): readonly WritesSubmission[] {
  const ofImport = set.via === 'import'
  return inverses.map(({ record, writes, expects }) => ({
    type: 'writes',
    author: { type: 'worker', workerId },
    via: 'undo',
    record,
    creates: false,
    writes,
    changeSet,
    undo: { changeSet: set.id, ofImport, expects },
  }))
}

function refusalsOf({ inverses }: UndoPlan, verdicts: readonly Verdict[]): readonly Refusal[] {
  return verdicts
    .flatMap((verdict, index): readonly Refusal[] => {
      const inverse = inverses[index]
      if (verdict.type === 'merged' || inverse === undefined) return []
      const record = { ...inverse.record, title: inverse.title }
      return verdict.type === 'refused'
        ? [{ record, message: verdict.sentence, reasons: verdict.reasons }]
        : [{ record, message: 'There is no such record that you may change.', reasons: [] }]
    })
    .slice(0, errorsShown)
}

/** Entries of one record's journal that are looked through for who changed a field. */
const LOOKED_BACK = 200

async function keptOf(
  { storage, policy }: UndoContext,
  asker: Principal,
  set: ChangeSet,
  kept: readonly Kept[],
): Promise<readonly KeptField[]> {
  const { catalogue } = policy.directory
  const fields: KeptField[] = []
  for (const { record, title, field, why } of kept)
    fields.push({
      record: { ...record, title },
      field,
      label: changeLabel(record.kind, field, catalogue),
      message: await messageOf(record, field, why),
    })
  return fields

  async function messageOf(record: RecordRef, field: string, why: Kept['why']): Promise<string> {
    if (why === 'in-part') return 'The log keeps only the changed part of a long text. Write it back by hand.'
    if (why === 'no-switch') return 'It was made by this change set, and nothing is ever deleted.'
    const journal = await storage.journalOf(record, LOOKED_BACK)
    const later = journal.find(
      ({ seq, changeSet, changes }) =>
        seq > set.number && changeSet !== set.id && changes.some((change) => change.field === field),
    )
    if (later === undefined) return 'It has been changed since.'
    const actor = actorOf(policy, later.author)
    if (actor?.id === asker.workerId) return 'You have changed it since.'
    if (actor !== null) return `${actor.name} has changed it since.`
    return `${later.author === 'operator' ? 'The command line' : 'The server'} has changed it since.`
  }
}
