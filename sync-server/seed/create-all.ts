/** Records that the server makes by itself, through the gate like everything else, all or none. */
import { randomUUID } from 'node:crypto'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import type { Kind } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Gate, WritesSubmission } from '../gate/types.ts'

export interface NewRecord {
  readonly kind: Kind
  readonly id: string
  readonly fields: RowValues
}

/** Throws with the gate's sentence when one of them is refused: what the product makes itself must be admissible. */
export async function createAll(gate: Gate, records: readonly NewRecord[]): Promise<void> {
  const changeSet = randomUUID()
  const submissions = records.map((record) => ({ ...toSubmission(record), changeSet }))
  const verdicts = await gate.submitAll(submissions, { atomic: true })
  verdicts.forEach((verdict, index) => {
    if (verdict.type === 'merged') return
    const record = records[index]
    throw new Error(
      `${record?.kind}/${record?.id} could not be made: ${verdict.type === 'refused' ? verdict.sentence : verdict.type}`,
    )
  })
}

function toSubmission({ kind, id, fields }: NewRecord): WritesSubmission {
  return {
    type: 'writes',
    author: { type: 'server' },
    via: 'server',
    record: { kind, id },
    creates: true,
    writes: writesFor(kindSpecs[kind], null, fields),
  }
}
