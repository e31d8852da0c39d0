/**
 * A CSV file becomes changes: read, compared with what is there, and passed through the gate as one commit on behalf of
 * whoever imports. All of it or nothing; the same file a second time changes nothing.
 *
 * A row about a record that its importer may not see is a row about none: it would make a new one, and is refused for
 * what any new one would be. Only one that is right in everything else learns that its key is taken (GATE 34).
 */
import { decideKind } from '../../core/access/decide.ts'
import { explain, inOneText } from '../../core/access/explain.ts'
import { isAllowed } from '../../core/access/types.ts'
import { diffMemberships } from '../../core/exchange/diff-memberships.ts'
import { type DiffContext, type Difference, diffSteps } from '../../core/exchange/diff-rows.ts'
import { type FileText, textOfFile } from '../../core/exchange/file-text.ts'
import { type ExchangeKind, type FileKind, recordKindOf } from '../../core/exchange/kinds.ts'
import { matchRows } from '../../core/exchange/match-rows.ts'
import { type ImportFault, type ParsedFile, parseSteps } from '../../core/exchange/parse-csv.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { foldValue } from '../../core/records/fold.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { type Consequences, consequencesOf } from '../dry-run/dry-run.ts'
import type { Policy } from '../gate/policy.ts'
import type { Author, CommittedBatch, Gate } from '../gate/types.ts'
import type { Storage } from '../storage/storage.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { inTurns } from './in-turns.ts'
import { type Found, findByName, type Reader } from './names.ts'
import { hashPasswords, type PasswordContext, passwordFaults, setPasswords } from './passwords.ts'
import { refusalsOf } from './refusals.ts'
import { ERRORS_TOLD_MAX, type ToldChanges, toldChanges } from './told-changes.ts'

export interface ImportContext extends PasswordContext {
  readonly gate: Gate
  readonly policy: Policy
  readonly newId: () => string
  readonly now: () => number
}

export interface ImportQuestion {
  readonly kind: FileKind
  /** As it came: bytes of a file, or text that is known to be right. */
  readonly content: Uint8Array | string
  readonly author: Author
  readonly mode: 'dry-run' | 'apply'
  /** Columns to leave although nothing is for them. */
  readonly ignore?: readonly string[]
  /** Whether rights may be taken away (R-g). */
  readonly allowRemovals?: boolean
  /** In a dry run: whether to tell whom it would touch. */
  readonly tellConsequences?: boolean
  /** Whether to tell what it changes, by row and column. */
  readonly tellChanges?: boolean
  readonly onProgress?: (done: number, total: number | null) => void
}

export interface ImportReport extends Partial<ToldChanges> {
  /** Rows of the file with content, the header not counted. */
  readonly rows: number
  /** What was done, or in a dry run would be; 0 of both where an apply was refused. */
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly errors: readonly ImportFault[]
  /** What the log knows it by, where something was imported (D26). */
  readonly changeSet?: string
  /** Where asked for, in a dry run without errors: whom it would touch, as far as the asker may know. */
  readonly consequences?: Consequences
}

export async function importRecords(context: ImportContext, question: ImportQuestion): Promise<ImportReport> {
  const { storage, policy } = context
  const { kind: file, author, mode, onProgress } = question
  const reader: Reader = author.type === 'worker' ? policy.principalOf(author.workerId) : 'operator'
  const forbidden = whyNotAtAll(reader, file, policy)
  if (forbidden !== null) return nothingDone(forbidden)

  const content = contentOf(question.content)
  if (content.type === 'fault') return nothingDone(content.fault)
  const { parsed, difference, faults } = await differenceOf(
    context,
    { ...question, text: content.text },
    reader,
  )
  const { catalogue } = policy.directory
  const told =
    question.tellChanges === true ? await toldChanges({ storage, catalogue }, reader, file, difference) : null
  const report = (errors: readonly ImportFault[]): ImportReport => {
    const all = reportOf(parsed, difference, mode, errors)
    if (told === null) return all
    return { ...all, ...told, errors: all.errors.slice(0, ERRORS_TOLD_MAX), wrong: errors.length }
  }
  const { edits } = difference
  const errors = [
    ...faults,
    ...(await passwordFaults(edits, reader, { storage, policy, now: context.now() })),
  ]
  if (errors.length > 0 || edits.length === 0) return report(errors)

  const withPassword = edits.filter(({ password }) => password !== null).length
  const toHash = mode === 'apply' ? withPassword : 0
  const total = toHash + edits.length
  const passwords = mode === 'apply' ? await hashPasswords(edits, (done) => onProgress?.(done, total)) : []

  const changeSet = context.newId()
  let outlook: CommittedBatch | null = null
  const written = edits.filter(({ creates, writes }) => creates || writes.length > 0)
  const verdicts = await context.gate.submitAll(
    written.map(({ id, creates, writes }) => ({
      type: 'writes',
      author,
      via: 'import',
      record: { kind: recordKindOf(file), id },
      creates,
      writes,
      changeSet,
    })),
    {
      atomic: true,
      dryRun: mode === 'dry-run',
      onOutlook: (batch) => (outlook = batch),
      onProgress: (done) => onProgress?.(toHash + done, total),
    },
  )
  const refusals = refusalsOf(file, written, verdicts, catalogue)
  if (mode === 'apply' && refusals.length === 0) {
    await setPasswords(context, passwords, { reader, at: context.now() })
    // A password alone is in no record, and nothing of it can be taken back.
    return { ...report([]), ...(written.length > 0 && { changeSet }) }
  }
  if (outlook === null || question.tellConsequences !== true) return report(refusals)
  return { ...report(refusals), consequences: await consequencesOf(context, outlook, reader) }
}

