/**
 * Honest updates, bent: in their bytes, and in what they say. Whatever still passes must do what was foreseen and
 * leave every replica the same, live and reloaded, in either order of arrival.
 */
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { changesOf, valuesAt } from '../../../core/documents/changes-of.ts'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { dropKnown } from '../../../core/documents/drop-known.ts'
import { encodeUpdate, fillerUpdate } from '../../../core/documents/encode-update.ts'
import { encodeState, openDocument } from '../../../core/documents/open-document.ts'
import { parseUpdate } from '../../../core/documents/parse-update.ts'
import { applyProven } from '../../../core/documents/prove-apply.ts'
import { rowFromDoc } from '../../../core/documents/read-record.ts'
import type { DeleteRange, ParsedStruct, ParsedUpdate, StructId } from '../../../core/documents/types.ts'
import { Device, history, leases, parsed, runs, type Step, scalarKeys, spec } from './devices.ts'

vi.setConfig({ testTimeout: runs(60_000) })

const keys = [...scalarKeys, 'text:notes']
const rowOf = (doc: Y.Doc) => rowFromDoc(spec, doc, { id: 'x', seq: 0 })

interface Scene {
  /** The server with what all had written together, a filler in it; then each device's edits apart from the others. */
  readonly base: Uint8Array
  readonly devices: readonly Device[]
}

function scene(shared: readonly Step[], apart: readonly Step[], ids: readonly number[]): Scene {
  const devices = ids.map((id) => new Device(id))
  const act = (steps: readonly Step[]) => {
    for (const step of steps) (devices[step.by] as Device).act(step)
  }
  act(shared)
  const server = openDocument()
  for (const device of devices) Y.applyUpdate(server, Y.encodeStateAsUpdate(device.doc))
  const victim = ids[2] as number
  Y.applyUpdate(server, fillerUpdate(victim, Y.getState(server.store, victim), 3))
  const base = encodeState(server)
  for (const device of devices) {
    // A filler of one's own clocks is learnt before the lease is taken up again, as in `rebuild`.
    device.doc.clientID = 0
    Y.applyUpdate(device.doc, base, 'server')
    device.doc.clientID = device.lease
    device.outbox = []
  }
  act(apart)
  return { base, devices }
}

/** Admits bytes as the gate would; false where they are refused. Throws where something unforeseen happens. */
function admit(doc: Y.Doc, bytes: Uint8Array, lease: number): boolean {
  const result = parseUpdate(bytes)
  if (!result.ok) return false
  expect(encodeUpdate(result.update)).toEqual(bytes)
  const structure = checkStructure(doc, spec, result.update, lease)
  if (!structure.ok) return false
  const before = valuesAt(doc, keys)
  expect(applyProven(doc, bytes, result.update, structure.touches)).toEqual({ ok: true })
  const changed = changesOf(before, valuesAt(doc, keys)).map((change) => change.field)
  expect(structure.touches).toEqual(expect.arrayContaining(changed))
  return true
}

/** An admitted update leaves the same record live and reloaded, and beside other edits whichever came first. */
function expectHarmless({ base, devices }: Scene, bytes: Uint8Array, lease: number): boolean {
  const first = openDocument([base])
  if (!admit(first, bytes, lease)) return false
  const others = devices.filter((device) => device.lease !== lease).flatMap((device) => device.outbox)
  const second = openDocument([base, ...others])
  for (const update of others) Y.applyUpdate(first, update)
  expect(first.store.pendingStructs).toBe(null)
  expect(rowOf(openDocument([encodeState(first)]))).toEqual(rowOf(first))
  if (admit(second, bytes, lease)) {
    expect(rowOf(second)).toEqual(rowOf(first))
    expect(encodeState(openDocument([encodeState(second)]))).toEqual(
      encodeState(openDocument([encodeState(first)])),
    )
  }
  return true
}

test('[D3] [D9] a byte changed in an update, or a bit, is refused or harmless', () => {
  let admitted = 0
  fc.assert(
    fc.property(
      history,
      history,
      leases,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 20, maxLength: 20 }),
      (shared, apart, ids, flips) => {
        const now = scene(shared, apart, ids)
        const author = now.devices[0] as Device
        const bytes = author.outbox[0]
        if (bytes === undefined) return
        expect(expectHarmless(now, bytes, author.lease)).toBe(true)
        for (const [at, mask] of flips) {
          const bent = bytes.slice()
          bent[at % bytes.length] = (bent[at % bytes.length] as number) ^ (mask & (mask - 1) || mask)
          if (expectHarmless(now, bent, author.lease)) admitted++
        }
      },
    ),
    { numRuns: runs(30) },
  )
  expect(admitted).toBeGreaterThan(0)
})

