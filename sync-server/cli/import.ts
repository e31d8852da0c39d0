/** `ambit import`: one CSV file, or a folder of them in the order that their references need. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type FileKind, isFileKind } from '../../core/exchange/kinds.ts'
import { sortFiles } from '../../core/exchange/files.ts'
import { type ImportReport, importRecords } from '../exchange/import-records.ts'
import { dataDirOf, readArguments } from './arguments.ts'
import { consequenceLines, isNothing } from './consequence-lines.ts'
import { CommandFailure } from './failure.ts'
import { authorOf } from './named-worker.ts'
import { createProgress } from './progress.ts'
import { withOrganisation } from './with-organisation.ts'

export const usage =
  'import FOLDER|FILE.csv [--kind K] --data DIR [--as USERNAME] [--dry-run] [--ignore COLUMN] [--allow-removals]'

const errorsShown = 20

export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(
    argv,
    usage,
    {
      kind: { type: 'string' },
      data: { type: 'string' },
      as: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'allow-removals': { type: 'boolean', default: false },
      ignore: { type: 'string', multiple: true, default: [] },
    },
    { min: 1, max: 1 },
  )
  const [path = ''] = positionals
  const { known: files, left } = filesOf(path, values.kind)

  await withOrganisation(dataDirOf(values.data), 'write', async (organisation) => {
    const author = await authorOf(organisation, values.as)
    for (const { path, kind } of files) {
      const progress = createProgress(basename(path))
      const report = await importRecords(organisation, {
        kind,
        content: readFileSync(path),
        author,
        mode: values['dry-run'] ? 'dry-run' : 'apply',
        ignore: values.ignore,
        allowRemovals: values['allow-removals'],
        tellConsequences: values['dry-run'],
        onProgress: progress.at,
      })
      progress.end()
      printReport(path, report, values['dry-run'])
      const { consequences } = report
      if (consequences !== undefined && !isNothing(consequences))
        for (const line of consequenceLines(consequences, organisation.policy.directory.catalogue))
          process.stdout.write(`  ${line}\n`)
    }
  })
  for (const name of left) process.stderr.write(`${name}: left, there is no such kind of record yet\n`)
}

interface Files {
  readonly known: readonly { readonly path: string; readonly kind: FileKind }[]
  /** Names of files of kinds that do not exist yet. */
  readonly left: readonly string[]
}

function filesOf(path: string, kind: string | undefined): Files {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new CommandFailure(`there is no file or folder ${path}`)
  if (kind !== undefined) {
    if (!isFileKind(kind)) throw new CommandFailure(`there is no kind \`${kind}\` to import`, 2)
    if (stats.isDirectory()) throw new CommandFailure('--kind goes with one file, not with a folder', 2)
    return { known: [{ path, kind }], left: [] }
  }
  const names = stats.isDirectory()
    ? readdirSync(path).filter((name) => name.endsWith('.csv'))
    : [basename(path)]
  const { known, unknown } = sortFiles(names)
  if (known.length === 0) throw new CommandFailure(`${path} says no kind by its name; name it with --kind`, 2)
  const files = known.map(({ name, kind: ofName }) => ({
    path: stats.isDirectory() ? join(path, name) : path,
    kind: ofName,
  }))
  return { known: files, left: unknown }
}

/** Errors are listed on standard output; standard error gets one line, with the first of them (DESIGN 8). */
function printReport(
  path: string,
  { rows, added, changed, unchanged, errors }: ImportReport,
  dryRun: boolean,
): void {
  const name = basename(path)
  const lines = errors
    .slice(0, errorsShown)
    .map(({ row, column, message }) => `row ${row}${column ? `, column ${column}` : ''}: ${message}`)
  const [first] = lines
  if (first !== undefined) {
    for (const line of lines) process.stdout.write(`${name}, ${line}\n`)
    const others = errors.length === 1 ? '' : `, and ${errors.length - 1} more`
    throw new CommandFailure(`${name}: nothing of this file was imported; ${first}${others}`)
  }
  const tense = dryRun ? 'would be ' : ''
  process.stdout.write(
    `${name}: ${rows} rows; ${added} ${tense}added, ${changed} ${tense}changed, ${unchanged} unchanged\n`,
  )
}
