/** The audit log, asked of the server each time: no device holds it, and what of it is shown is decided when it is asked. */
import * as v from 'valibot'
import { consequencesSchema, count } from '../proposal/consequences.ts'
import { kindSchema, reasonSchema } from '../../../../core/protocol/common.ts'
import { askServer } from '../../../app/ask-server.ts'
import { linesOf } from '../../../app/lines-of.ts'

const surfaceSchema = v.picklist(['screen', 'room', 'import', 'command-line', 'server', 'review', 'undo'])
export type Surface = v.InferOutput<typeof surfaceSchema>

const actorSchema = v.nullable(v.object({ id: v.string(), name: v.string() }))
const recordSchema = v.object({ kind: kindSchema, id: v.string(), title: v.string() })
const briefSchema = v.nullable(v.object({ id: v.string(), at: v.string(), actor: actorSchema }))

const changeSchema = v.object({
  record: recordSchema,
  /** It is of the entry that made the record. */
  creates: v.boolean(),
  field: v.string(),
  label: v.string(),
  old: v.unknown(),
  new: v.unknown(),
})
export type LogChange = v.InferOutput<typeof changeSchema>

const headEntries = {
  type: v.literal('changes'),
  id: v.string(),
  at: v.string(),
  deviceAt: v.nullable(v.string()),
  actor: actorSchema,
  surface: surfaceSchema,
  device: v.nullable(v.string()),
  /** Null for who may see no workers. */
  touched: v.nullable(count),
  undoes: briefSchema,
  undoneBy: briefSchema,
  records: count,
  changeCount: count,
  /** There may be more than was counted. */
  isAtLeast: v.boolean(),
  changes: v.array(changeSchema),
}

const itemSchema = v.object({ ...headEntries, more: v.boolean() })
export type LogItem = v.InferOutput<typeof itemSchema>

/** Nothing was changed: opened through a match, or done to a login or a device. */
const accessSchema = v.object({
  type: v.literal('access'),
  id: v.string(),
  at: v.string(),
  actor: actorSchema,
  label: v.string(),
  record: recordSchema,
  device: v.nullable(v.string()),
})
export type LogAccess = v.InferOutput<typeof accessSchema>
export type LogEntry = LogItem | LogAccess

const pageSchema = v.object({
  items: v.array(v.variant('type', [itemSchema, accessSchema])),
  cursor: v.nullable(v.string()),
})
export type LogPage = v.InferOutput<typeof pageSchema>

const changeSetSchema = v.object({ ...headEntries, cursor: v.nullable(v.string()) })
export type ChangeSetPage = v.InferOutput<typeof changeSetSchema>
const entrySchema = v.variant('type', [changeSetSchema, accessSchema])

const undoSchema = v.object({
  changes: count,
  undone: count,
  disabled: count,
  kept: v.array(
    v.object({ record: recordSchema, field: v.string(), label: v.string(), message: v.string() }),
  ),
  keptCount: count,
  errors: v.array(v.object({ record: recordSchema, message: v.string(), reasons: v.array(reasonSchema) })),
  changeSet: v.optional(v.string()),
  consequences: v.optional(consequencesSchema),
})
export type UndoReport = v.InferOutput<typeof undoSchema>

/** What is looked for: changes, or one sort of what changes nothing. */
export const sorts = ['changes', 'logins', 'devices', 'matches'] as const

export interface LogFilters {
  readonly what?: string | undefined
  readonly worker?: string | undefined
  readonly kind?: string | undefined
  readonly surface?: string | undefined
  readonly record?: string | undefined
  /** Instants. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly q?: string | undefined
}

export type Answer<T> =
  | { readonly type: 'told'; readonly told: T }
  /** In a sentence of the server's; null where it did not answer. */
  | { readonly type: 'not-told'; readonly sentence: string | null; readonly status: number | null }

/** Rows on one page of the list. */
const PAGE = 50

export function askLog(filters: LogFilters, cursor: string | null, limit = PAGE): Promise<Answer<LogPage>> {
  const query = queryOf({ ...filters, limit: String(limit), cursor: cursor ?? undefined })
  return ask(`/api/audit${query}`, pageSchema)
}

export function askEntry(id: string, cursor: string | null): Promise<Answer<ChangeSetPage | LogAccess>> {
  return ask(`/api/audit/${encodeURIComponent(id)}${queryOf({ cursor: cursor ?? undefined })}`, entrySchema)
}

export interface UndoAsked {
  readonly mode: 'dry-run' | 'apply'
  readonly partly?: boolean
  /** Records decided, and how many there are. */
  readonly onProgress: (done: number, total: number) => void
}

const progressLine = v.object({ done: count, total: count })
const reportLine = v.object({ report: undoSchema })
const failedLine = v.object({ failed: v.string() })

export async function askUndo(
  id: string,
  { mode, partly = false, onProgress }: UndoAsked,
): Promise<Answer<UndoReport>> {
  const query = queryOf({ mode, partly: partly ? '1' : undefined })
  try {
    const response = await askServer(`/api/audit/${encodeURIComponent(id)}/undo${query}`, {
      method: 'POST',
      headers: { accept: 'application/x-ndjson' },
    })
    if (!response.ok) return await notTold(response)
    for await (const line of linesOf(response)) {
      const json: unknown = JSON.parse(line)
      const progress = v.safeParse(progressLine, json)
      if (progress.success) onProgress(progress.output.done, progress.output.total)
      const failed = v.safeParse(failedLine, json)
      if (failed.success) return { ...nothing, sentence: failed.output.failed }
      const told = v.safeParse(reportLine, json)
      if (told.success) return { type: 'told', told: told.output.report }
    }
    return nothing
  } catch {
    return nothing
  }
}

/** For a link: the browser saves what comes. */
export function exportHref(filters: LogFilters): string {
  return `/api/audit/export${queryOf({ ...filters })}`
}

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

async function ask<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  init: RequestInit = {},
): Promise<Answer<T>> {
  try {
    const response = await askServer(path, init)
    if (!response.ok) return await notTold(response)
    const answer = v.safeParse(schema, await response.json())
    return answer.success ? { type: 'told', told: answer.output } : nothing
  } catch {
    return nothing
  }
}

const nothing = { type: 'not-told', sentence: null, status: null } as const

async function notTold(response: Response): Promise<Answer<never>> {
  const problem = v.safeParse(v.object({ detail: v.string() }), await response.json())
  return { ...nothing, sentence: problem.success ? problem.output.detail : null, status: response.status }
}
