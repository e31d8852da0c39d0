/**
 * A CSV file becomes changes: read, compared with what is there, and passed through the gate as one commit on behalf of
 * whoever imports. All of it or nothing; the same file a second time changes nothing.
 *
 * A row about a record that its importer may not see is a row about none: it would make a new one, and is refused for
 * what any new one would be. Only one that is right in everything else learns that its key is taken (GATE 34).
 */
import { decideKind } from '../../core/access/decide.ts'
import { explain, inOneText } from '../../core/access/explain.ts'
import { isAllowed, type Reason } from '../../core/access/types.ts'
import { fieldKey, splitFieldKey } from '../../core/documents/field-key.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import type { Column } from '../../core/exchange/column.ts'
import { columnMaps } from '../../core/exchange/columns/all.ts'
import { type Difference, diffRows, type RecordEdit } from '../../core/exchange/diff-rows.ts'
import type { ExchangeKind } from '../../core/exchange/kinds.ts'
import { matchRows } from '../../core/exchange/match-rows.ts'
import { type ImportFault, type ParsedFile, parseCsv } from '../../core/exchange/parse-csv.ts'
import { foldValue } from '../../core/records/fold.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { type Consequences, consequencesOf } from '../dry-run/dry-run.ts'
import type { Policy } from '../gate/policy.ts'
import type { Author, CommittedBatch, Gate, Verdict } from '../gate/types.ts'
import type { Storage } from '../storage/storage.ts'
import { type Found, findByName, type Reader } from './names.ts'

export interface ImportContext {
  readonly storage: Storage
  readonly gate: Gate
  readonly policy: Policy
  readonly newId: () => string
  readonly now: () => number
}

export interface ImportQuestion {
  readonly kind: ExchangeKind
  readonly text: string
  readonly author: Author
  readonly mode: 'dry-run' | 'apply'
  /** Columns to leave although nothing is for them. */
  readonly ignore?: readonly string[]
  /** Whether rights may be taken away (R-g). */
  readonly allowRemovals?: boolean
  /** In a dry run: whether to tell whom it would touch. */
  readonly tellConsequences?: boolean
  readonly onProgress?: (done: number, total: number | null) => void
}

export interface ImportReport {
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

export async function importRecords(
  context: ImportContext,
  {
    kind,
    text,
    author,
    mode,
    ignore = [],
    allowRemovals = false,
    tellConsequences = false,
    onProgress,
  }: ImportQuestion,
): Promise<ImportReport> {
  const { storage, gate, policy, newId } = context
  const { catalogue } = policy.directory
  const reader: Reader = author.type === 'worker' ? policy.principalOf(author.workerId) : 'operator'
  const forbidden = whyNotAtAll(reader, kind, policy)
  if (forbidden !== null) return { rows: 0, added: 0, changed: 0, unchanged: 0, errors: [forbidden] }

  const file = parseCsv(text, kind, { catalogue, ignore })
  const own = await findByName(
    storage,
    reader,
    kind,
    file.rows.map(({ key }) => key),
  )
  const others = await referencesOf(storage, reader, file)
  const idOf = (of: ExchangeKind, name: string): string | null =>
    others.get(of)?.get(foldValue(name))?.[0]?.id ?? null

  const matched = matchRows(file, own, (name) => idOf('account', name))
  const difference = diffRows(file, { catalogue, existing: matched.existing, idOf, newId, allowRemovals })
  const errors = [...file.errors, ...matched.errors, ...difference.errors]
  if (errors.length > 0) return reportOf(file, difference, mode, errors)
  if (difference.edits.length === 0) return reportOf(file, difference, mode, [])

  const changeSet = newId()
  let outlook: CommittedBatch | null = null
  const verdicts = await gate.submitAll(
    difference.edits.map(({ id, creates, writes }) => ({
      type: 'writes',
      author,
      via: 'import',
      record: { kind, id },
      creates,
      writes,
      changeSet,
    })),
    {
      atomic: true,
      dryRun: mode === 'dry-run',
      onOutlook: (batch) => (outlook = batch),
      onProgress: (done) => onProgress?.(done, difference.edits.length),
    },
  )
  const report = reportOf(file, difference, mode, refusalsOf(kind, difference.edits, verdicts, catalogue))
  if (mode === 'apply' && report.errors.length === 0) return { ...report, changeSet }
  if (outlook === null || !tellConsequences) return report
  return { ...report, consequences: await consequencesOf(context, outlook, reader) }
}

/** Asked of the whole kind; the gate asks again of each record and field. */
function whyNotAtAll(
  reader: Reader,
  kind: ExchangeKind,
  { directory, changers }: Policy,
): ImportFault | null {
  if (reader === 'operator') return null
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

function refusalsOf(
  kind: ExchangeKind,
  edits: readonly RecordEdit[],
  verdicts: readonly Verdict[],
  catalogue: Catalogue,
): readonly ImportFault[] {
  return verdicts.flatMap((verdict, index): readonly ImportFault[] => {
    const edit = edits[index]
    const row = edit?.row ?? 1
    switch (verdict.type) {
      case 'merged':
        return []
      case 'refused': {
        const [reason] = verdict.reasons
        return [
          {
            row,
            column: columnOf(kind, reason, edit, catalogue),
            message: messageOf(reason, verdict.sentence),
          },
        ]
      }
      case 'unreadable':
        return [{ row, column: null, message: 'There is no such record that you may change.' }]
      case 'later':
        return [{ row, column: null, message: 'The server is busy; try again.' }]
      case 'violation':
        return [{ row, column: null, message: 'It holds something that no record can.' }]
    }
  })
}

/**
 * The column that a reason is about: it names the field, or the feature that was handed out; of a row in which only one
 * column changes anything it can only be that one.
 */
function columnOf(
  kind: ExchangeKind,
  reason: Reason | undefined,
  edit: RecordEdit | undefined,
  catalogue: Catalogue,
): string | null {
  const columnsOf = (key: string): readonly Column[] => {
    const { field, entry } = splitFieldKey(key)
    return columnMaps[kind].columns.filter(
      (column) => column.field === field && mayHold(column, entry, catalogue),
    )
  }
  if (reason?.field !== undefined) return columnsOf(reason.field)[0]?.name ?? null
  const written = edit?.writes.map(({ field }) => field) ?? []
  const feature = reason?.feature === undefined ? undefined : fieldKey('rights', reason.feature)
  if (feature !== undefined && written.includes(feature)) return columnsOf(feature)[0]?.name ?? null
  const columns = new Set(written.flatMap((key) => columnsOf(key)[0]?.name ?? []))
  return columns.size === 1 ? ([...columns][0] ?? null) : null
}

function mayHold({ type }: Column, entry: string | null, catalogue: Catalogue): boolean {
  if (type.type !== 'features' || entry === null) return true
  const feature = catalogue.featureById.get(entry)
  return feature !== undefined && type.part.holds(feature)
}

/** What is wrong with a value says so by itself; everything else is the decision in words. */
function messageOf(reason: Reason | undefined, sentence: string): string {
  const ofValue = reason?.code === 'value-invalid' || reason?.code === 'value-required'
  return ofValue ? (reason.detail ?? sentence) : sentence
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