test('[D3] every single bit flipped in one update of everything is refused or harmless', () => {
  const now = scene(
    [
      { do: 'set', by: 0, key: 'name', value: 'Bikes' },
      { do: 'insert', by: 1, at: 0, text: 'hello😀' },
    ],
    [
      { do: 'many', by: 0, at: 0.5, text: 'x😀y' },
      { do: 'insert', by: 1, at: 0.5, text: 'word ' },
      { do: 'set', by: 2, key: 'name', value: 'Cars' },
    ],
    [7, 300, 70_000],
  )
  const author = now.devices[0] as Device
  const bytes = author.outbox[0] as Uint8Array
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const bent = bytes.slice()
    bent[bit >> 3] = (bent[bit >> 3] as number) ^ (1 << (bit & 7))
    expectHarmless(now, bent, author.lease)
  }
})

/** One lie in a sound update; `pick` chooses which. */
function bend(
  update: ParsedUpdate,
  picks: readonly number[],
  ids: readonly number[],
  clocks: Map<number, number>,
): ParsedUpdate {
  const group = update.groups[0]
  const pick = (i: number) => picks[i] as number
  const someId = (): StructId => {
    const client = ids[pick(1) % ids.length] as number
    return { client, clock: pick(2) % ((clocks.get(client) ?? 0) + 3) }
  }
  const someRange = (): DeleteRange => ({ ...someId(), length: 1 + (pick(3) % 4) })
  if (group === undefined || pick(0) % 8 === 0) return { ...update, deletes: [someRange()] }
  const at = pick(4) % group.structs.length
  const struct = group.structs[at] as ParsedStruct
  if (struct.type === 'gc') return update
  const origins = [
    { origin: someId(), parent: null },
    { rightOrigin: someId(), parent: null },
    { origin: someId(), rightOrigin: { ...someId(), clock: pick(5) % 9 }, parent: null },
    { origin: null, rightOrigin: null, parent: { root: 'text:notes', key: null }, keyed: false },
    { origin: null, rightOrigin: null, parent: { root: 'fields', key: 'name' }, keyed: true },
    { origin: struct.rightOrigin, rightOrigin: struct.origin },
    {
      rightOrigin: null,
      parent: struct.origin === null ? { root: 'text:notes', key: null } : null,
      keyed: false,
    },
  ]
  const bent = { ...struct, ...origins[pick(0) % origins.length] } as ParsedStruct
  return { ...update, groups: [{ ...group, structs: group.structs.with(at, bent) }] }
}

test('[D4] [D9] an update that lies about its origins, its roots or its deletions is refused or harmless', () => {
  let admitted = 0
  fc.assert(
    fc.property(
      history,
      history,
      leases,
      fc.array(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), { minLength: 20, maxLength: 20 }),
      (shared, apart, ids, bends) => {
        const now = scene(shared, apart, ids)
        const author = now.devices[0] as Device
        if (author.outbox.length === 0) return
        const clocks = Y.decodeStateVector(Y.encodeStateVector(author.doc))
        const whole = parsed(Y.mergeUpdates(author.outbox))
        for (const picks of bends) {
          const bent = bend(whole, picks, ids, clocks)
          if (expectHarmless(now, encodeUpdate(bent), author.lease)) admitted++
        }
      },
    ),
    { numRuns: runs(30) },
  )
  expect(admitted).toBeGreaterThan(50)
})

test('[L11] a bent sync step 2 is refused or leaves harmless updates', () => {
  fc.assert(
    fc.property(
      history,
      history,
      leases,
      fc.array(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), { minLength: 5, maxLength: 5 }),
      (shared, apart, ids, bends) => {
        const now = scene(shared, apart, ids)
        const author = now.devices[0] as Device
        const clocks = Y.decodeStateVector(Y.encodeStateVector(author.doc))
        const whole = parsed(Y.encodeStateAsUpdate(author.doc))
        for (const picks of bends) {
          const result = parseUpdate(encodeUpdate(bend(whole, picks, ids, clocks)))
          if (!result.ok) continue
          const left = dropKnown(openDocument([now.base]), result.update)
          if (!left.ok) continue
          for (const update of left.updates) expectHarmless(now, encodeUpdate(update), author.lease)
        }
      },
    ),
    { numRuns: runs(30) },
  )
})
