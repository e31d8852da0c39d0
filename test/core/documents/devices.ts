/**
 * Honest devices for tests of documents: each a Y.Doc with a lease, all on one account, exchanging updates in any
 * order. What they produce is what the gate must let through.
 */
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { parseUpdate } from '../../../core/documents/parse-update.ts'
import type { ParsedUpdate } from '../../../core/documents/types.ts'
import { account } from '../../../core/records/account.ts'

export const spec = account

/** How often a property is tried: few times in the unit tests, AMBIT_RUNS times as often when asked for. */
export const runs = (usual: number) => usual * Number(process.env['AMBIT_RUNS'] ?? 1)
export const scalarKeys = ['name', 'phone', 'state', 'active', 'repCodes/275', 'repCodes/N%C3%A4he']

/** One step of a history. Positions are fractions of what is there, so that any step fits any document. */
export type Step =
  | {
      readonly do: 'set'
      readonly by: number
      readonly key: string
      readonly value: string | number | boolean | null
    }
  | { readonly do: 'insert'; readonly by: number; readonly at: number; readonly text: string }
  | { readonly do: 'delete'; readonly by: number; readonly at: number; readonly share: number }
  | { readonly do: 'clear'; readonly by: number; readonly key: string }
  /** Several writes in one transaction, the text included. */
  | { readonly do: 'many'; readonly by: number; readonly at: number; readonly text: string }
  | { readonly do: 'undo'; readonly by: number }
  | { readonly do: 'redo'; readonly by: number }
  | { readonly do: 'send'; readonly by: number }
  | { readonly do: 'receive'; readonly by: number }

const by = fc.nat({ max: 2 })
const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const piece = fc.oneof(
  fc.constantFrom('a', 'word ', 'x😀y', '\ufeffbom', 'ünï', '😀'),
  fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
)
const value = fc.oneof(
  fc.constantFrom(null, true, false, '', 'Bikes', 0.1, 3.5, 2 ** 40, -5, 2 ** 31 - 1, -(2 ** 31), 70_000),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('set'), by, key: fc.constantFrom(...scalarKeys), value }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('insert'), by, at: fraction, text: piece }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete'), by, at: fraction, share: fraction }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear'), by, key: fc.constantFrom(...scalarKeys) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('many'), by, at: fraction, text: piece }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo'), by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redo'), by }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send'), by }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('receive'), by }) },
) as fc.Arbitrary<Step>

/** Long ones too: by default fast-check would hardly make more than ten steps. */
export const history = fc.array(step, { maxLength: 60, size: 'max' })
export const leases = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { minLength: 3, maxLength: 3 })

export class Device {
  readonly doc = new Y.Doc()
  readonly lease: number
  /** Null on a device whose editor cannot undo. An undo manager keeps deleted content, which shows on the wire. */
  readonly undo: Y.UndoManager | null
  /** Updates of this device that the server has not seen, oldest first. */
  outbox: Uint8Array[] = []
  /** How much of the server's log this device has. */
  received = 0

  constructor(lease: number, canUndo = true) {
    this.lease = lease
    this.doc.clientID = lease
    const roots = [this.doc.getMap('fields'), this.doc.getText('text:notes')]
    this.undo = canUndo ? new Y.UndoManager(roots, { captureTimeout: 0 }) : null
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.outbox.push(update)
    })
  }

  act(step: Step): void {
    const fields = this.doc.getMap('fields')
    const notes = this.doc.getText('text:notes')
    const at = 'at' in step ? Math.floor(step.at * notes.length) : 0
    if (step.do === 'set') fields.set(step.key, step.value)
    else if (step.do === 'undo') this.undo?.undo()
    else if (step.do === 'redo') this.undo?.redo()
    else if (step.do === 'clear') fields.delete(step.key)
    else if (step.do === 'insert') notes.insert(at, step.text)
    else if (step.do === 'delete') notes.delete(at, Math.floor(step.share * (notes.length - at)))
    else if (step.do === 'many') {
      this.doc.transact(() => {
        fields.set('name', step.text)
        notes.insert(at, step.text)
        fields.set('name', `${step.text}!`)
        notes.insert(Math.floor(at / 2), 'mid')
        notes.insert(Math.floor(at / 2) + 1, 'in')
        notes.delete(0, Math.min(2, notes.length))
        fields.set('phone', '1')
      })
    }
  }
}

export function parsed(bytes: Uint8Array): ParsedUpdate {
  const result = parseUpdate(bytes)
  if (!result.ok)
    throw new Error(`not parsed: ${result.fault} at ${result.at} of ${Buffer.from(bytes).toString('hex')}`)
  return result.update
}

/** The update of one transaction on a document. */
export function updateOf(doc: Y.Doc, write: () => void): Uint8Array {
  let update: Uint8Array = new Uint8Array([0, 0])
  const keep = (bytes: Uint8Array) => {
    update = bytes
  }
  doc.on('update', keep)
  doc.transact(write)
  doc.off('update', keep)
  return update
}

export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** A document with a lease. */
export function docOf(lease: number, from?: Y.Doc): Y.Doc {
  const doc = from === undefined ? new Y.Doc() : copyOf(from)
  doc.clientID = lease
  return doc
}
