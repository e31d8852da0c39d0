/**
 * A case's organisation on a real server at its clock: the same file, made through the gate.
 *
 * What a merged edit changed is put back, so that each case begins with what its file says.
 */
import { isFeatureEntryId, shippedCatalogue } from '../../core/catalogue/features.ts'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import { type Kind, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { createAll, type NewRecord } from '../../sync-server/seed/create-all.ts'
import { TestDevice } from '../support/test-device.ts'
import { TestServer } from '../support/test-server.ts'
import type { OrganisationFile } from './case-files.ts'
import { organisationOf, type Organisation, recordsOf } from './organisation.ts'

export class ServedOrganisation {
  readonly server: TestServer
  readonly core: Organisation
  readonly #devices = new Map<string, Promise<TestDevice>>()
  /** The number up to which the feed had come, by worker. */
  readonly #upTo = new Map<string, number>()

  private constructor(server: TestServer, core: Organisation) {
    this.server = server
    this.core = core
  }

  static async start(file: OrganisationFile): Promise<ServedOrganisation> {
    const core = organisationOf(file)
    const server = await TestServer.start({
      now: core.now,
      async instead({ gate, storage }) {
        const records = recordsOf(file)
        const known = await storage.load(records)
        const rowOf = ({ kind, id }: NewRecord) => known.get(recordKey(kind, id))?.row ?? null
        const write = async ({ kind, id }: NewRecord, row: Row | null, fields: RowValues) => {
          const verdict = await gate.submit({
            type: 'writes',
            author: { type: 'operator' },
            via: 'operator',
            record: { kind, id },
            creates: false,
            writes: writesFor(kindSpecs[kind], row, fields),
          })
          if (verdict.type !== 'merged') throw new Error(`${kind}/${id}: ${JSON.stringify(verdict)}`)
        }
        const gone = goneRights(records)
        for (const record of records.filter((one) => rowOf(one) !== null)) {
          const isRegister = record.kind === 'settings' && Object.keys(gone).length > 0
          const customRights = { ...(record.fields.customRights as RowValues), ...gone }
          await write(record, rowOf(record), isRegister ? { ...record.fields, customRights } : record.fields)
        }
        await createAll(
          gate,
          records.filter((record) => rowOf(record) === null),
        )
        for (const record of records.filter(({ kind }) => kind === 'settings'))
          await write(
            record,
            (await storage.load([record])).get(recordKey(record.kind, record.id))?.row ?? null,
            record.fields,
          )
      },
    })
    return new ServedOrganisation(server, core)
  }

  isLive(workerId: string): boolean {
    return this.core.principalOf(workerId).live
  }

  /** The answer of an HTTP call by this worker. */
  async call(workerId: string, path: string, init?: RequestInit): Promise<Response> {
    return this.server.fetch(path, await this.server.signIn(workerId), init)
  }

  /** The worker's device on the link; the same one each time. */
  async device(workerId: string): Promise<TestDevice> {
    const known = this.#devices.get(workerId) ?? TestDevice.connect(this.server, workerId)
    this.#devices.set(workerId, known)
    const device = await known
    await device.welcome
    return device
  }

  /** One that holds all there is for the worker: a new one, where anything was committed since the last. */
  async freshDevice(workerId: string): Promise<TestDevice> {
    const { number } = await this.server.organisation.storage.head()
    if (this.#upTo.get(workerId) !== number) {
      this.#devices.delete(workerId)
      await (await this.device(workerId)).caughtUp(this.server)
      this.#upTo.set(workerId, number)
    }
    return this.device(workerId)
  }

  /** Puts the fields of a record back to what they were. */
  async restore(row: Row, fields: readonly string[]): Promise<void> {
    const { kind, id } = row
    await this.server.change(kind, id, Object.fromEntries(fields.map((field) => [field, row[field]])))
    if (kind === 'worker') await this.#signInAnew(kind, id)
  }

  /** A login that was off for a moment has lost its sessions. */
  async #signInAnew(kind: Kind, id: string): Promise<void> {
    if (kind !== 'worker' || !this.isLive(id)) return
    this.#devices.delete(id)
    await this.server.signIn(id, { anew: true })
  }

  close(): Promise<void> {
    return this.server.close()
  }
}

/** Rights that somebody holds and that are registered no more (P29): to be given they have to be there once. */
function goneRights(records: readonly NewRecord[]): RowValues {
  const registered = new Set(
    records.flatMap(({ kind, fields }) =>
      kind === 'settings' ? Object.keys(fields.customRights ?? {}) : [],
    ),
  )
  const given = records.flatMap(({ kind, fields }) => {
    if (kind === 'worker') return (fields.rights ?? []) as readonly string[]
    return kind === 'group' ? Object.keys(fields.features ?? {}) : []
  })
  const gone = given.filter((id) => !registered.has(id) && !isFeatureEntryId(shippedCatalogue, id))
  return Object.fromEntries(gone.map((id) => [id, { label: id, workspace: 'crm' }])) as RowValues
}
