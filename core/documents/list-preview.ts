/**
 * One field's list as it will be when the structs before are in, without touching the document.
 *
 * Yjs orders concurrent items by walking from an item's origin to its right origin (YATA). An update of several
 * structs in one field refers to its own earlier ones, so where those will stand must be known to say whether an
 * origin is left of a right origin, and what the walk costs (D4, D5). The placing below follows Yjs's
 * `Item.integrate` step by step, on spans instead of items; spans are made only where the walk comes by.
 *
 * Properties tested: test/core/documents/list-preview.property.test.ts (same order as Yjs)
 */
import type * as Y from 'yjs'
import { type Budget, firstItem, structAt } from './store-view.ts'
import type { Fault, FieldKey, ParsedStruct, StructId } from './types.ts'

export type ParsedItem = Extract<ParsedStruct, { type: 'item' }>

/** An item, or the part of one that is left after splits. */
interface Span {
  readonly client: number
  readonly clock: number
  length: number
  readonly origin: StructId | null
  readonly rightOrigin: StructId | null
  /** The item of the store that it is a part of; null for what the update brings. */
  readonly item: Y.Item | null
  /** undefined: not looked up yet. */
  right: Span | null | undefined
}

export class ListPreview {
  readonly #doc: Y.Doc
  readonly #field: FieldKey
  readonly #client: number
  /** The first clock that the update brings. */
  readonly #start: number
  readonly #budget: Budget
  /** undefined: not looked up yet. */
  #first: Span | null | undefined
  /** Parts of store items, in order of clock. */
  readonly #parts = new Map<Y.Item, Span[]>()
  /** Parts of the update's own structs, in order of clock. */
  readonly #own: Span[] = []

  constructor(doc: Y.Doc, field: FieldKey, client: number, start: number, budget: Budget) {
    this.#doc = doc
    this.#field = field
    this.#client = client
    this.#start = start
    this.#budget = budget
  }

  /**
   * Puts a struct where Yjs will put it. Both origins are known to be in this field.
   * Fails as `origin-crossed`, `repeated-position` or `too-costly`.
   */
  place(struct: ParsedItem): Fault | null {
    const { origin, rightOrigin } = struct
    if (origin !== null) this.#splitAfter(origin)
    if (rightOrigin !== null) this.#splitBefore(rightOrigin)
    // Looked up after both splits: of crossed origins, the second cut moves the first.
    let left = origin === null ? null : this.#spanAt(origin)
    const right = rightOrigin === null ? null : this.#spanAt(rightOrigin)
    // Who knows an item knows what it was written between, and writes between neighbours: neither may lie further in
    // than the origins. Yjs would place others by which of the two came first, and replicas would differ.
    const bounds = [right?.origin ?? null, left?.rightOrigin ?? null]

    const passed = new Set<Span>()
    const conflicting = new Set<Span>()
    let settled = false
    let span = this.#rightOf(left)
    while (span !== right) {
      if (span === null) return 'origin-crossed'
      if (--this.#budget.left < 0) return 'too-costly'
      // An author knows all that came from their own lease, and writes between neighbours: nothing of it lies between.
      if (span.client === this.#client) return 'repeated-position'
      if (holds(span, bounds[0]) || holds(span, bounds[1])) return 'origin-crossed'
      if (!settled) {
        passed.add(span)
        conflicting.add(span)
        if (sameId(span.origin, origin)) {
          if (span.client < struct.id.client) {
            left = span
            conflicting.clear()
          } else if (sameId(span.rightOrigin, rightOrigin)) {
            settled = true
          }
        } else if (span.origin !== null && passed.has(this.#spanAt(span.origin))) {
          if (!conflicting.has(this.#spanAt(span.origin))) {
            left = span
            conflicting.clear()
          }
        } else {
          settled = true
        }
      }
      span = this.#rightOf(span)
    }
    this.#insertAfter(left, struct)
    return null
  }

  /** Ids of all there is, from left to right. For tests: it reads the whole list. */
  order(): { client: number; clock: number; length: number }[] {
    const order = []
    for (let span = this.#rightOf(null); span !== null; span = this.#rightOf(span)) {
      order.push({ client: span.client, clock: span.clock, length: span.length })
    }
    return order
  }

  #insertAfter(left: Span | null, { id, length, origin, rightOrigin }: ParsedItem): void {
    const right = this.#rightOf(left)
    const span: Span = { client: id.client, clock: id.clock, length, origin, rightOrigin, item: null, right }
    if (left === null) this.#first = span
    else left.right = span
    this.#own.push(span)
  }

  /** The neighbour; of null, the first. */
  #rightOf(span: Span | null): Span | null {
    if (span === null) {
      if (this.#first === undefined) {
        const first = firstItem(this.#doc, this.#field, this.#budget)
        this.#first = first === null ? null : this.#firstPartOf(first)
      }
      return this.#first
    }
    if (span.right === undefined) {
      const next = span.item?.right ?? null
      span.right = next === null ? null : this.#firstPartOf(next)
    }
    return span.right
  }

  #firstPartOf(item: Y.Item): Span {
    return this.#partsOf(item)[0] as Span
  }

  #partsOf(item: Y.Item): Span[] {
    let parts = this.#parts.get(item)
    if (parts === undefined) {
      const { id, length, origin, rightOrigin } = item
      parts = [{ client: id.client, clock: id.clock, length, origin, rightOrigin, item, right: undefined }]
      this.#parts.set(item, parts)
    }
    return parts
  }

  /** All parts among which the id's is. */
  #partsAround(id: StructId): Span[] {
    const own = id.client === this.#client && id.clock >= this.#start
    return own ? this.#own : this.#partsOf(structAt(this.#doc, id) as Y.Item)
  }

  #spanAt(id: StructId): Span {
    const parts = this.#partsAround(id)
    return parts[indexAt(parts, id.clock)] as Span
  }

  #splitAfter(id: StructId): void {
    this.#splitBefore({ client: id.client, clock: id.clock + 1 }, this.#partsAround(id))
  }

  /** Cuts the span that holds the id, so that the id begins one. */
  #splitBefore(id: StructId, parts = this.#partsAround(id)): void {
    const index = indexAt(parts, id.clock)
    const span = parts[index]
    if (span === undefined || span.clock === id.clock || span.clock + span.length <= id.clock) return
    const before = id.clock - span.clock
    const rest: Span = {
      client: span.client,
      clock: id.clock,
      length: span.length - before,
      origin: { client: span.client, clock: id.clock - 1 },
      rightOrigin: span.rightOrigin,
      item: span.item,
      right: span.right,
    }
    span.length = before
    span.right = rest
    parts.splice(index + 1, 0, rest)
  }
}

function holds(span: Span, id: StructId | null | undefined): boolean {
  return id?.client === span.client && span.clock <= id.clock && id.clock < span.clock + span.length
}

/** The last span that begins at or before the clock. */
function indexAt(parts: readonly Span[], clock: number): number {
  let low = 0
  let high = parts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((parts[middle] as Span).clock <= clock) low = middle
    else high = middle - 1
  }
  return low
}

function sameId(a: StructId | null, b: StructId | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}
