/** Changes as somebody asks what they would do: JSON, the same over HTTP and in a file for the command line. */
import * as v from 'valibot'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import { type FieldValue, type Row, recordIdPattern } from '../../core/records/kind-spec.ts'
import { isKind, kindSpecs } from '../../core/records/registry.ts'
import type { Author, WritesSubmission } from '../gate/types.ts'
import type { RecordRef } from '../storage/storage.ts'

/** Most records of one question: a bulk edit of all members of a large group. */
const CHANGES_MAX = 1_000

const schema = v.strictObject({
  changes: v.pipe(
    v.array(
      v.strictObject({
        /** `kind/id`. */
        record: v.string(),
        creates: v.optional(v.boolean(), false),
        /**
         * By field name, as rows have them: arrays for sets, objects for maps, `[{id, from, until}]` for groups. Or by
         * the key of one entry, `features/crm.export: "deny"`, which leaves the others as they are.
         */
        fields: v.record(v.string(), v.unknown()),
      }),
    ),
    v.minLength(1),
    v.maxLength(CHANGES_MAX),
  ),
})

export interface ProposedChange {
  readonly record: RecordRef
  readonly creates: boolean
  readonly fields: RowValues
}

export function readProposed(body: unknown): readonly ProposedChange[] | { readonly problem: string } {
  const parsed = v.safeParse(schema, body)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return { problem: `${v.getDotPath(issue) ?? 'The body'}: ${issue.message}` }
  }
  const changes: ProposedChange[] = []
  for (const { record, creates, fields } of parsed.output.changes) {
    const [kind = '', id = '', ...rest] = record.split('/')
    if (!isKind(kind) || !recordIdPattern.test(id) || rest.length > 0)
      return { problem: `${record}: a record is a kind and an id, as in group/organization.` }
    const unknown = Object.keys(fields).find(
      (key) => !Object.hasOwn(kindSpecs[kind].fields, splitFieldKey(key).field),
    )
    if (unknown !== undefined) return { problem: `${record}: there is no field ${unknown}.` }
    changes.push({ record: { kind, id }, creates, fields })
  }
  return changes
}

/** `rowOf` answers with the row as the asker sees it: null for what they do not. */
export async function submissionsOf(
  changes: readonly ProposedChange[],
  author: Author,
  rowOf: (record: RecordRef) => Promise<Row | null>,
): Promise<readonly WritesSubmission[]> {
  const submissions: WritesSubmission[] = []
  for (const { record, creates, fields } of changes) {
    const row = creates ? null : await rowOf(record)
    const whole = Object.fromEntries(Object.entries(fields).filter(([key]) => !key.includes('/')))
    const entries = Object.entries(fields)
      .filter(([key]) => key.includes('/'))
      .map(([field, value]) => ({ field, value: value as FieldValue }))
    submissions.push({
      type: 'writes',
      author,
      via: author.type === 'worker' ? 'link' : 'operator',
      record,
      creates,
      writes: [...writesFor(kindSpecs[record.kind], row, whole), ...entries],
    })
  }
  return submissions
}
