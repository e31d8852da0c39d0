/** What this screen asks of the server: imports with their progress, undoing one, exports as files. */
import * as v from 'valibot'
import type { FileKind } from '../../../../core/exchange/kinds.ts'
import { askServer } from '../../../app/ask-server.ts'
import { t } from '../../../app/i18n.ts'
import { linesOf } from '../../../app/lines-of.ts'
import { type Report, reportSchema } from './report.ts'

export interface ImportQuestion {
  readonly kind: FileKind
  readonly body: Blob
  readonly ignore: readonly string[]
  readonly mode: 'dry-run' | 'apply'
  readonly removals: boolean
}

export interface Progress {
  readonly done: number
  /** Null while the server is still reading. */
  readonly total: number | null
}

/** What did not work, as a sentence. */
export class NotAnswered extends Error {}

const progressLine = v.object({ done: v.number(), total: v.nullable(v.number()) })
const reportLine = v.object({ report: reportSchema })
const failedLine = v.object({ failed: v.string() })
const problemSchema = v.object({ title: v.string(), detail: v.optional(v.string()) })

/** Throws `NotAnswered`. */
export async function askImport(
  { kind, body, ignore, mode, removals }: ImportQuestion,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Report> {
  const query = new URLSearchParams({ mode, changes: 'tell', consequences: 'tell', changeSet: 'tell' })
  if (removals) query.set('removals', 'allow')
  for (const column of ignore) query.append('ignore', column)
  const response = await reach(`/api/import/${kind}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', accept: 'application/x-ndjson' },
    body,
    signal,
  })
  try {
    for await (const line of linesOf(response)) {
      const json: unknown = JSON.parse(line)
      const progress = v.safeParse(progressLine, json)
      if (progress.success) onProgress(progress.output)
      const failed = v.safeParse(failedLine, json)
      if (failed.success) throw new NotAnswered(failed.output.failed)
      const told = v.safeParse(reportLine, json)
      if (told.success) return told.output.report
    }
  } catch (error) {
    if (error instanceof NotAnswered) throw error
  }
  throw new NotAnswered(mode === 'apply' ? t('exchange.lostWhileApplying') : t('exchange.lost'))
}

const undoneSchema = v.object({
  /** Fields that stay as they are, because somebody has changed them since. */
  keptCount: v.optional(v.number(), 0),
  errors: v.optional(
    v.array(v.object({ message: v.optional(v.string()), sentence: v.optional(v.string()) })),
    [],
  ),
})

/** How many fields would be, or were, kept as they are. Throws `NotAnswered`. */
export async function askUndo(
  changeSet: string,
  mode: 'dry-run' | 'apply',
  partly: boolean,
): Promise<{ readonly kept: number }> {
  const query = new URLSearchParams({ mode, ...(partly && { partly: '1' }) })
  const response = await reach(`/api/audit/${encodeURIComponent(changeSet)}/undo?${query}`, {
    method: 'POST',
  })
  const answer = v.safeParse(undoneSchema, await response.json().catch(() => null))
  if (!answer.success) throw new NotAnswered(t('exchange.lost'))
  const [error] = answer.output.errors
  if (error !== undefined) throw new NotAnswered(error.message ?? error.sentence ?? t('exchange.notUndone'))
  return { kept: answer.output.keptCount }
}

export interface ExportedFile {
  readonly name: string
  readonly content: Blob
}

/** Throws `NotAnswered`. */
export async function askExport(kind: FileKind): Promise<ExportedFile> {
  const response = await reach(`/api/export/${kind}`, {})
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  try {
    return { name: name ?? `${kind}.csv`, content: await response.blob() }
  } catch {
    throw new NotAnswered(t('exchange.lost'))
  }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await askServer(path, init)
  } catch {
    throw new NotAnswered(t('exchange.unreachable'))
  }
  if (response.ok) return response
  const problem = v.safeParse(problemSchema, await response.json().catch(() => null))
  throw new NotAnswered(
    problem.success ? (problem.output.detail ?? problem.output.title) : t('exchange.lost'),
  )
}