function contentOf(content: Uint8Array | string): FileText {
  return typeof content === 'string' ? { type: 'text', text: content } : textOfFile(content, decodeUtf8)
}

function nothingDone(fault: ImportFault): ImportReport {
  return { rows: 0, added: 0, changed: 0, unchanged: 0, errors: [fault] }
}

interface Compared {
  readonly parsed: ParsedFile
  readonly difference: Difference
  readonly faults: readonly ImportFault[]
}

/** The file against what is there, in turns with everything else that the server does. */
async function differenceOf(
  { storage, policy, newId }: ImportContext,
  {
    kind: file,
    text,
    ignore = [],
    allowRemovals = false,
  }: Pick<ImportQuestion, 'kind' | 'ignore' | 'allowRemovals'> & { readonly text: string },
  reader: Reader,
): Promise<Compared> {
  const { catalogue } = policy.directory
  const parsed = await inTurns(parseSteps(text, file, { catalogue, ignore }))
  const keys = parsed.rows.map(({ key }) => key)
  const own = await findByName(storage, reader, parsed.kind, keys)
  const others = await referencesOf(storage, reader, parsed)
  const idOf = (of: ExchangeKind, name: string): string | null =>
    others.get(of)?.get(foldValue(name))?.[0]?.id ?? null
  const compare = (existing: DiffContext['existing']) => ({ catalogue, existing, idOf, newId, allowRemovals })

  if (file === 'membership') {
    const difference = await inTurns(diffMemberships(parsed, compare(workersOf(parsed, own))))
    return { parsed, difference, faults: [...parsed.errors, ...difference.errors] }
  }
  const matched = matchRows(parsed, own, (name) => idOf('account', name))
  const difference = await inTurns(diffSteps(parsed, compare(matched.existing)))
  return { parsed, difference, faults: [...parsed.errors, ...matched.errors, ...difference.errors] }
}

/** Many rows of a file of memberships are about one worker. */
function workersOf({ rows }: ParsedFile, found: Found): DiffContext['existing'] {
  return new Map(
    rows.flatMap((row): readonly [(typeof rows)[number], Row][] => {
      const [worker] = found.get(row.foldedKey) ?? []
      return worker === undefined ? [] : [[row, worker]]
    }),
  )
}

/** Asked of the whole kind; the gate asks again of each record and field. */
function whyNotAtAll(reader: Reader, file: FileKind, { directory, changers }: Policy): ImportFault | null {
  if (reader === 'operator') return null
  const kind = recordKindOf(file)
  const decision = decideKind(reader, 'import', kind)
  if (isAllowed(decision)) return null
  const { label, plural } = kindSpecs[kind]
  const explanation = explain(decision, {
    catalogue: directory.catalogue,
    changers,
    workerId: reader.workerId,
    action: 'import',
    kind: label,
    plural,
  })
  return { row: 1, column: null, message: inOneText(explanation) }
}

async function referencesOf(
  storage: Storage,
  reader: Reader,
  file: ParsedFile,
): Promise<ReadonlyMap<ExchangeKind, Found>> {
  const names = new Map<ExchangeKind, string[]>()
  for (const { cells } of file.rows) {
    for (const { column, value } of cells) {
      if (value.type !== 'names') continue
      const of = 'kind' in column.type ? column.type.kind : 'group'
      const known = names.get(of)
      if (known === undefined) names.set(of, [...value.names])
      else known.push(...value.names)
    }
  }
  const found = new Map<ExchangeKind, Found>()
  for (const [of, wanted] of names) found.set(of, await findByName(storage, reader, of, wanted))
  return found
}

function reportOf(
  file: ParsedFile,
  { added, changed, unchanged }: Difference,
  mode: ImportQuestion['mode'],
  errors: readonly ImportFault[],
): ImportReport {
  const nothingDone = mode === 'apply' && errors.length > 0
  return {
    rows: file.lines,
    added: nothingDone ? 0 : added,
    changed: nothingDone ? 0 : changed,
    unchanged,
    errors: [...errors].sort((one, other) => one.row - other.row),
  }
}
